package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.Criterion;
import io.gtrace.governance.pyramid.Indicator;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.IndicatorResult.CriterionResult;
import io.gtrace.governance.pyramid.LevelResult;
import io.gtrace.governance.pyramid.Standing;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An assessment in words, the same on a terminal and on a page. */
public final class AssessmentWords {
  private AssessmentWords() {}

  /** What the period came to, in a sentence or two. */
  public static String summary(Assessment assessment) {
    String reached =
        assessment.reached() == 0
            ? "No level is reached"
            : "Level "
                + assessment.reached()
                + " of 7, "
                + assessment.pyramid().levels().get(assessment.reached() - 1).name()
                + ", is reached";
    return reached + " in " + assessment.period() + ". " + standing(assessment.standing());
  }

  private static String standing(Standing standing) {
    String held =
        standing.level() == 0 ? "No level is held yet" : "Level " + standing.level() + " is held";
    if (standing.onWatch()) {
      return held + ", on watch: a second period that misses it loses it.";
    }
    return standing
        .candidate()
        .map(candidate ->
            held + "; level " + candidate + " is gained if the next period reaches it too.")
        .orElse(held + ".");
  }

  /** As {@code 5 of 6 pass; gate 3.2 closed}. */
  public static String tally(LevelResult result) {
    List<IndicatorResult> closed = result.closedGates();
    String gates =
        closed.isEmpty()
            ? ""
            : "; "
                + (closed.size() == 1 ? "gate " : "gates ")
                + closed.stream()
                    .map(each -> each.indicator().id())
                    .collect(Collectors.joining(", "))
                + " closed";
    return result.passed() + " of " + result.counted() + " pass" + gates;
  }

  /** The values of an indicator beside their thresholds; empty where they are not known. */
  public static String values(IndicatorResult result) {
    boolean isOne = result.results().size() == 1;
    return result.results().stream()
        .map(each ->
            (isOne ? "" : each.criterion().measure() + " ")
                + value(each)
                + " ("
                + threshold(each.criterion())
                + ")")
        .collect(Collectors.joining("; "));
  }

  /**
   * A value with its unit, and its interval where it has one; what takes without end is told as
   * never.
   */
  public static String value(CriterionResult result) {
    Estimate estimate = result.estimate();
    if (!Double.isFinite(estimate.value())) {
      return Double.isNaN(estimate.value()) ? "not known" : "never";
    }
    String unit = unit(result.criterion());
    String value = rounded(estimate.value()) + unit;
    boolean exact =
        result.criterion().byMedian() || rounded(estimate.low()).equals(rounded(estimate.high()));
    return exact
        ? value
        : value + ", " + rounded(estimate.low()) + " to " + rounded(estimate.high()) + unit;
  }

  /** As {@code ≥ 95 %}. */
  public static String threshold(Criterion criterion) {
    return criterion.test().sign() + " " + rounded(criterion.threshold()) + unit(criterion);
  }

  private static String unit(Criterion criterion) {
    return criterion.unit().equals("1") ? "" : " " + criterion.unit();
  }

  private static String rounded(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.1e", value).replace("e-0", "e-").replace("e+0", "e");
    }
    return size == Math.rint(size)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Figures.rounded(value);
  }

  /** What the next step of an indicator is worth; empty where that is not known or nothing. */
  public static String worth(IndicatorResult result) {
    return result
        .worthOfNextStepKg()
        .filter(kg -> kg.value() > 0)
        .map(kg ->
            Figures.carbon(new Quantity(kg.value(), kg.low(), kg.high()))
                + " "
                + effect(result.indicator().kind()))
        .orElse("");
  }

  private static String effect(Indicator.ValueKind kind) {
    return switch (kind) {
      case ABATED -> "abated";
      case ACCOUNTED -> "brought to book or made certain";
      case AVOIDED -> "of overshoot avoided";
    };
  }

  /** What a level comes to once an action and those before it are done, and do what they should. */
  public static String outcome(Assessment.Lift lift, LevelResult level) {
    return (lift.indicator().isOpen() ? "if it passes then, " : "then ")
        + lift.passed()
        + " of "
        + level.counted()
        + " pass"
        + (lift.reached() ? ": level " + level.level().number() + " is reached" : "");
  }

  /** What the facts behind a value are worth; empty where it is not known. */
  public static String grade(IndicatorResult result) {
    return result.grade().map(Grade::name).orElse("");
  }
}
