package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.report.StudySection.Content;
import io.gtrace.report.StudySection.Picture;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import io.gtrace.simulation.study.StudyOutcome.TrainingOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The chapter on the training of the model: when its use overtakes it. */
final class StudyTraining {
  private static final double EVEN_ODDS = 0.5;
  private static final double HOURS_OF_DAY = 24;

  private StudyTraining() {}

  static StudyCurves of(StudyOutcome outcome, TrainingOutcome training) {
    Footprint use = outcome.figures().footprint();
    Unit unit =
        Unit.of(
            Impact.ENERGY_KWH,
            Math.max(
                use.median(Impact.ENERGY_KWH), training.footprint().median(Impact.ENERGY_KWH)));
    Content content =
        new Content(
            "training",
            "When use overtakes training",
            List.of(
                "Training happens once and took "
                    + Figures.energy(training.footprint().energyKwh())
                    + "; use goes on and took "
                    + Figures.energy(use.energyKwh())
                    + " within this study. "
                    + verdict(training)),
            List.of(
                new Picture(
                    "training-odds",
                    "Probability that use has taken more energy than training by then",
                    "Probability over time that use has taken more energy than training; in the end "
                        + Figures.percent(training.overtakenShare())
                        + " %."),
                new Picture(
                    "training-energy",
                    "Energy of use so far beside that of training, both at their medians, in "
                        + unit.symbol(),
                    "Energy of use from the begin to each moment, in the end "
                        + Figures.energy(use.energyKwh())
                        + ", beside that of training, "
                        + Figures.energy(training.footprint().energyKwh())
                        + ".")),
            List.of(table(training, use)));
    return StudyCurves.hourly(
        outcome,
        content,
        List.of(
            new StudyCurves.Hourly(
                "training-odds",
                "%",
                List.of(
                    new StudyCurves.HourlyLine(
                        "overtaken",
                        "accent",
                        training.overtakenShareByHour().stream()
                            .map(share -> 100 * share)
                            .toList()))),
            new StudyCurves.Hourly(
                "training-energy",
                unit.symbol(),
                List.of(
                    new StudyCurves.HourlyLine("use so far", "accent", soFar(outcome, unit)),
                    new StudyCurves.HourlyLine(
                        "training",
                        "second",
                        Collections.nCopies(
                            outcome.series().size(),
                            training.footprint().median(Impact.ENERGY_KWH) / unit.size()))))));
  }

  private static String verdict(TrainingOutcome training) {
    String odds =
        "In "
            + Figures.percent(training.overtakenShare())
            + " % of the draws use overtakes training before the study ends";
    return training
        .hours()
        .filter(hours -> training.overtakenShare() >= EVEN_ODDS)
        .map(hours ->
            odds
                + "; where it does, after "
                + Figures.days(
                    new Quantity(
                        hours.median() / HOURS_OF_DAY,
                        hours.low() / HOURS_OF_DAY,
                        hours.high() / HOURS_OF_DAY))
                + ".")
        .orElse(odds + ".");
  }

  private static List<Double> soFar(StudyOutcome outcome, Unit unit) {
    List<Double> sums = new ArrayList<>();
    double sum = 0;
    for (Hour hour : outcome.series()) {
      sum += hour.energyKwh().median() / unit.size();
      sums.add(sum);
    }
    return sums;
  }

  private static TextTable table(TrainingOutcome training, Footprint use) {
    return new TextTable(
        "Training beside all use within this study; below each figure its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("Part"),
            TextTable.Head.number("Energy", ""),
            TextTable.Head.number("Carbon", ""),
            TextTable.Head.number("Water", "")),
        List.of(row("Training", training.footprint()), row("Use", use)));
  }

  private static TextTable.Row row(String name, Footprint footprint) {
    return new TextTable.Row(
        name,
        "",
        List.of(
            cell(Impact.ENERGY_KWH, footprint.energyKwh()),
            cell(Impact.CARBON_KG, footprint.carbonKg()),
            cell(Impact.WATER_L, footprint.waterL())));
  }

  private static LineTable.Cell cell(Impact impact, Quantity quantity) {
    AccountPage.Tile tile = AccountPage.tile("", "", impact, quantity);
    return new LineTable.Cell(tile.measured(), tile.range());
  }
}
