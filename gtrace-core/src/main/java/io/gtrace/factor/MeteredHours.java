package io.gtrace.factor;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.factor.FactorTable.Row;
import io.gtrace.site.MatchedHours;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a user's meters: what a data centre consumed in each hour of a year, and what the clean
 * plants under its contract made in that hour.
 */
final class MeteredHours {
  private static final String HOUR = "hour";
  private static final String CONSUMED = "consumed_kwh";
  private static final String CONTRACTED = "contracted_kwh";
  private static final int HOURS_OF_YEAR = 365 * 24;
  private static final int HOURS_OF_LEAP_YEAR = 366 * 24;

  private final String file;
  private final MatchedHours.Meter meter = new MatchedHours.Meter();
  private int rows;
  private @Nullable Instant last;

  private MeteredHours(String file) {
    this.file = file;
  }

  /**
   * @throws FactorFileException if the file cannot be read or does not hold every hour of a year
   */
  static MatchedHours read(Path path) {
    MeteredHours hours = new MeteredHours(path.toString());
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(path)) {
      reader.forEach(hours::add);
      return hours.year();
    } catch (NoSuchFileException missing) {
      throw new FactorFileException(path + ": there is no such file");
    } catch (IOException | UncheckedIOException | CsvParseException unreadable) {
      throw new FactorFileException(path + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private void add(NamedCsvRecord line) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    line.getHeader().forEach(name -> columns.put(name.strip(), columns.size()));
    Row row = new Row(file, line.getStartingLineNumber(), columns, line.getFields());
    Instant hour = hour(row);
    double consumedKwh = row.number(CONSUMED);
    if (!(consumedKwh > 0)) {
      throw row.error(CONSUMED, "must be above 0, not " + row.text(CONSUMED));
    }
    double contractedKwh = row.number(CONTRACTED);
    if (!(contractedKwh >= 0)) {
      throw row.error(CONTRACTED, "must be 0 or more, not " + row.text(CONTRACTED));
    }
    meter.add(hour, consumedKwh, contractedKwh);
    rows++;
  }

  private Instant hour(Row row) {
    Instant hour;
    try {
      hour = OffsetDateTime.parse(row.required(HOUR)).toInstant();
    } catch (DateTimeParseException notATime) {
      throw row.error(
          HOUR, "'" + row.text(HOUR) + "' is no time with its offset, as in 2025-01-01T00:00Z");
    }
    if (last != null && !hour.equals(last.plus(Duration.ofHours(1)))) {
      throw row.error(
          HOUR, "'" + row.text(HOUR) + "' must be one hour after the line before, " + last);
    }
    last = hour;
    return hour;
  }

  private MatchedHours year() {
    if (rows != HOURS_OF_YEAR && rows != HOURS_OF_LEAP_YEAR) {
      throw new FactorFileException(
          file
              + ": must hold every hour of one year, "
              + HOURS_OF_YEAR
              + " or "
              + HOURS_OF_LEAP_YEAR
              + " rows, not "
              + rows);
    }
    return meter.year();
  }
}
