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
   * @param top where it begins, from the top of the pyramid
   * @param points its corners, as SVG writes them
   */
  record Step(
      double top,
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
   * @param verdict that it tells
   * @param title for who points at it
   */
  record Mark(double x, double y, Verdict verdict, boolean gate, String title) {
    /** Tells the verdict without colour. */
    String sign() {
      return switch (verdict) {
        case PASS -> "✓";
        case FAIL -> "✕";
        case UNKNOWN -> "?";
        case INDETERMINATE -> "≈";
        case NOT_APPLICABLE -> "–";
      };
    }

    /** The same as lines around its middle, for where a font has no such sign. */
    String strokes() {
      return switch (verdict) {
        case PASS -> "M-4.5,0.5 L-1.5,3.5 L4.5,-3.5";
        case FAIL -> "M-3.5,-3.5 L3.5,3.5 M-3.5,3.5 L3.5,-3.5";
        case UNKNOWN -> "M-2.8,-2.6 C-2.8,-6.4 2.8,-6.4 2.8,-2.6 C2.8,-0.4 0,-0.4 0,2 M0,5 L0,5.1";
        case INDETERMINATE ->
            "M-4.5,-1.4 C-3,-4 -1.5,-4 0,-2 C1.5,0 3,0 4.5,-2.4"
                + " M-4.5,3 C-3,0.4 -1.5,0.4 0,2.4 C1.5,4.4 3,4.4 4.5,2";
        case NOT_APPLICABLE -> "M-4,0 L4,0";
      };
    }

    /** Its colours on paper, those of the style sheet. */
    String fill() {
      return switch (verdict) {
        case PASS -> "#0b6b55";
        case FAIL -> "#8a5a12";
        default -> "#ffffff";
      };
    }

    String line() {
      return switch (verdict) {
        case PASS -> "#0b6b55";
        case FAIL, INDETERMINATE -> "#8a5a12";
        default -> "#56625c";
      };
    }

    String ink() {
      return verdict == Verdict.PASS || verdict == Verdict.FAIL ? "#ffffff" : "#17211d";
    }

    /** How the style sheet calls the verdict. */
    String style() {
      return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

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
        top, points, "L" + level.level().number(), left, top + STEP / 2, level.reached(), marks);
  }

  private static Mark mark(IndicatorResult result, double x, double y) {
    Verdict verdict = result.verdict();
    return new Mark(
        x,
        y,
        verdict,
        result.indicator().isGate(),
        result.indicator().id() + " " + result.indicator().name() + ": " + verdict.label());
  }
}
