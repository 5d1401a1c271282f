package io.gtrace.governance.disclosure;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit in which a figure is disclosed: a plain one as {@code MWh}, or one amount for another as
 * {@code gCO2e per 1e6 token}. A word that is no known unit counts things, as {@code token}.
 *
 * @param symbol as it was written
 * @param dimension what it measures; only figures of the same one can be converted or added
 * @param size how many of the dimension's own unit it is
 */
public record UnitOfMeasure(String symbol, String dimension, double size) {
  private static final String PER = " per ";
  private static final Pattern COUNTED = Pattern.compile("([0-9.]+(?:e[0-9]+)?) (.+)");

  private static final Map<String, UnitOfMeasure> KNOWN =
      Map.ofEntries(
          unit("mgCO2e", "carbon", 1e-6),
          unit("gCO2e", "carbon", 1e-3),
          unit("kgCO2e", "carbon", 1),
          unit("tCO2e", "carbon", 1e3),
          unit("Wh", "energy", 1e-3),
          unit("kWh", "energy", 1),
          unit("MWh", "energy", 1e3),
          unit("GWh", "energy", 1e6),
          unit("L", "water", 1),
          unit("m3", "water", 1e3),
          unit("1", "share", 1),
          unit("%", "share", 0.01),
          unit("h", "time", 1),
          unit("d", "time", 24));

  private static Map.Entry<String, UnitOfMeasure> unit(
      String symbol, String dimension, double size) {
    return Map.entry(symbol, new UnitOfMeasure(symbol, dimension, size));
  }

  /** The unit that a text names. */
  public static UnitOfMeasure parse(String text) {
    int per = text.indexOf(PER);
    if (per < 0) {
      return counted(text);
    }
    UnitOfMeasure amount = counted(text.substring(0, per));
    UnitOfMeasure each = counted(text.substring(per + PER.length()));
    return new UnitOfMeasure(
        text, amount.dimension() + PER + each.dimension(), amount.size() / each.size());
  }

  private static UnitOfMeasure counted(String text) {
    Matcher counted = COUNTED.matcher(text);
    if (counted.matches()) {
      UnitOfMeasure one = single(counted.group(2));
      return new UnitOfMeasure(
          text, one.dimension(), Double.parseDouble(counted.group(1)) * one.size());
    }
    return single(text);
  }

  private static UnitOfMeasure single(String symbol) {
    return KNOWN.getOrDefault(symbol, new UnitOfMeasure(symbol, symbol, 1));
  }

  /** Whether figures of one can be told in the other. */
  public boolean measuresTheSameAs(UnitOfMeasure other) {
    return dimension.equals(other.dimension());
  }

  /**
   * How many of another unit one of this is.
   *
   * @throws IllegalArgumentException if it measures something else
   */
  public double in(UnitOfMeasure other) {
    if (!measuresTheSameAs(other)) {
      throw new IllegalArgumentException(symbol + " cannot be told in " + other.symbol());
    }
    return size / other.size();
  }
}
