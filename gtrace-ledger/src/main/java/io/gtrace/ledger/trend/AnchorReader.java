package io.gtrace.ledger.trend;

import io.gtrace.ledger.Excerpt;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads anchors: from a text on a command line, or from a CSV or YAML file. */
public final class AnchorReader {
  private static final Pattern FORM = Pattern.compile("(.+?)\\.\\.(.+?)=(.+):([^:]+)");
  private static final Set<String> REQUIRED = Set.of("from", "until", "value", "unit");
  private static final Set<String> KNOWN =
      Set.of("from", "until", "value", "low", "high", "unit", "source");

  private final ZoneId zone;
  private final double errorPercent;

  /**
   * @param zone the clock of times without offset
   * @param errorPercent half the 90 % interval of amounts that are stated without one
   */
  public AnchorReader(ZoneId zone, double errorPercent) {
    if (!(errorPercent >= 0 && errorPercent <= 1_000)) {
      throw new IllegalArgumentException(
          "the error of anchors must be 0 to 1000 %, not " + errorPercent);
    }
    this.zone = zone;
    this.errorPercent = errorPercent;
  }

  /**
   * Reads {@code FROM..UNTIL=VALUE[LOW..HIGH]:UNIT}.
   *
   * @throws IllegalArgumentException if the text is no anchor; the message says why
   */
  public Anchor parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "an anchor must be FROM..UNTIL=VALUE:UNIT or FROM..UNTIL=VALUE[LOW..HIGH]:UNIT, such as"
              + " 2025-03-25..2025-04-03=700e6[600e6..800e6]:images, not '"
              + Excerpt.of(text)
              + "'");
    }
    return anchor(
        moment("from", parts.group(1)),
        moment("until", parts.group(2)),
        StatedFigure.parse(parts.group(3)),
        parts.group(4).strip(),
        "");
  }

  private Anchor anchor(
      Instant from, Instant until, StatedFigure amount, String unit, String source) {
    String assumed =
        amount.isAlone()
            ? String.format(Locale.ROOT, "90 %% interval of ±%.3g %% assumed", errorPercent)
            : "";
    String said =
        source.isEmpty() || assumed.isEmpty() ? source + assumed : source + "; " + assumed;
    return Anchor.of(from, until, amount.orWithin(errorPercent), unit, said);
  }

  /**
   * Reads a time, a date being its midnight.
   *
   * @param field what messages call it
   * @throws IllegalArgumentException if the text is no time
   */
  public Instant moment(String field, String text) {
    Optional<PeriodStart> start = PeriodStart.parse(text);
    if (start.isEmpty()) {
      throw new IllegalArgumentException(
          field
              + " must be a time such as 2025-03-31 or 2025-03-31T14:00Z, not '"
              + Excerpt.of(text)
              + "'");
    }
    return start
        .get()
        .offset()
        .map(start.get().local()::toInstant)
        .orElseGet(() -> ZonedDateTime.of(start.get().local(), zone).toInstant());
  }

  /**
   * Reads a file with the columns or keys {@code from}, {@code until} (exclusive), {@code value},
   * {@code unit}, and, where they are known, {@code low}, {@code high} (90 % interval) and {@code
   * source}.
   *
   * @throws TrendFileException if it cannot be read, or an anchor in it is wrong
   */
  public List<Anchor> read(Path file) {
    String name = file.toString();
    String text = text(name, file);
    String ending = name.toLowerCase(Locale.ROOT);
    List<TrendRow> rows =
        ending.endsWith(".yaml") || ending.endsWith(".yml") ? yaml(name, text) : csv(name, text);
    List<Anchor> anchors = new ArrayList<>();
    for (TrendRow row : rows) {
      try {
        anchors.add(anchor(row));
      } catch (IllegalArgumentException wrong) {
        throw new TrendFileException(
            name
                + (ending.endsWith(".csv") ? ", line " : ", anchor ")
                + row.line()
                + ": "
                + wrong.getMessage(),
            wrong);
      }
    }
    if (anchors.isEmpty()) {
      throw new TrendFileException(name + ": there are no anchors in it");
    }
    return anchors;
  }

  private static String text(String name, Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException binary) {
      throw new TrendFileException(name + ": is not text in UTF-8", binary);
    } catch (IOException unreadable) {
      throw new TrendFileException(
          Files.exists(file) ? name + ": cannot be read" : name + ": there is no such file",
          unreadable);
    }
  }

  private static List<TrendRow> csv(String name, String text) {
    TrendTable table = CsvTable.read(name, text);
    if (!table.refused().isEmpty()) {
      throw new TrendFileException(table.refused().get(0));
    }
    return table.rows();
  }

  private static List<TrendRow> yaml(String name, String text) {
    Object loaded;
    try {
      loaded =
          Optional.ofNullable(
                  new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text))
              .orElse(List.of());
    } catch (YamlEngineException broken) {
      throw new TrendFileException(
          name + ": is not YAML: " + String.valueOf(broken.getMessage()).replaceAll("\\s+", " "),
          broken);
    }
    Object listed =
        loaded instanceof Map<?, ?> map && map.get("anchors") != null ? map.get("anchors") : loaded;
    if (!(listed instanceof List<?> list)) {
      throw new TrendFileException(name + ": must be a list of anchors");
    }
    List<TrendRow> rows = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof Map<?, ?> map)) {
        throw new TrendFileException(
            name
                + ", anchor "
                + (rows.size() + 1)
                + ": must have the keys from, until, value, unit");
      }
      Map<String, String> cells = new LinkedHashMap<>();
      map.forEach((key, value) -> cells.put(String.valueOf(key), String.valueOf(value)));
      rows.add(new TrendRow(rows.size() + 1, cells));
    }
    return rows;
  }

  private Anchor anchor(TrendRow row) {
    for (String field : REQUIRED) {
      if (row.cell(field).isEmpty()) {
        throw new IllegalArgumentException(field + " is missing");
      }
    }
    row.cells().keySet().stream()
        .filter(field -> !KNOWN.contains(field))
        .findFirst()
        .ifPresent(field -> {
          throw new IllegalArgumentException(
              "'" + Excerpt.of(field) + "' is none of from, until, value, low, high, unit, source");
        });
    double value = number(row, "value");
    boolean interval = !row.cell("low").isEmpty() || !row.cell("high").isEmpty();
    StatedFigure amount =
        new StatedFigure(
            value, interval ? number(row, "low") : value, interval ? number(row, "high") : value);
    return anchor(
        moment("from", row.cell("from")),
        moment("until", row.cell("until")),
        amount,
        row.cell("unit"),
        row.cell("source"));
  }

  private static double number(TrendRow row, String field) {
    String cell = row.cell(field);
    return Reading.parse(cell)
        .map(Reading::value)
        .filter(value -> value > 0)
        .orElseThrow(() ->
            new IllegalArgumentException(
                field + " must be a number above zero, not '" + Excerpt.of(cell) + "'"));
  }
}
