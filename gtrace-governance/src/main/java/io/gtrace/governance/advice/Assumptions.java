package io.gtrace.governance.advice;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.factor.Factor;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the ledger does not know of a change: rates at which caches hit and small models miss,
 * shares that can wait. Each has an interval and a source; an organisation lays its own over them.
 */
public final class Assumptions {
  private static final String FILE = "assumptions.csv";
  private static final String DIMENSION = "advice:";

  private final Map<String, Factor> byId;

  private Assumptions(Map<String, Factor> byId) {
    this.byId = Collections.unmodifiableMap(byId);
  }

  /** Those that ship with G-TRACE. */
  public static Assumptions shipped() {
    Map<String, Factor> byId = new LinkedHashMap<>();
    try (InputStream in = Assumptions.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      CsvReader.builder()
          .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
          .forEach(row -> byId.put(row.getField("id"), factor(row)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FILE + " cannot be read", unreadable);
    }
    return new Assumptions(byId);
  }

  private static Factor factor(NamedCsvRecord row) {
    return Factor.of(
        DIMENSION + row.getField("id"),
        row.getField("meaning"),
        row.getField("unit"),
        Scatter.of90(
            Double.parseDouble(row.getField("low")),
            Double.parseDouble(row.getField("median")),
            Double.parseDouble(row.getField("high")),
            Shape.valueOf(row.getField("shape").toUpperCase(Locale.ROOT).replace('-', '_'))),
        new Provenance(
            Tier.parse(row.getField("tier")).orElseThrow(),
            row.getField("source"),
            Integer.parseInt(row.getField("year")),
            row.getField("licence")));
  }

  /** All names. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /**
   * The assumption of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Factor get(String id) {
    Factor found = byId.get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no assumption '" + id + "'; there are " + String.join(", ", ids()));
    }
    return found;
  }

  /** Its name without what sets its dimension of uncertainty apart from other factors. */
  public static String name(Factor assumption) {
    return assumption.id().substring(DIMENSION.length());
  }

  /**
   * The same with a value of one's own.
   *
   * @param source who says so
   * @throws IllegalArgumentException if there is no such assumption, or it cannot be like that
   */
  public Assumptions with(String id, double low, double median, double high, String source) {
    Factor shipped = get(id);
    double most = shipped.scatter().shape() == Shape.SHARE || id.endsWith("-share") ? 1 : 1e6;
    double least = shipped.scatter().shape() == Shape.ABOVE_ONE ? 1 : 0;
    if (!(least <= low && low <= median && median <= high && high <= most)) {
      throw new IllegalArgumentException(
          "must be low, median and high in ascending order from "
              + plain(least)
              + " to "
              + plain(most)
              + ", not "
              + plain(low)
              + ", "
              + plain(median)
              + ", "
              + plain(high));
    }
    Map<String, Factor> changed = new LinkedHashMap<>(byId);
    changed.put(
        id,
        Factor.of(
            shipped.id(),
            shipped.meaning(),
            shipped.unit(),
            scatter(low, median, high, shipped.scatter().shape()),
            new Provenance(Tier.DISCLOSED, source, 2026, "own")));
    return new Assumptions(changed);
  }

  /** Ends of the scale are out of reach of its shape; there the scatter is cut off instead. */
  private static Scatter scatter(double low, double median, double high, Shape shape) {
    boolean inside =
        switch (shape) {
          case SHARE -> low > 0 && high < 1;
          case ABOVE_ONE -> low > 1;
          case LOGNORMAL, HEAVY_LOGNORMAL -> low > 0;
          case NORMAL, NON_NEGATIVE -> false;
        };
    return Scatter.of90(low, median, high, inside ? shape : Shape.NON_NEGATIVE);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
