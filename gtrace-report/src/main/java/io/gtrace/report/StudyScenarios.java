package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** What would have been avoided if something had been otherwise. */
final class StudyScenarios implements StudySection {
  private final StudyOutcome outcome;
  private final StudyWords words;
  private final List<ScenarioOutcome> scenarios;

  StudyScenarios(StudyOutcome outcome) {
    this.outcome = outcome;
    words = StudyWords.of(outcome.study());
    Set<String> otherForms = StudySideBySide.otherForms(outcome.study()).keySet();
    scenarios =
        outcome.scenarios().stream()
            .filter(each -> each.moves().isEmpty() && !otherForms.contains(each.id()))
            .sorted(Comparator.comparingDouble(each -> -each.avoidedCarbonKg().median()))
            .toList();
  }

  boolean isEmpty() {
    return scenarios.isEmpty();
  }

  private Charts.Chart chart() {
    return Charts.chart(
        "scenarios",
        Charts.Kind.BARS,
        "Carbon avoided by each change; whiskers: 90 % interval",
        scenarios.stream()
            .map(each -> new Charts.Bar(each.title(), each.avoidedCarbonKg(), Optional.empty()))
            .toList());
  }

  @Override
  public Content content() {
    ScenarioOutcome best = scenarios.get(0);
    String first =
        best.avoidedCarbonKg().median() > 0
            ? "The most is avoided by \u201c"
                + best.title()
                + "\u201d: "
                + Figures.carbon(best.avoidedCarbonKg()).replace('-', '\u2212')
                + (share(best).isEmpty() ? "" : ", " + share(best) + " of the carbon of this study")
            : "At the median none of it avoids carbon: below zero is more than before";
    String lead =
        "The same people with the same luck, and one thing changed. "
            + first
            + ". Avoided amounts overlap: do not add them up. What is avoided by cost would be avoided"
            + " if as many "
            + words.many()
            + " were made as before; what is avoided by number comes of fewer of them, and where it is"
            + " below zero it is rebound: more were made.";
    return new Content(
        "scenarios",
        "What would have changed it",
        List.of(lead),
        List.of(Picture.of(chart())),
        List.of(table()));
  }

  private String share(ScenarioOutcome scenario) {
    double whole = outcome.figures().counted().median(Impact.CARBON_KG);
    return whole > 0
        ? Figures.percent(scenario.avoidedCarbonKg().median() / whole).replace('-', '\u2212') + " %"
        : "";
  }

  private TextTable table() {
    return new TextTable(
        "Changes, the most avoided carbon first. Below each figure: its 90\u00a0% interval;"
            + " below zero: more than before",
        List.of(
            TextTable.Head.words("Change"),
            TextTable.Head.number(words.manyAsTitle(), "counted"),
            TextTable.Head.number("Carbon avoided", ""),
            TextTable.Head.number("By cost", "of one " + words.one()),
            TextTable.Head.number("By number", "of " + words.many()),
            TextTable.Head.number("Energy avoided", ""),
            TextTable.Head.number("Water avoided", "")),
        scenarios.stream()
            .map(each ->
                new TextTable.Row(
                    each.title(),
                    share(each).isEmpty() ? "" : share(each) + " of the carbon",
                    List.of(
                        StudyWords.cell(each.figures().countedOutputs()),
                        cell(Impact.CARBON_KG, each.avoidedCarbonKg()),
                        cell(Impact.CARBON_KG, each.avoidedByCostKg()),
                        cell(Impact.CARBON_KG, each.avoidedByNumberKg()),
                        cell(Impact.ENERGY_KWH, each.avoidedEnergyKwh()),
                        cell(Impact.WATER_L, each.avoidedWaterL()))))
            .toList());
  }

  private static LineTable.Cell cell(Impact impact, Quantity quantity) {
    AccountPage.Tile tile = AccountPage.tile("", "", impact, quantity);
    return new LineTable.Cell(
        tile.measured().replace('-', '\u2212'), tile.range().replace('-', '\u2212'));
  }

  @Override
  public void write(JsonGenerator json) {
    Charts.write(json, chart());
  }
}
