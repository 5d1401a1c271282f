package io.gtrace.app;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Plain numbers for people. */
final class Numbers {
  private Numbers() {}

  /** A count with its noun, as in 1 token or 2,000 tokens. */
  static String counted(double count, String one, String many) {
    return String.format(Locale.ROOT, "%,.0f %s", count, count == 1 ? one : many);
  }

  /** Two digits that say something, as in 0.42 or 16. */
  static String twoDigits(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }

  /** Three decimals at most, none that say nothing. */
  static String upToThreeDecimals(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** A name from a file as it may be printed: none may steer the terminal. */
  static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "�");
  }
}
