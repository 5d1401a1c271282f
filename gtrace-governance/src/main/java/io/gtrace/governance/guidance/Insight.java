package io.gtrace.governance.guidance;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.simulation.study.StudyOutcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * What it brings to know the energy of an output instead of estimating it: a narrower interval, and
 * a choice that is made only where it pays.
 *
 * <p>The worth is the expected value of perfect information (Raiffa and Schlaifer 1961): who knows
 * chooses draw by draw, who does not chooses once, by the mean. All that is uncertain counts as
 * known then, not the energy alone: it is the most that knowing the energy can be worth.
 *
 * @param carbonKg of what is studied of the wave
 * @param carbonIfKnownKg the same if the energy of an output were known, to be at its median
 * @param widthLostPercent share of the width of the interval that is gone then
 * @param choice the scenario that is chosen or not, in words
 * @param probabilityAgainst share of the draws in which the choice emits more, 0 to 1
 * @param worthKg carbon that choosing by what is known avoids beyond choosing blindly: its mean,
 *     and the bounds between which it lies in nine of ten draws
 */
public record Insight(
    Estimate carbonKg,
    Estimate carbonIfKnownKg,
    double widthLostPercent,
    String choice,
    double probabilityAgainst,
    Estimate worthKg) {

  /** Empty if the lever informs no choice that the study shows. */
  static Optional<Insight> of(StudyOutcome wave, Lever lever) {
    return lever
        .informs()
        .flatMap(id -> Effect.scenario(wave, id))
        .map(choice -> of(wave.figures(), choice));
  }

  private static Insight of(StudyOutcome.Figures wave, StudyOutcome.ScenarioOutcome choice) {
    DrawnAmount carbon = DrawnAmount.of(wave.counted(), Impact.CARBON_KG);
    DrawnAmount ofOneKwh = DrawnAmount.of(wave.ofOneOutput(), Impact.ENERGY_KWH);
    Estimate now = carbon.estimate();
    Estimate known = carbon.over(ofOneKwh).times(ofOneKwh.median()).estimate();
    double[] avoidedKg =
        carbon.minus(DrawnAmount.of(choice.figures().counted(), Impact.CARBON_KG)).draws();
    return new Insight(
        now,
        known,
        100 * (1 - known.width() / now.width()),
        choice.title(),
        (double) Arrays.stream(avoidedKg).filter(kg -> kg < 0).count() / avoidedKg.length,
        worth(avoidedKg));
  }

  private static Estimate worth(double[] avoidedKg) {
    boolean isChosenBlindly = mean(avoidedKg) > 0;
    double[] gainedKg =
        Arrays.stream(avoidedKg).map(kg -> Math.max(0, kg) - (isChosenBlindly ? kg : 0)).toArray();
    return Estimate.of(mean(gainedKg), gainedKg);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }
}
