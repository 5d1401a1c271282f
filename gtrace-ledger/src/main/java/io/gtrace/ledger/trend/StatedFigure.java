package io.gtrace.ledger.trend;

import io.gtrace.ledger.Excerpt;
import io.gtrace.uncertainty.Scatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A positive figure as people state it, and its 90 % interval, as in {@code 5.4[4..7]}.
 *
 * @param low equals {@code high} where no interval is stated
 */
public record StatedFigure(double value, double low, double high) {
  private static final String NUMBER = "(\\d{1,18}(?:\\.\\d{1,18})?(?:[eE]\\+?\\d{1,2})?)";
  private static final Pattern FORM =
      Pattern.compile(NUMBER + "\\s*(?:\\[\\s*" + NUMBER + "\\s*\\.\\.\\s*" + NUMBER + "\\s*\\])?");

  public StatedFigure {
    if (!(0 < low && low <= value && value <= high && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "must be above zero and lie in its interval, not "
              + value
              + " in "
              + low
              + " to "
              + high);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is no such figure
   */
  public static StatedFigure parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be a figure such as 5.4 or, with its 90 % interval, 5.4[4..7], not '"
              + Excerpt.of(text)
              + "'");
    }
    double value = Double.parseDouble(parts.group(1));
    boolean interval = parts.group(2) != null;
    return new StatedFigure(
        value,
        interval ? Double.parseDouble(parts.group(2)) : value,
        interval ? Double.parseDouble(parts.group(3)) : value);
  }

  /** Whether no interval is stated. */
  public boolean isAlone() {
    return low == high;
  }

  /** With an interval of so many per cent of the figure to either side, if none is stated. */
  public StatedFigure orWithin(double percent) {
    return isAlone() && percent > 0
        ? new StatedFigure(value, value / (1 + percent / 100), value * (1 + percent / 100))
        : this;
  }

  /**
   * What the figure says: the interval exactly, where one is stated, about its geometric middle;
   * people often state its lower end, as in "over 700 million".
   */
  public Scatter scatter() {
    return isAlone() ? Scatter.lognormal(value, 0) : Scatter.lognormal90(low, high);
  }
}
