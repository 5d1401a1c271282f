package io.gtrace.validation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.activity.Modality;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Precision;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.validation.Measurement.Hardware;
import io.gtrace.validation.Measurements.RefusedRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads measurements from CSV: one row for each condition, columns by name. What cannot be compared
 * is refused by line, the rest is kept.
 */
public final class MeasurementReader {
  private static final String TEXT_ENERGY = "energy_per_output_token_j";
  private static final String IMAGE_ENERGY = "energy_per_image_j";
  private static final String VIDEO_ENERGY = "energy_per_video_j";

  private final FactorCatalogue catalogue;
  private final MeasurementColumns columns;
  private final List<Measurement> usable = new ArrayList<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private final Map<Object, Long> seen = new HashMap<>();

  private MeasurementReader(FactorCatalogue catalogue, MeasurementColumns columns) {
    this.catalogue = catalogue;
    this.columns = columns;
  }

  /**
   * Reads a whole file.
   *
   * @param catalogue knows accelerators
   * @param csv the file
   * @param columns how its columns are named
   * @param modality what was made; empty to tell it from the energy column
   * @throws IllegalArgumentException if nothing of the file can be read
   */
  public static Measurements read(
      FactorCatalogue catalogue,
      String csv,
      MeasurementColumns columns,
      Optional<Modality> modality) {
    MeasurementReader reader = new MeasurementReader(catalogue, columns);
    try {
      reader.readAll(csv, modality);
    } catch (CsvParseException broken) {
      throw new IllegalArgumentException("is not CSV: " + broken.getMessage(), broken);
    }
    return new Measurements(reader.usable, reader.refused);
  }

  private void readAll(String csv, Optional<Modality> given) {
    Optional<Modality> modality = given;
    for (NamedCsvRecord record :
        CsvReader.builder().allowMissingFields(true).allowExtraFields(true).ofNamedCsvRecord(csv)) {
      if (modality.isEmpty()) {
        modality = Optional.of(told(new TreeSet<>(record.getHeader())));
      }
      requireColumns(modality.get(), Set.copyOf(record.getHeader()));
      try {
        keep(read(new Row(record, columns), modality.get()));
      } catch (RefusedFieldException refusedField) {
        refused.add(
            new RefusedRow(
                record.getStartingLineNumber(),
                refusedField.field,
                String.valueOf(refusedField.getMessage())));
      }
    }
    if (modality.isEmpty()) {
      throw new IllegalArgumentException("holds no row below its header");
    }
  }

  private Modality told(Set<String> header) {
    if (has(header, TEXT_ENERGY)) {
      return Modality.TEXT;
    }
    if (has(header, IMAGE_ENERGY)) {
      return Modality.IMAGE;
    }
    if (has(header, VIDEO_ENERGY)) {
      return Modality.VIDEO;
    }
    throw new IllegalArgumentException(
        "has none of the columns "
            + String.join(", ", TEXT_ENERGY, IMAGE_ENERGY, VIDEO_ENERGY)
            + "; found "
            + String.join(", ", header));
  }

