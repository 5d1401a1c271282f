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
  private static final int LIFTS_ON_THE_BOARD = 4;
  private static final int CAUTIONS_ON_THE_BOARD = 4;

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

  /** The same as a document in PDF: one page for a board, and the detail behind it. */
  public static byte[] pdf(Assessment assessment, Instant generatedAt) {
    return PdfDocument.of(
        new AssessmentPage(assessment, generatedAt).rendered("board.jte"), generatedAt);
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

  /** One step of the pyramid in words. */
  String alternative(LevelResult level) {
    return level.level().label()
        + (level.reached() ? ", reached: " : ", not reached: ")
        + level.indicators().stream()
            .map(each ->
                each.indicator().id()
                    + " "
                    + each.indicator().name()
                    + " "
                    + each.verdict().label())
            .collect(Collectors.joining(", "));
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

  /** The colour of a verdict on paper. */
  String colourOf(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "#0b6b55";
      case FAIL, INDETERMINATE -> "#8a5a12";
      default -> "#56625c";
    };
  }

  /** What to do, or what to supply first where that is not known. */
  String nextStep(IndicatorResult result) {
    return result.nextStep();
  }

  String action(IndicatorResult result) {
    return result.indicator().action();
  }

  String nextLevel() {
    return assessment.next().map(each -> each.level().label()).orElse("");
  }

  List<Assessment.Lift> way() {
    return assessment.way();
  }

  /** As many steps of the way as a page has room for. */
  List<Assessment.Lift> wayForBoard() {
    return way().stream().limit(LIFTS_ON_THE_BOARD).toList();
  }

  /** What would avoid most beyond the next level, as much as there is room for. */
  List<IndicatorResult> largestBeyond() {
    return assessment.largestBeyond().stream().limit(LIFTS_ON_THE_BOARD).toList();
  }

  /** What an indicator stands at, beside its next step, which says why that is not known. */
  String state(IndicatorResult result) {
    String values = AssessmentWords.values(result);
    return result.indicator().name()
        + ": "
        + result.verdict().label()
        + (values.isEmpty() ? "" : ", " + values);
  }

  /** What a board must know before it relies on the page, as much as there is room for. */
  List<String> cautions() {
    List<String> all = new ArrayList<>();
    assessment
        .departures()
        .forEach(each -> all.add("Departs from the usual pyramid: " + each + "."));
    int faults = assessment.faults().size();
    if (faults > 0) {
      all.add(
          "Evidence that cannot be relied on: "
              + faults
              + (faults == 1 ? " fault" : " faults")
              + ", named on the pages behind. What rests on it is not known.");
    }
    assessment.remarks().forEach(each -> all.add("Note: " + each + "."));
    int more = all.size() - CAUTIONS_ON_THE_BOARD;
    if (more <= 0) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, CAUTIONS_ON_THE_BOARD));
    some.add("And " + more + " more, on the pages behind.");
    return some;
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
