package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;

/** Something people know, to compare an impact with. */
enum Equivalent {
  CAR(
      "km in a petrol car",
      Impact.CARBON_KG,
      0.244,
      "kg CO2e per km",
      "US EPA, Greenhouse Gas Equivalencies Calculator: 0.393 kg CO2e per mile of the average"
          + " gasoline passenger vehicle, 2024"),
  PHONE(
      "smartphone charges",
      Impact.ENERGY_KWH,
      0.019,
      "kWh per charge",
      "US EPA, Greenhouse Gas Equivalencies Calculator, 2024"),
  STREAMING(
      "hours of streamed video",
      Impact.ENERGY_KWH,
      0.077,
      "kWh per hour, device included",
      "IEA, The carbon footprint of streaming video: fact-checking the headlines, 2020"),
  KETTLE(
      "litres of water brought to the boil",
      Impact.ENERGY_KWH,
      0.099,
      "kWh per litre",
      "Physics: 4.186 kJ per kg and kelvin from 15 to 100 °C, without losses"),
  BOTTLE("one-litre bottles of water", Impact.WATER_L, 1, "L per bottle", "By definition"),
  SHOWER(
      "minutes under the shower",
      Impact.WATER_L,
      7.9,
      "L per minute",
      "Water Research Foundation, Residential End Uses of Water, Version 2: 2.1 US gallons per"
          + " minute, 2016");

  private final String things;
  private final Impact impact;
  private final double perThing;
  private final String unit;
  private final String source;

  Equivalent(String things, Impact impact, double perThing, String unit, String source) {
    this.things = things;
    this.impact = impact;
    this.perThing = perThing;
    this.unit = unit;
    this.source = source;
  }

  /** What is counted, plural. */
  String things() {
    return things;
  }

  Impact impact() {
    return impact;
  }

  /** Energy, carbon or water of one. */
  double perThing() {
    return perThing;
  }

  String unit() {
    return unit;
  }

  /** What one takes, in words. */
  String constant() {
    return perThing + " " + unit;
  }

  /** Who says so, and when. */
  String source() {
    return source;
  }

  /** How many of them come to the same. */
  Quantity countIn(Footprint footprint) {
    Quantity quantity = footprint.quantity(impact).orElse(Quantity.ZERO);
    return new Quantity(
        quantity.median() / perThing, quantity.low() / perThing, quantity.high() / perThing);
  }
}
