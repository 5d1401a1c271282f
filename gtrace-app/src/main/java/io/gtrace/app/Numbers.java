package io.gtrace.app;

import java.util.Locale;

/** Plain numbers for people. */
final class Numbers {
  private Numbers() {}

  /** Three decimals at most, none that say nothing. */
  static String upToThreeDecimals(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
