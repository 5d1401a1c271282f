package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Figures for people: three significant digits, a sensible SI prefix, and the interval beside,
 * unless it is of one value.
 */
public final class Figures {
  private static final MathContext DIGITS = new MathContext(3);

  private static final double MILLION = 1e6;
  private static final double BILLION = 1e9;

  private Figures() {}

  /** An energy in kWh, as in {@code 12.3 Wh (8.1 to 20.4)}. */
  public static String energy(Quantity kwh) {
    return of(Impact.ENERGY_KWH, kwh);
  }

  /** A mass of greenhouse gas in kgCO2e. */
  public static String carbon(Quantity kg) {
    return of(Impact.CARBON_KG, kg);
  }

  /** The same without an interval. */
  public static String energy(double kwh) {
    return energy(exactly(kwh));
  }

  /** A mass of greenhouse gas in kgCO2e, without an interval. */
  public static String carbon(double kg) {
    return carbon(exactly(kg));
  }

  private static Quantity exactly(double value) {
    return new Quantity(value, value, value);
  }

  /** A volume of water in litres. */
  public static String water(Quantity litres) {
    return of(Impact.WATER_L, litres);
  }

  /** A share of a whole, as in {@code 62 % (58 to 66)}. */
  public static String share(Quantity share) {
    return percent(share.median()) + " %" + beside(share, shareRange(share));
  }

  /** A number of things, as in {@code 702 million (590 to 830)}. */
  public static String amount(Quantity number) {
    return amount(number.median()) + beside(number, amountRange(number));
  }

  /** An interval in brackets; nothing if there is but one value. */
  private static String beside(Quantity quantity, String range) {
    return isExact(quantity) ? "" : " (" + range + ")";
  }

  /** Whether an interval is of one value. */
  static boolean isExact(Quantity quantity) {
    return quantity.high() <= quantity.low();
  }

  /** The interval of a number of things, in the millions or billions of its middle. */
  static String amountRange(Quantity number) {
    double size = sizeOf(number.median());
    return rounded(number.low() / size) + " to " + rounded(number.high() / size);
  }

  /** A number of things without its interval, as in {@code 702 million}. */
  public static String amount(double number) {
    double size = sizeOf(number);
    String word = size == BILLION ? " billion" : size == MILLION ? " million" : "";
    return rounded(number / size) + word;
  }

  private static double sizeOf(double number) {
    return number >= BILLION ? BILLION : number >= MILLION ? MILLION : 1;
  }

  /** A number of days, whose interval may have no upper end, as in {@code 2.1 (1.8 to 2.6)}. */
  public static String days(Quantity days) {
    return Double.isFinite(days.high())
        ? roughly(days.median())
            + " days ("
            + roughly(days.low())
            + " to "
            + roughly(days.high())
            + ")"
        : "more than " + roughly(days.low()) + " days";
  }

  /** A figure and its interval in the unit that fits it. */
  public static String of(Impact impact, Quantity quantity) {
    Unit unit = Unit.of(impact, quantity.median());
    return in(unit, quantity);
  }

  static String in(Unit unit, Quantity quantity) {
    return rounded(quantity.median() / unit.size())
        + " "
        + unit.symbol()
        + beside(quantity, range(quantity, unit));
  }

  /** The interval of a figure in a unit. */
  public static String range(Quantity quantity, Unit unit) {
    return rounded(quantity.low() / unit.size()) + " to " + rounded(quantity.high() / unit.size());
  }

  static String shareRange(Quantity share) {
    return percent(share.low()) + " to " + percent(share.high());
  }

  public static String rounded(double value) {
    return rounded(value, DIGITS);
  }

  /** Two digits are enough for a comparison. */
  static String roughly(double value) {
    return rounded(value, new MathContext(2));
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** A share of 1 in per cent: whole ones, tenths below ten. */
  public static String percent(double share) {
    double percent = 100 * share;
    if (percent > 0 && percent < 0.05) {
      return "<0.1";
    }
    boolean small = Math.abs(percent) < 9.95 && percent != 0;
    return String.format(Locale.ROOT, small ? "%.1f" : "%.0f", percent);
  }

  private static String rounded(double value, MathContext digits) {
    BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