  private void requireColumns(Modality modality, Set<String> header) {
    List<String> missing =
        switch (modality) {
          case TEXT -> List.of("model", "gpu", "avg_batch", TEXT_ENERGY);
          case IMAGE -> List.of("model", "gpu", "width_px", "height_px", "steps", IMAGE_ENERGY);
          case VIDEO ->
              List.of("model", "gpu", "width_px", "height_px", "frames", "steps", VIDEO_ENERGY);
          default ->
              throw new IllegalArgumentException(
                  "measurements are of text, image or video, not of " + modality.label());
        };
    List<String> absent = missing.stream().filter(column -> !has(header, column)).toList();
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "lacks the column"
              + (absent.size() == 1 ? " " : "s ")
              + String.join(", ", absent)
              + "; a mapping file can say how they are named there");
    }
  }

  private boolean has(Set<String> header, String column) {
    return header.contains(columns.inFile(column)) || columns.constants().containsKey(column);
  }

  /** Keeps a measurement unless the same conditions gave the same energy before. */
  private void keep(Measurement measurement) throws RefusedFieldException {
    Object condition = withoutLine(measurement);
    Long before = seen.putIfAbsent(condition, measurement.line());
    if (before != null) {
      throw new RefusedFieldException("", "says the same as line " + before + "; counted once");
    }
    usable.add(measurement);
  }

  private static Object withoutLine(Measurement measurement) {
    if (measurement instanceof Measurement.Text t) {
      return new Measurement.Text(
          0,
          t.model(),
          t.hardware(),
          t.batch(),
          t.outputTokens(),
          t.inputTokens(),
          t.task(),
          t.energyJ());
    }
    if (measurement instanceof Measurement.Image i) {
      return new Measurement.Image(
          0, i.model(), i.hardware(), i.batch(), i.widthPx(), i.heightPx(), i.steps(), i.energyJ());
    }
    Measurement.Video v = (Measurement.Video) measurement;
    return new Measurement.Video(
        0,
        v.model(),
        v.hardware(),
        v.batch(),
        v.widthPx(),
        v.heightPx(),
        v.frames(),
        v.steps(),
        v.energyJ());
  }

  private Measurement read(Row row, Modality modality) throws RefusedFieldException {
    row.requireNoMoreFieldsThanColumns();
    MeasuredModel model =
        new MeasuredModel(
            row.required("model"),
            row.optionalNumber("total_params_b", 1e-3, 1e5),
            row.optionalNumber("active_params_b", 1e-3, 1e5),
            precision(row),
            row.optional("architecture"));
    Hardware hardware = new Hardware(accelerator(row), row.count("gpus", 1, 100_000));
    return switch (modality) {
      case TEXT ->
          new Measurement.Text(
              row.line(),
              model,
              hardware,
              row.number("avg_batch", 1e-3, 1e6),
              row.optionalNumber("avg_output_tokens", 1, 1e7),
              row.optionalNumber("avg_input_tokens", 0, 1e8),
              row.optional("task").orElse(""),
              row.energy(TEXT_ENERGY, 1e-5, 1e5));
      case IMAGE ->
          new Measurement.Image(
              row.line(),
              model,
              hardware,
              row.optionalNumber("batch", 1, 1e6).orElse(1),
              row.count("width_px", 0, 65_536),
              row.count("height_px", 0, 65_536),
              row.count("steps", 0, 10_000),
              row.energy(IMAGE_ENERGY, 1e-2, 1e8));
      default ->
          new Measurement.Video(
              row.line(),
              model,
              hardware,
              row.optionalNumber("batch", 1, 1e6).orElse(1),
              row.count("width_px", 0, 65_536),
              row.count("height_px", 0, 65_536),
              row.count("frames", 0, 1_000_000),
              row.count("steps", 0, 10_000),
              row.energy(VIDEO_ENERGY, 1, 1e11));
    };
  }

  private static Optional<Precision> precision(Row row) throws RefusedFieldException {
    Optional<String> name = row.optional("precision");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Precision> known = Precision.parse(name.get());
    if (known.isEmpty()) {
      throw new RefusedFieldException(
          "precision", "'" + name.get() + "' is none of " + Precision.labels());
    }
    return known;
  }

  private Accelerator accelerator(Row row) throws RefusedFieldException {
    String name = row.required("gpu");
    try {
      return catalogue.accelerator(name);
    } catch (UnknownNameException unknown) {
      throw new RefusedFieldException("gpu", String.valueOf(unknown.getMessage()));
    }
  }

  /** A row that cannot be used. */
  private static final class RefusedFieldException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String field;

    RefusedFieldException(String field, String reason) {
      super(reason);
      this.field = field;
    }
  }

  private record Row(NamedCsvRecord record, MeasurementColumns columns) {
    long line() {
      return record.getStartingLineNumber();
    }

    /** A decimal comma splits a number in two: neither half is to be taken for it. */
    void requireNoMoreFieldsThanColumns() throws RefusedFieldException {
      int columnCount = record.getHeader().size();
      if (record.getFieldCount() > columnCount) {
        throw new RefusedFieldException(
            "",
            "has "
                + record.getFieldCount()
                + " fields below "
                + columnCount
                + " columns; a comma within a field needs quotes, a decimal comma is to be a point");
      }
    }

    Optional<String> optional(String column) {
      String text =
          record
              .findField(columns.inFile(column))
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .orElseGet(() -> columns.constants().getOrDefault(column, ""));
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    String required(String column) throws RefusedFieldException {
      Optional<String> text = optional(column);
      if (text.isEmpty()) {
        throw new RefusedFieldException(columns.inFile(column), "is empty");
      }
      return text.get();
    }

    double number(String column, double least, double most) throws RefusedFieldException {
      String text = required(column);
      double number;
      try {
        number = Double.parseDouble(text) * columns.factors().getOrDefault(column, 1.0);
      } catch (NumberFormatException notANumber) {
        throw new RefusedFieldException(
            columns.inFile(column), "must be a number, not '" + text + "'");
      }
      if (!(number >= least && number <= most)) {
        throw new RefusedFieldException(
            columns.inFile(column),
            "must be " + plain(least) + " to " + plain(most) + ", not " + plain(number));
      }
      return number;
    }

    OptionalDouble optionalNumber(String column, double least, double most)
        throws RefusedFieldException {
      return optional(column).isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(number(column, least, most));
    }

    /** A whole number; {@code whenEmpty} 0 means that it must be there. */
    int count(String column, int whenEmpty, int most) throws RefusedFieldException {
      if (whenEmpty > 0 && optional(column).isEmpty()) {
        return whenEmpty;
      }
      double number = number(column, 1, most);
      if (number != Math.rint(number)) {
        throw new RefusedFieldException(
            columns.inFile(column), "must be a whole number, not " + plain(number));
      }
      return (int) number;
    }

    private static String plain(double number) {
      return Double.isFinite(number)
          ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
          : Double.toString(number);
    }

    double energy(String column, double least, double most) throws RefusedFieldException {
      try {
        return number(column, least, most);
      } catch (RefusedFieldException outOfRange) {
        throw new RefusedFieldException(
            outOfRange.field, outOfRange.getMessage() + "; it is to be in joules");
      }
    }
  }
}
