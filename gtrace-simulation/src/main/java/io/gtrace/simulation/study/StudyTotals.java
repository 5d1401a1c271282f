package io.gtrace.simulation.study;

import io.gtrace.footprint.Quantity;

/**
 * A wave in a line, to be set beside others.
 *
 * @param scale people simulated for one person of the study
 * @param runs each with other draws of what is uncertain
 * @param hours simulated
 * @param adopters people who took part
 * @param outputs made in all hours
 * @param energyKwh of the outputs that the study counts, as carbon and water are
 */
public record StudyTotals(
    double scale,
    int runs,
    int hours,
    Quantity adopters,
    Quantity outputs,
    Quantity energyKwh,
    Quantity carbonKg,
    Quantity waterL) {
  /** Those of a study that was run. */
  public static StudyTotals of(StudyOutcome outcome) {
    StudyOutcome.Figures figures = outcome.figures();
    return new StudyTotals(
        outcome.settings().scale(),
        outcome.runs(),
        outcome.hours(),
        figures.adopters(),
        figures.outputs(),
        figures.counted().energyKwh(),
        figures.counted().carbonKg(),
        figures.counted().waterL());
  }
}
