package io.gtrace.ledger.format;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as records write them. */
final class Numerals {
  /** Longer ones, and those of far larger exponents, are no amounts but attacks. */
  private static final int LONGEST = 40;

  private static final int LARGEST_EXPONENT = 40;

  private Numerals() {}

  /** Null if it is none. */
  static @Nullable BigDecimal read(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(stripped);
      return Math.abs((long) number.scale()) <= LARGEST_EXPONENT ? number : null;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
