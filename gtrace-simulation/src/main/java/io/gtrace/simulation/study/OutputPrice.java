package io.gtrace.simulation.study;

import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.HourRatios;
import java.util.List;

/**
 * What one output of a kind costs at a venue, with every factor at its median. Immutable.
 *
 * @param volumes of one output
 * @param ofYear the row that stands for all hours
 * @param bySlot each slot of hour and month over the year; empty where hours are not told apart
 * @param locationBasedKg carbon of its electricity in the mean of the year
 * @param embodiedKg carbon of the wear of hardware
 * @param waterL in any hour
 * @param machineKwh energy of the machines, before the overhead of the facility
 * @param insideKwh energy of the machines and their facility
 * @param insideKg carbon of it in the mean of the year
 * @param insideL water of it
 */
record OutputPrice(
    Volumes volumes,
    DrawnRow ofYear,
    List<HourRatios> bySlot,
    double locationBasedKg,
    double embodiedKg,
    double waterL,
    double machineKwh,
    double insideKwh,
    double insideKg,
    double insideL) {

  /**
   * @param row of the year
   */
  static OutputPrice of(CardRow row, Volumes volumes, List<HourRatios> bySlot) {
    DrawnRow drawn = row.drawn();
    Footprint medians = drawn.price(volumes);
    return new OutputPrice(
        volumes,
        drawn,
        bySlot,
        medians.median(Impact.OPERATIONAL_LOCATION_BASED_KG),
        medians.median(Impact.EMBODIED_KG),
        medians.median(Impact.WATER_L),
        drawn.machineKwh(volumes),
        drawn.insideFacility(volumes, Impact.ENERGY_KWH),
        drawn.insideFacility(volumes, Impact.OPERATIONAL_LOCATION_BASED_KG),
        drawn.insideFacility(volumes, Impact.WATER_ON_SITE_L)
            + drawn.insideFacility(volumes, Impact.WATER_ELECTRICITY_L));
  }

  /** A slot of hour and month over the year. */
  HourRatios ratios(int slot) {
    return bySlot.isEmpty() ? HourRatios.OF_YEAR : bySlot.get(slot);
  }

  /** Carbon in a slot of hour and month, kg. */
  double carbonKg(int slot) {
    return locationBasedKg * ratios(slot).locationBased() + embodiedKg;
  }
}
