package io.gtrace.bench.docs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader wants them. */
final class Numeral {
  private static final int PLAIN_DIGITS = 4;
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numeral() {}

  /** Three significant digits: {@code 0.831}, {@code 45,000}, {@code 1.24·10⁻⁵}. */
  static String of(double value) {
    return of(value, 3);
  }

  static String of(double value, int digits) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a number to print: " + value);
    }
    return exactly(new BigDecimal(value).round(new MathContext(digits)));
  }

  /** All of its digits. */
  static String exactly(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = value.stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -PLAIN_DIGITS + 1 || exponent > PLAIN_DIGITS + 1) {
      return rounded.movePointLeft(exponent).toPlainString() + "·10" + raised(exponent);
    }
    int decimals = Math.max(0, rounded.scale());
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** A share as {@code 12.3 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String raised(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    Integer.toString(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(RAISED.charAt(digit - '0')));
    return text.toString();
  }
}
