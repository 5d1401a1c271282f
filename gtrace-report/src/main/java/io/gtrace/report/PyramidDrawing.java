package io.gtrace.report;

import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.LevelResult;
import io.gtrace.governance.pyramid.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The geometry of the pyramid: a step for each level, a mark for each indicator. */
final class PyramidDrawing {
  private static final double WIDTH = 420;
  private static final double TOP_WIDTH = 190;
  private static final double STEP = 46;
  private static final double GAP = 4;
  private static final double MARK = 18;
  private static final double PITCH = 22;
  private static final double LABEL = 26;

  private final List<LevelResult> topDown;

  PyramidDrawing(List<LevelResult> topDown) {
    this.topDown = List.copyOf(topDown);
  }

  /**
   * A step.
   *
   * @param points its corners, as SVG writes them
   */
  record Step(
      String points,
      String label,
      double labelX,
      double labelY,
      boolean reached,
      List<Mark> marks) {
    Step {
      marks = List.copyOf(marks);
    }
  }

  /**
   * A mark.
   *
   * @param sign tells the verdict without colour
   * @param style how the style sheet calls the verdict
   * @param title for who points at it
   */
  record Mark(double x, double y, String sign, String style, boolean gate, String title) {
    double size() {
      return MARK;
    }

    double middleX() {
      return x + MARK / 2;
    }

    double middleY() {
      return y + MARK / 2;
    }
  }

  double width() {
    return WIDTH;
  }

  double height() {
    return topDown.size() * (STEP + GAP);
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < topDown.size(); i++) {
      steps.add(step(topDown.get(i), i * (STEP + GAP)));
    }
    return steps;
  }

  private double halfWidth(double y) {
    return (TOP_WIDTH + (WIDTH - TOP_WIDTH) * y / height()) / 2;
  }

  private Step step(LevelResult level, double top) {
    double middle = WIDTH / 2;
    double bottom = top + STEP;
    String points =
        String.format(
            Locale.ROOT,
            "%.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f",
            middle - halfWidth(top),
            top,
            middle + halfWidth(top),
            top,
            middle + halfWidth(bottom),
            bottom,
            middle - halfWidth(bottom),
            bottom);
    int count = level.indicators().size();
    double left = middle - (LABEL + count * PITCH) / 2;
    double y = top + (STEP - MARK) / 2;
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      marks.add(mark(level.indicators().get(i), left + LABEL + i * PITCH, y));
    }
    return new Step(
        points, "L" + level.level().number(), left, top + STEP / 2, level.reached(), marks);
  }

  private static Mark mark(IndicatorResult result, double x, double y) {
    Verdict verdict = result.verdict();
    return new Mark(
        x,
        y,
        sign(verdict),
        verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        result.indicator().isGate(),
        result.indicator().id() + " " + result.indicator().name() + ": " + verdict.label());
  }

  private static String sign(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✓";
      case FAIL -> "✕";
      case UNKNOWN -> "?";
      case INDETERMINATE -> "≈";
      case NOT_APPLICABLE -> "–";
    };
  }
}
