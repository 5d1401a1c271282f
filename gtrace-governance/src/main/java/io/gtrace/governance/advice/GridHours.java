package io.gtrace.governance.advice;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.ledger.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Carbon of grids as it really was, hour by hour.
 *
 * @param start the first hour
 * @param kgPerKwh of each grid zone, one value an hour
 */
public record GridHours(Instant start, Map<String, double[]> kgPerKwh) {
  private static final double G_PER_KG = 1_000;
  private static final double MOST_G_PER_KWH = 3_000;
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final List<String> COLUMNS = List.of("zone", "hour", "g_per_kwh");

  public GridHours {
    kgPerKwh = Map.copyOf(kgPerKwh);
  }

  /** Hours that are known of every zone. */
  public int hours() {
    return kgPerKwh.values().stream().mapToInt(each -> each.length).min().orElse(0);
  }

  /**
   * Reads a CSV file with the columns {@code zone}, {@code hour} (as in 2026-03-01T14:00Z) and
   * {@code g_per_kwh}; every zone has the same hours without a gap.
   *
   * @throws UsageException if it cannot be used; the message names file and line
   */
  public static GridHours read(Path file) {
    Map<String, NavigableMap<Long, Double>> byZone = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : rows) {
        for (String column : COLUMNS) {
          if (row.findField(column).isEmpty()) {
            throw wrong(file, row, "there is no column '" + column + "'");
          }
        }
        long hour = hour(file, row);
        if (byZone
                .computeIfAbsent(row.getField("zone").strip(), zone -> new TreeMap<>())
                .put(hour, intensity(file, row))
            != null) {
          throw wrong(file, row, "this hour of this zone is there twice");
        }
      }
    } catch (NoSuchFileException missing) {
      throw new UsageException(file + ": there is no such file");
    } catch (CsvParseException | UncheckedIOException broken) {
      throw new UsageException(file + ": is not CSV: " + broken.getMessage());
    } catch (IOException unreadable) {
      throw new UsageException(file + ": cannot be read: " + unreadable.getMessage());
    }
    return of(file, byZone);
  }

  private static GridHours of(Path file, Map<String, NavigableMap<Long, Double>> byZone) {
    Optional<NavigableMap<Long, Double>> some = byZone.values().stream().findFirst();
    if (some.isEmpty()) {
      throw new UsageException(file + ": has no hours");
    }
    long first = some.get().firstKey();
    long last = some.get().lastKey();
    byZone.forEach((zone, hours) -> {
      if (hours.firstKey() != first || hours.lastKey() != last) {
        throw new UsageException(file + ": " + zone + " has other hours than the zones before it");
      }
      if (hours.size() != last - first + 1) {
        throw new UsageException(file + ": hours of " + zone + " are missing in between");
      }
    });
    return new GridHours(
        Instant.ofEpochSecond(first * SECONDS_PER_HOUR),
        byZone.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each ->
                        each.getValue().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray())));
  }

  private static long hour(Path file, NamedCsvRecord row) {
    String text = row.getField("hour").strip();
    try {
      Instant moment = Instant.parse(text.replaceFirst("(T\\d\\d:\\d\\d)Z$", "$1:00Z"));
      if (moment.getEpochSecond() % SECONDS_PER_HOUR != 0) {
        throw wrong(file, row, "hour: '" + text + "' is not the start of an hour");
      }
      return moment.getEpochSecond() / SECONDS_PER_HOUR;
    } catch (DateTimeParseException noMoment) {
      throw wrong(file, row, "hour: must be as in 2026-03-01T14:00Z, not '" + text + "'");
    }
  }

  private static double intensity(Path file, NamedCsvRecord row) {
    String text = row.getField("g_per_kwh").strip();
    double grams;
    try {
      grams = Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw wrong(file, row, "g_per_kwh: must be a number, not '" + text + "'");
    }
    if (!(grams >= 0 && grams <= MOST_G_PER_KWH)) {
      throw wrong(file, row, "g_per_kwh: must be 0 to 3000, not " + text);
    }
    return grams / G_PER_KG;
  }

  private static UsageException wrong(Path file, NamedCsvRecord row, String complaint) {
    return new UsageException(file + ", line " + row.getStartingLineNumber() + ": " + complaint);
  }
}
