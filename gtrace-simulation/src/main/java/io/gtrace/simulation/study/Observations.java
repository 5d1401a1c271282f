package io.gtrace.simulation.study;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.uncertainty.Scatter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads observations from CSV: {@code quantity, from, until, value}, and {@code low} and {@code
 * high} of the 90 % interval, {@code held_out} and {@code source} where there are such columns.
 */
public final class Observations {
  /** Of a count of which nobody says how sure it is: trackers disagree by a third. */
  private static final double USUAL_LOG_SD = 0.18;

  private Observations() {}

  /**
   * The observations that ship with a study; none if it has none.
   *
   * @param study its name
   */
  public static List<Observation> shippedWith(String study) {
    String file = study + ".observations.csv";
    try (InputStream in = Observations.class.getResourceAsStream(file)) {
      return in == null
          ? List.of()
          : parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /**
   * @throws StudyException if the file cannot be used; the message says why, with line and field
   */
  public static List<Observation> read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new StudyException(file + ": there is no such file");
    } catch (IOException unreadable) {
      throw new StudyException(file + ": cannot be read as text: " + unreadable.getMessage());
    }
  }

  private static List<Observation> parse(String file, String csv) {
    List<Observation> observations = new ArrayList<>();
    try {
      for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
        observations.add(new Line(file, row).observation());
      }
    } catch (CsvParseException broken) {
      throw new StudyException(file + ": is no CSV: " + broken.getMessage());
    }
    if (observations.isEmpty()) {
      throw new StudyException(
          file
              + ": has no observations; columns are quantity, from, until, value, low, high,"
              + " held_out, source");
    }
    return List.copyOf(observations);
  }

  /** One row of the file. */
  private record Line(String file, NamedCsvRecord row) {

    Observation observation() {
      double value = number("value");
      try {
        return new Observation(
            quantity(),
            moment("from"),
            moment("until"),
            value,
            logSd(value),
            row.findField("held_out").filter("yes"::equals).isPresent(),
            row.findField("source").orElse(""));
      } catch (IllegalArgumentException wrong) {
        throw new StudyException(
            file + ", line " + row.getStartingLineNumber() + ": " + wrong.getMessage());
      }
    }

    private double logSd(double value) {
      if (field("low").isEmpty() || field("high").isEmpty()) {
        return USUAL_LOG_SD;
      }
      double below = Math.log(value / number("low"));
      double above = Math.log(number("high") / value);
      if (!(below >= 0 && above >= 0 && below + above > 0)) {
        throw fault("low", "low, value and high must ascend");
      }
      return Math.max(below, above) / Scatter.Z95;
    }

    private Observation.Quantity quantity() {
      String name = field("quantity").orElse("");
      return Arrays.stream(Observation.Quantity.values())
          .filter(each -> nameOf(each).equals(name))
          .findFirst()
          .orElseThrow(() ->
              fault(
                  "quantity",
                  "'"
                      + name
                      + "' is none of "
                      + Arrays.stream(Observation.Quantity.values())
                          .map(Line::nameOf)
                          .collect(Collectors.joining(", "))));
    }

    private static String nameOf(Observation.Quantity quantity) {
      return quantity.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Instant moment(String name) {
      String text = field(name).orElse("");
      try {
        return text.length() == 10
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException wrong) {
        throw fault(name, "'" + text + "' is no date such as 2025-03-25 or 2025-03-25T18:00Z");
      }
    }

    private double number(String name) {
      String text = field(name).orElse("");
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException wrong) {
        throw fault(name, "'" + text + "' is no number");
      }
    }

    private Optional<String> field(String name) {
      return row.findField(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private StudyException fault(String name, String what) {
      return new StudyException(
          file + ", line " + row.getStartingLineNumber() + ", " + name + ": " + what);
    }
  }
}
