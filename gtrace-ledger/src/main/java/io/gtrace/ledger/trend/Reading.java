package io.gtrace.ledger.trend;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure as it stands in a file, and the bounds between which rounding leaves the true one.
 *
 * @param value the figure, zero or more
 * @param low at least this
 * @param high at most this
 */
public record Reading(double value, double low, double high) {
  /** Larger counts are mistaken units or ids. */
  static final double MOST = 1e15;

  private static final Pattern NUMBER =
      Pattern.compile("(<?)\\s*(\\d{1,20}(?:\\.\\d{1,20})?(?:[eE][+]?\\d{1,2})?)\\s*([KkMmBb%]?)");

  public Reading {
    if (!(0 <= low && low <= value && value <= high && high <= MOST)) {
      throw new IllegalArgumentException(
          "a reading must be zero or more, within its bounds and at most "
              + MOST
              + ", not "
              + value
              + " in "
              + low
              + " to "
              + high);
    }
  }

  /** A count that nothing was rounded off. */
  public static Reading exactly(double count) {
    return new Reading(count, count, count);
  }

  /** A value of an index that is published in whole numbers. */
  public static Reading rounded(double value) {
    return new Reading(value, Math.max(0, value - 0.5), value + 0.5);
  }

  /** Below a bound, as Google Trends writes {@code <1}. */
  public static Reading below(double bound) {
    return new Reading(bound / 2, 0, bound);
  }

  /**
   * Reads {@code 1234}, {@code 1,234}, {@code 1 234}, {@code 1.2M} (between 1.15 and 1.25 million),
   * {@code <1} or {@code 45%}; empty if the text is none of them.
   */
  static Optional<Reading> parse(String text) {
    Matcher parts = NUMBER.matcher(withoutThousands(text.strip()));
    if (!parts.matches()) {
      return Optional.empty();
    }
    BigDecimal digits = new BigDecimal(parts.group(2));
    double unit = unit(parts.group(3));
    double value = digits.doubleValue() * unit;
    if (value > MOST) {
      return Optional.empty();
    }
    if (!parts.group(1).isEmpty()) {
      return Optional.of(below(value));
    }
    if (unit == 1) {
      return Optional.of(exactly(value));
    }
    double half = 0.5 * unit * Math.pow(10, -Math.max(0, digits.scale()));
    return Optional.of(new Reading(value, Math.max(0, value - half), value + half));
  }

  /** Signs that part thousands, where they part nothing else. */
  private static String withoutThousands(String text) {
    return text.matches("<?\\d{1,3}([,'\\u00a0\\u202f ]\\d{3})+(\\.\\d+)?[KkMmBb%]?")
        ? text.replaceAll("[,'\\u00a0\\u202f ]", "")
        : text;
  }

  private static double unit(String suffix) {
    return switch (suffix.toUpperCase(Locale.ROOT)) {
      case "K" -> 1e3;
      case "M" -> 1e6;
      case "B" -> 1e9;
      default -> 1;
    };
  }

  /** This and another, which happened beside or after it. */
  Reading plus(Reading other) {
    return new Reading(value + other.value, low + other.low, high + other.high);
  }

  /** What came about between an earlier total and this one; empty if the total fell. */
  Optional<Reading> since(Reading earlier) {
    return value < earlier.value
        ? Optional.empty()
        : Optional.of(
            new Reading(
                value - earlier.value, Math.max(0, low - earlier.high), high - earlier.low));
  }

  Reading times(double factor) {
    return new Reading(value * factor, low * factor, high * factor);
  }

  /** The same as a value of an index that is published in whole numbers or below one. */
  Reading asIndex() {
    return low < high ? this : rounded(value);
  }
}
