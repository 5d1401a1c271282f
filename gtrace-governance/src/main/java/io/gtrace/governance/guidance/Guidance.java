package io.gtrace.governance.guidance;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What levers do, for one audience: in a simulated wave, and in the ledger of one organisation
 * where there is one.
 *
 * @param entries what avoids most in the wave first; those that no scenario shows last
 */
public record Guidance(Audience audience, List<Entry> entries) {
  public Guidance {
    entries = List.copyOf(entries);
  }

  /**
   * One lever.
   *
   * @param inWave what it does to the wave; empty if no scenario of the study shows it
   * @param inLedger its indicator in the ledger of an organisation; empty without one
   */
  public record Entry(Lever lever, Optional<Effect> inWave, Optional<IndicatorResult> inLedger) {}

  /**
   * What a scenario does to what is studied of a wave.
   *
   * @param scenario in words
   * @param avoidedCarbonKg its carbon less that of the scenario, draw by draw
   * @param byFewerOutputsKg the part of it that comes of fewer outputs; below zero where more were
   *     made (rebound)
   * @param shareOfWavePercent of its carbon
   * @param waterPercent change of its water
   * @param outputsPercent change of the number of outputs
   * @param refusedOutputs outputs that were asked for and refused, beyond those of the wave
   * @param probability share of the draws in which it avoids anything at all, 0 to 1
   */
  public record Effect(
      String scenario,
      Estimate avoidedCarbonKg,
      Estimate byFewerOutputsKg,
      Estimate shareOfWavePercent,
      Estimate waterPercent,
      double outputsPercent,
      double refusedOutputs,
      double probability) {}

  /**
   * Guidance for an audience.
   *
   * @param wave a study that was run with its scenarios
   * @param organisation an assessment of one organisation; empty for none
   */
  public static Guidance of(
      Audience audience, List<Lever> levers, StudyOutcome wave, Optional<Assessment> organisation) {
    return new Guidance(
        audience,
        levers.stream()
            .filter(lever -> lever.audiences().contains(audience))
            .map(lever ->
                new Entry(
                    lever,
                    lever.scenario().flatMap(id -> effect(wave, id)),
                    organisation.flatMap(each -> result(each, lever.indicator()))))
            .sorted(
                Comparator.comparingDouble(entry ->
                    -entry
                        .inWave()
                        .map(effect -> effect.avoidedCarbonKg().value())
                        .orElse(Double.NEGATIVE_INFINITY)))
            .toList());
  }

  private static Optional<IndicatorResult> result(Assessment assessment, String id) {
    return assessment.indicators().filter(each -> each.indicator().id().equals(id)).findFirst();
  }

  private static Optional<Effect> effect(StudyOutcome wave, String id) {
    return wave.scenarios().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .map(scenario -> effect(wave.figures(), scenario));
  }

  private static Effect effect(StudyOutcome.Figures wave, ScenarioOutcome scenario) {
    Footprint then = scenario.figures().counted();
    DrawnAmount carbon = DrawnAmount.of(wave.counted(), Impact.CARBON_KG);
    DrawnAmount avoided = carbon.minus(DrawnAmount.of(then, Impact.CARBON_KG));
    DrawnAmount water = DrawnAmount.of(wave.counted(), Impact.WATER_L);
    DrawnAmount moreWater = DrawnAmount.of(then, Impact.WATER_L).minus(water);
    double[] draws = avoided.draws();
    return new Effect(
        scenario.title(),
        new Estimate(
            scenario.avoidedCarbonKg().median(),
            scenario.avoidedCarbonKg().low(),
            scenario.avoidedCarbonKg().high()),
        new Estimate(
            scenario.avoidedByNumberKg().median(),
            scenario.avoidedByNumberKg().low(),
            scenario.avoidedByNumberKg().high()),
        avoided.over(carbon).times(100).estimate(),
        moreWater.over(water).times(100).estimate(),
        100 * (scenario.figures().countedOutputs().median() / wave.countedOutputs().median() - 1),
        scenario.figures().refused().median() - wave.refused().median(),
        (double) Arrays.stream(draws).filter(draw -> draw > 0).count() / draws.length);
  }
}
