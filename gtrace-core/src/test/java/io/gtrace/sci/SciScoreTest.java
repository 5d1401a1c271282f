package io.gtrace.sci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Training;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.sci.FunctionalUnit.Boundary;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of SCI for AI, with the units put right where the text slips. */
class SciScoreTest {
  private static final GTrace GTRACE = GTrace.standard();
  private static final int DRAWS = 512;

  /** Exactly so much carbon, and a market-based figure that must not count. */
  private static Footprint carbon(double operationalKg, double embodiedKg) {
    double[] medians = new double[7];
    medians[Impact.OPERATIONAL_LOCATION_BASED_KG.ordinal()] = operationalKg;
    medians[Impact.OPERATIONAL_MARKET_BASED_KG.ordinal()] = operationalKg / 100;
    medians[Impact.EMBODIED_KG.ordinal()] = embodiedKg;
    return Footprint.of(
        "worked example",
        medians,
        0,
        impact -> {
          double[] draws = new double[DRAWS];
          Arrays.fill(draws, medians[impact.ordinal()]);
          return draws;
        });
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN,     5000,   1500,  50e9,  1e6,  0.13",
    "FLOP,      180000, 20000, 5e22,  1e15, 0.004",
    "PARAMETER, 75000,  0,     2.5e9, 1e9,  30000",
    "IMAGE,     3200,   0,     40e6,  1,    0.00008"
  })
  void aScoreIsOperationalAndEmbodiedCarbonOverUnits(
      FunctionalUnit unit,
      double operationalKg,
      double embodiedKg,
      double units,
      double ofUnits,
      double kg) {
    SciScore score = new SciScore(unit, units, carbon(operationalKg, embodiedKg));
    assertThat(score.kgPerUnit().median() * ofUnits).isCloseTo(kg, withinPercentage(1e-9));
    assertThat(score.kgPerUnit().high() * ofUnits).isCloseTo(kg, withinPercentage(1e-9));
    assertThat(score.operationalKgPerUnit().median() + score.embodiedKgPerUnit().median())
        .isCloseTo(score.kgPerUnit().median(), withinPercentage(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN, CONSUMER",
    "IMAGE, CONSUMER",
    "SECOND_OF_VIDEO, CONSUMER",
    "SECOND_OF_AUDIO, CONSUMER",
    "FLOP, PROVIDER",
    "TRAINING_TOKEN, PROVIDER",
    "PARAMETER, PROVIDER"
  })
  void useIsTheConsumersAndTrainingTheProviders(FunctionalUnit unit, Boundary boundary) {
    assertThat(unit.boundary()).isEqualTo(boundary);
  }

  @Test
  void theIntensityIsEnergyTimesLocationBasedCarbonPlusWearOverTokens() {
    Activity call = TextGeneration.of("llama-3.1-8b-instruct", 700, 300).at("DE");
    Footprint footprint = GTRACE.estimate(call);
    SciScore score = of(call, OptionalDouble.empty());
    double operationalKg = score.operationalKgPerUnit().median() * 1_000;
    assertThat(operationalKg)
        .isCloseTo(footprint.operationalLocationBasedKg().median(), withinPercentage(1e-9));
    assertThat(score.kgPerUnit().median() * 1_000)
        .isCloseTo(operationalKg + footprint.embodiedKg().median(), withinPercentage(1e-9));
  }

  @Test
  void aTrainingKnownByItsHoursIsScoredByTheModelsParameters() {
    Training hours =
        new Training(
                "bloom",
                "a100-sxm-80gb",
                new Training.AcceleratorTime(384, 2_800, 0.8),
                Context.UNKNOWN)
            .at("FR");
    SciScore score = of(hours, OptionalDouble.of(176e9));
    assertThat(score.unit()).isEqualTo(FunctionalUnit.PARAMETER);
    assertThat(score.kgPerUnit().median() * 176e9)
        .isCloseTo(GTRACE.estimate(hours).carbonKg().median(), withinPercentage(1e-9));
    assertThatThrownBy(() -> of(hours, OptionalDouble.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter");
  }

  private static SciScore of(Activity activity, OptionalDouble parameters) {
    return SciScore.of(activity, GenerationDefaults.COMMON, GTRACE.estimate(activity), parameters);
  }
}
