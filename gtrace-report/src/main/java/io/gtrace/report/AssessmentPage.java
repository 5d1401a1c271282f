package io.gtrace.report;

import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.LevelResult;
import io.gtrace.governance.pyramid.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An assessment as one self-contained page for screen and paper, without scripts: the pyramid drawn
 * with the state of each indicator, what lifts the organisation next, and the detail behind it.
 */
public final class AssessmentPage extends Page {
  private final Assessment assessment;

  private AssessmentPage(Assessment assessment, Instant generatedAt) {
    super(generatedAt);
    this.assessment = assessment;
  }

  /** The page. */
  public static String html(Assessment assessment, Instant generatedAt) {
    return new AssessmentPage(assessment, generatedAt).rendered("assessment.jte");
  }

  String title() {
    return assessment.organisation();
  }

  String period() {
    return assessment.period().toString();
  }

  String summary() {
    return AssessmentWords.summary(assessment);
  }

  /** What the period cost, for a board. */
  List<AccountPage.Fact> facts() {
    return assessment.footprint().stream()
        .flatMap(footprint ->
            Stream.of(
                fact("Carbon", Figures.carbon(footprint.carbonKg())),
                fact("Energy", Figures.energy(footprint.energyKwh())),
                fact("Water", Figures.water(footprint.waterL()))))
        .toList();
  }

  private static AccountPage.Fact fact(String name, String figure) {
    int range = figure.indexOf(" (");
    if (range < 0) {
      return new AccountPage.Fact(name, figure, "");
    }
    return new AccountPage.Fact(
        name, figure.substring(0, range), figure.substring(range + 2, figure.length() - 1));
  }

  /** The levels from the top down, as they stand in the picture. */
  List<LevelResult> topDown() {
    List<LevelResult> levels = new ArrayList<>(assessment.levels());
    Collections.reverse(levels);
    return levels;
  }

  List<LevelResult> levels() {
    return assessment.levels();
  }

  PyramidDrawing drawing() {
    return new PyramidDrawing(topDown());
  }

  String alternative() {
    return "Pyramid of seven levels: "
        + assessment.levels().stream()
            .map(each ->
                each.level().label()
                    + (each.reached() ? " reached, " : " not reached, ")
                    + AssessmentWords.tally(each))
            .collect(Collectors.joining("; "));
  }

  String tally(LevelResult level) {
    return AssessmentWords.tally(level);
  }

  String values(IndicatorResult result) {
    return AssessmentWords.values(result);
  }

  String worth(IndicatorResult result) {
    return AssessmentWords.worth(result);
  }

  String grade(IndicatorResult result) {
    return AssessmentWords.grade(result);
  }

  /** How the style sheet calls a verdict. */
  String styleOf(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String nextLevel() {
    return assessment.next().map(each -> each.level().label()).orElse("");
  }

  List<Assessment.Lift> way() {
    return assessment.way();
  }

  String outcome(Assessment.Lift lift) {
    return AssessmentWords.outcome(lift, assessment.next().orElseThrow());
  }

  List<Fault> faults() {
    return assessment.faults();
  }

  List<String> remarks() {
    return assessment.remarks();
  }

  /** What departs from the usual pyramid, which every output must show. */
  List<String> departures() {
    return assessment.departures();
  }

  String rules() {
    return String.format(
        Locale.ROOT,
        "A level is reached when all its gates and %.0f %% of its indicators pass and every level"
            + " below is reached. An indicator passes when also the less favourable end of its 90 %%"
            + " interval does. What is not known does not pass, and no claim opens a gate. A level"
            + " is gained by two periods in a row and lost by two. Pyramid version %s.",
        100 * assessment.pyramid().passedShare(),
        assessment.pyramid().version());
  }

  String seal() {
    return assessment.seal();
  }

  List<String> factorSets() {
    return assessment.factorSets();
  }
}
