package io.gtrace.governance.guidance;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.simulation.study.StudyOutcome;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a scenario does to what is studied of a wave, beside the wave as it was or beside what would
 * be done without the lever.
 *
 * @param scenario in words
 * @param beside what it is held against, in words; empty for the wave as it was
 * @param avoidedCarbonKg the carbon that it is held against less its own, draw by draw
 * @param byFewerOutputsKg the part of it that comes of fewer outputs; below zero where more were
 *     made (rebound)
 * @param shareOfWavePercent of the carbon that it is held against
 * @param avoidedEnergyKwh the same of electricity
 * @param waterPercent change of the water
 * @param outputsPercent change of the number of outputs
 * @param refusedOutputs outputs that were asked for and refused, beyond those that were anyway
 * @param forgoneOutputsPerTonne outputs that are not made for each tonne avoided; empty where no
 *     fewer are made or nothing is avoided
 * @param probability share of the draws in which it avoids anything at all, 0 to 1
 */
public record Effect(
    String scenario,
    Optional<String> beside,
    Estimate avoidedCarbonKg,
    Estimate byFewerOutputsKg,
    Estimate shareOfWavePercent,
    Estimate avoidedEnergyKwh,
    Estimate waterPercent,
    double outputsPercent,
    double refusedOutputs,
    OptionalDouble forgoneOutputsPerTonne,
    double probability) {
  private static final double KG_OF_TONNE = 1_000;

  /** Empty if the study does not have the scenarios that the lever names. */
  static Optional<Effect> of(StudyOutcome wave, Lever lever) {
    Optional<StudyOutcome.ScenarioOutcome> changed =
        lever.scenario().flatMap(id -> scenario(wave, id));
    if (lever.beside().isEmpty()) {
      return changed.map(with -> of(wave.figures(), Optional.empty(), with));
    }
    return changed.flatMap(with ->
        scenario(wave, lever.beside().get())
            .map(without -> of(without.figures(), Optional.of(without.title()), with)));
  }

  static Optional<StudyOutcome.ScenarioOutcome> scenario(StudyOutcome wave, String id) {
    return wave.scenarios().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private static Effect of(
      StudyOutcome.Figures without, Optional<String> beside, StudyOutcome.ScenarioOutcome with) {
    StudyOutcome.Figures then = with.figures();
    DrawnAmount carbon = DrawnAmount.of(without.counted(), Impact.CARBON_KG);
    DrawnAmount carbonThen = DrawnAmount.of(then.counted(), Impact.CARBON_KG);
    DrawnAmount avoided = carbon.minus(carbonThen);
    DrawnAmount asMany = carbonThen.times(outputs(without).over(outputs(then)));
    DrawnAmount energy = DrawnAmount.of(without.counted(), Impact.ENERGY_KWH);
    DrawnAmount water = DrawnAmount.of(without.counted(), Impact.WATER_L);
    double made = without.countedOutputs().median();
    double forgone = made - then.countedOutputs().median();
    return new Effect(
        with.title(),
        beside,
        avoided.estimate(),
        forgone == 0 ? Estimate.exact(0) : asMany.minus(carbonThen).estimate(),
        avoided.over(carbon).times(100).estimate(),
        energy.minus(DrawnAmount.of(then.counted(), Impact.ENERGY_KWH)).estimate(),
        DrawnAmount.of(then.counted(), Impact.WATER_L)
            .minus(water)
            .over(water)
            .times(100)
            .estimate(),
        -100 * forgone / made,
        then.refused().median() - without.refused().median(),
        forgone > 0 && avoided.median() > 0
            ? OptionalDouble.of(forgone / (avoided.median() / KG_OF_TONNE))
            : OptionalDouble.empty(),
        shareAbove(avoided.draws()));
  }

  /** All outputs, in each draw: the energy of all over that of one. */
  private static DrawnAmount outputs(StudyOutcome.Figures figures) {
    return DrawnAmount.of(figures.footprint(), Impact.ENERGY_KWH)
        .over(DrawnAmount.of(figures.ofOneOutput(), Impact.ENERGY_KWH));
  }

  private static double shareAbove(double[] draws) {
    return (double) Arrays.stream(draws).filter(draw -> draw > 0).count() / draws.length;
  }
}
