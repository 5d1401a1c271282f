package io.gtrace.app;

import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.LevelResult;
import io.gtrace.governance.pyramid.Verdict;
import io.gtrace.report.AssessmentWords;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** An assessment for a terminal: the pyramid, its indicators, and what lifts it next. */
final class AssessmentText {
  private static final int WIDTH = 44;
  private static final int FAULTS_SHOWN = 10;

  private AssessmentText() {}

  static void print(PrintWriter out, Assessment assessment) {
    out.println(plain(assessment.organisation()) + ", " + assessment.period());
    out.println(AssessmentWords.summary(assessment));
    assessment
        .footprint()
        .ifPresent(footprint ->
            out.println(
                "Carbon "
                    + Figures.carbon(footprint.carbonKg())
                    + ", energy "
                    + Figures.energy(footprint.energyKwh())
                    + ", water "
                    + Figures.water(footprint.waterL())));
    assessment
        .departures()
        .forEach(each -> out.println("Departs from the usual pyramid: " + plain(each)));
    assessment.remarks().forEach(remark -> out.println("Note: " + plain(remark)));
    out.println();
    for (int i = assessment.levels().size() - 1; i >= 0; i--) {
      step(out, assessment.levels().get(i));
    }
    for (LevelResult level : assessment.levels()) {
      out.println();
      out.println(
          level.level().label()
              + ": "
              + level.level().purpose()
              + (level.reached() ? " (reached)" : ""));
      level.indicators().forEach(each -> indicator(out, each));
    }
    lifts(out, assessment);
    beyond(out, assessment);
    faults(out, assessment.faults());
  }

  /** Names come from files: none may steer the terminal or make up a line. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "�");
  }

  /** One step of the pyramid: the higher, the narrower. */
  private static void step(PrintWriter out, LevelResult level) {
    int width = WIDTH - 5 * (level.level().number() - 1);
    String fill = (level.reached() ? "█" : "░").repeat(width);
    String indent = " ".repeat((WIDTH - width) / 2);
    out.printf(
        Locale.ROOT,
        "  %-" + WIDTH + "s  %-13s %s%n",
        indent + fill,
        level.level().label(),
        AssessmentWords.tally(level));
  }

  private static void indicator(PrintWriter out, IndicatorResult result) {
    String values = AssessmentWords.values(result);
    String shown = values.isEmpty() ? plain(String.join("; ", result.reasons())) : values;
    out.printf(
        Locale.ROOT,
        "  %s %s  %-14s  %-27s  %s%s%n",
        result.indicator().id(),
        result.indicator().isGate() ? "gate" : "    ",
        result.verdict().label(),
        result.indicator().name(),
        shown,
        AssessmentWords.grade(result).isEmpty() ? "" : "  " + AssessmentWords.grade(result));
    if (result.verdict() != Verdict.PASS && !values.isEmpty()) {
      result.reasons().forEach(reason -> out.println("         " + plain(reason)));
    }
    result.loosened().forEach(each -> out.println("         " + each));
  }

  private static void lifts(PrintWriter out, Assessment assessment) {
    List<Assessment.Lift> way = assessment.way();
    if (way.isEmpty()) {
      return;
    }
    LevelResult next = assessment.next().orElseThrow();
    out.println();
    out.println("What lifts it to " + next.level().label() + ", gates first");
    for (Assessment.Lift lift : way) {
      step(out, lift.indicator());
      out.println("             " + AssessmentWords.outcome(lift, next));
    }
  }

  private static void beyond(PrintWriter out, Assessment assessment) {
    List<IndicatorResult> largest = assessment.largestBeyond();
    if (largest.isEmpty()) {
      return;
    }
    out.println();
    out.println("What would avoid most, at the levels above; these amounts overlap");
    for (IndicatorResult each : largest) {
      step(out, each);
    }
  }

  private static void step(PrintWriter out, IndicatorResult result) {
    String worth = AssessmentWords.worth(result);
    out.println(
        "  "
            + result.indicator().id()
            + (result.indicator().isGate() ? " gate  " : "       ")
            + plain(result.nextStep())
            + (worth.isEmpty() ? "" : ": " + worth));
  }

  private static void faults(PrintWriter out, List<Fault> faults) {
    if (faults.isEmpty()) {
      return;
    }
    out.println();
    out.println("Evidence that cannot be relied on");
    faults.stream()
        .limit(FAULTS_SHOWN)
        .forEach(fault -> out.println("  " + plain(fault.toString())));
    if (faults.size() > FAULTS_SHOWN) {
      out.println("  and " + (faults.size() - FAULTS_SHOWN) + " more");
    }
  }
}
