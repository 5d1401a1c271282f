package io.gtrace.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a rate card as a table: a line for each model, site, year, hour and driver with what one
 * unit of the driver costs there. Joined with volumes by driver it gives the figures of the Java
 * API. Numbers are written so that they read back the same.
 */
public final class CardExport {
  private static final List<Impact> WITH_INTERVAL =
      List.of(Impact.ENERGY_KWH, Impact.CARBON_KG, Impact.WATER_L);
  private static final List<String> KEYS =
      List.of("factor_set", "modality", "model", "site", "zone", "year", "hour", "driver", "unit");

  private CardExport() {}

  /** A line of the table: texts for the keys, figures for the rest; empty where not known. */
  private record CardLine(List<String> keys, List<OptionalDouble> figures) {}

  /** The names of all columns. */
  public static List<String> columns() {
    List<String> columns = new ArrayList<>(KEYS);
    for (Impact impact : Impact.values()) {
      columns.add(impact.name().toLowerCase(Locale.ROOT));
    }
    for (Impact impact : WITH_INTERVAL) {
      String name = impact.name().toLowerCase(Locale.ROOT);
      columns.add(name + "_low");
      columns.add(name + "_high");
    }
    return List.copyOf(columns);
  }

  /** Writes the rows as CSV with a header. The writer is flushed, not closed. */
  public static void writeCsv(Stream<CardRow> rows, Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(out);
    try {
      csv.writeRecord(columns());
      rows.flatMap(CardExport::lines)
          .forEach(line -> {
            List<String> cells = new ArrayList<>(line.keys());
            for (OptionalDouble figure : line.figures()) {
              cells.add(figure.isPresent() ? Double.toString(figure.getAsDouble()) : "");
            }
            csv.writeRecord(cells);
          });
    } catch (UncheckedIOException wrapped) {
      throw wrapped.getCause();
    }
    csv.flush();
  }

  /** Writes the rows as one JSON object a line. The writer is flushed, not closed. */
  public static void writeJson(Stream<CardRow> rows, Writer out) throws IOException {
    JsonFactory json = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    List<String> columns = columns();
    try {
      rows.flatMap(CardExport::lines).forEach(line -> jsonLine(json, columns, line, out));
    } catch (UncheckedIOException wrapped) {
      throw wrapped.getCause();
    } catch (JacksonIOException wrapped) {
      throw wrapped.getCause();
    }
    out.flush();
  }

  private static void jsonLine(JsonFactory json, List<String> columns, CardLine line, Writer out) {
    try (JsonGenerator object = json.createGenerator(ObjectWriteContext.empty(), out)) {
      object.writeStartObject();
      for (int i = 0; i < KEYS.size(); i++) {
        object.writeStringProperty(columns.get(i), line.keys().get(i));
      }
      for (int i = 0; i < line.figures().size(); i++) {
        OptionalDouble figure = line.figures().get(i);
        String name = columns.get(KEYS.size() + i);
        if (figure.isPresent()) {
          object.writeNumberProperty(name, figure.getAsDouble());
        } else {
          object.writeNullProperty(name);
        }
      }
      object.writeEndObject();
    }
    try {
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the rows as a Parquet file.
   *
   * @throws IOException if the file cannot be written
   */
  public static void writeParquet(Stream<CardRow> rows, Path path) throws IOException {
    List<ParquetTable.Column> columns =
        columns().stream().map(name -> new ParquetTable.Column(name, KEYS.contains(name))).toList();
    ParquetTable.write(
        path,
        columns,
        rows.flatMap(CardExport::lines),
        (line, row) -> {
          for (String key : line.keys()) {
            row.text(key);
          }
          for (OptionalDouble figure : line.figures()) {
            row.number(figure);
          }
        });
  }

  private static Stream<CardLine> lines(CardRow row) {
    return row.drivers().stream().map(driver -> line(row, driver));
  }

  private static CardLine line(CardRow row, Driver driver) {
    List<String> keys =
        List.of(
            row.factorSet(),
            row.modality().label(),
            row.model(),
            row.site(),
            row.zone().id(),
            row.year().isPresent() ? Integer.toString(row.year().getAsInt()) : "newest",
            row.hour(),
            driver.label(),
            driver.unit());
    List<OptionalDouble> figures = new ArrayList<>();
    for (Impact impact : Impact.values()) {
      double perUnit = row.perUnit(driver, impact);
      figures.add(Double.isNaN(perUnit) ? OptionalDouble.empty() : OptionalDouble.of(perUnit));
    }
    Footprint ofOne = row.price(Volumes.of(Map.of(driver, 1.0)));
    for (Impact impact : WITH_INTERVAL) {
      Quantity quantity = ofOne.quantity(impact).orElse(Quantity.ZERO);
      figures.add(OptionalDouble.of(quantity.low()));
      figures.add(OptionalDouble.of(quantity.high()));
    }
    return new CardLine(keys, figures);
  }
}
