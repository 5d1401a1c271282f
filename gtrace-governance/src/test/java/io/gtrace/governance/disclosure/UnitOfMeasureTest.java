package io.gtrace.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units of figures, on the examples of SCI for AI, some of which are printed there wrongly. */
class UnitOfMeasureTest {

  /** Embodied, so that nothing but the unit is in question. */
  private static Score score(double carbonKg, double units, String thing) {
    double[] medians = new double[Impact.CARBON_KG.ordinal()];
    medians[Impact.EMBODIED_KG.ordinal()] = carbonKg;
    Footprint footprint =
        Footprint.of("set", medians, 0, impact -> new double[] {medians[impact.ordinal()]});
    return new Score(footprint, units, thing);
  }

  private static double told(double carbonKg, double units, String thing, String unit) {
    return score(carbonKg, units, thing).kgPerUnit().median()
        * UnitOfMeasure.parse("kgCO2e per " + thing).in(UnitOfMeasure.parse(unit));
  }

  @ParameterizedTest
  @CsvSource({
    "6500, 50e9, token, gCO2e per 1e6 token, 130",
    "6500, 50e9, token, kgCO2e per 1e9 token, 130",
    "200000, 5e22, FLOP, gCO2e per 1e15 FLOP, 4",
    "75000, 2.5e9, parameter, kgCO2e per 1e9 parameter, 30000",
    "3200, 40e6, inference, gCO2e per inference, 0.08"
  })
  void scoresOfTheStandardsExamplesComeOutRight(
      double carbonKg, double units, String thing, String unit, double expected) {
    assertThat(told(carbonKg, units, thing, unit)).isCloseTo(expected, within(1e-12 * expected));
  }

  /** What the text prints beside them is off by these factors. */
  @ParameterizedTest
  @CsvSource({
    "6500, 50e9, token, gCO2e per 1e6 token, 0.13, 1000",
    "75000, 2.5e9, parameter, kgCO2e per 1e9 parameter, 3000, 10",
    "75000, 2.5e9, parameter, kgCO2e per 1e9 parameter, 30, 1000"
  })
  void whatIsPrintedWronglyIsNotWhatWePrint(
      double carbonKg, double units, String thing, String unit, double printed, double off) {
    assertThat(told(carbonKg, units, thing, unit) / printed).isCloseTo(off, within(1e-9 * off));
  }

  @Test
  void amountsOfOtherThingsAreNotConverted() {
    assertThatThrownBy(() ->
            UnitOfMeasure.parse("kgCO2e per token").in(UnitOfMeasure.parse("kgCO2e per FLOP")))
        .hasMessageContaining("cannot be told in");
    assertThatThrownBy(() -> UnitOfMeasure.parse("MWh").in(UnitOfMeasure.parse("tCO2e")))
        .hasMessage("MWh cannot be told in tCO2e");
  }

  @ParameterizedTest
  @CsvSource({
    "m3, L, 1000",
    "MWh, kWh, 1000",
    "1, %, 100",
    "kgCO2e per kWh, gCO2e per kWh, 1000",
    "m3 per MWh, L per kWh, 1",
    "kgCO2e per EUR, tCO2e per 1e6 EUR, 1000"
  })
  void unitsOfOneDimensionAreConverted(String one, String other, double factor) {
    assertThat(UnitOfMeasure.parse(one).in(UnitOfMeasure.parse(other)))
        .isCloseTo(factor, within(1e-12 * factor));
  }
}
