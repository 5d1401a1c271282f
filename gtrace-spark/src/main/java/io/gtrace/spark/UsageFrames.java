package io.gtrace.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gtrace.ledger.UsageColumn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Rows of usage in one form, whatever they came as: {@code file}, {@code line}, and a text for each
 * column of usage, as a file of text would have it.
 */
final class UsageFrames {
  static final String FILE = "file";
  static final String LINE = "line";

  /** What is wrong with a line that is no row; NULL for rows. */
  static final String FAULT = "fault";

  private static final int BEFORE_COLUMNS = 3;

  /** Names of fields in JSON. */
  static final StructType JSON = json();

  static final String CORRUPT = "_corrupt_record";

  private UsageFrames() {}

  private static StructType json() {
    StructType fields = new StructType();
    for (UsageColumn column : UsageColumn.values()) {
      for (String name : column.names()) {
        fields = fields.add(name, DataTypes.StringType);
      }
    }
    return fields;
  }

  /** The place of a column of usage in these rows. */
  static int place(UsageColumn column) {
    return BEFORE_COLUMNS + column.ordinal();
  }

  /**
   * Rows whose columns are told by their names.
   *
   * @param otherwise texts of columns of usage for rows that say nothing there, under no name
   * @param file what messages call where a row is from
   * @param line its place there
   */
  static Dataset<Row> of(
      Dataset<Row> usage, Map<UsageColumn, Column> otherwise, Column file, Column line) {
    Map<UsageColumn, List<Column>> meant = new EnumMap<>(UsageColumn.class);
    for (StructField field : usage.schema().fields()) {
      if (RowColumn.isPlain(field.dataType())) {
        UsageColumn.named(field.name())
            .ifPresent(column ->
                meant.computeIfAbsent(column, none -> new ArrayList<>()).add(text(field)));
      }
    }
    otherwise.forEach((column, value) ->
        meant.computeIfAbsent(column, none -> new ArrayList<>()).add(said(value)));
    boolean mayBeFaulty = List.of(usage.columns()).contains(CORRUPT);
    List<Column> selected = new ArrayList<>();
    selected.add(file.as(FILE));
    selected.add(line.cast(DataTypes.LongType).as(LINE));
    selected.add(
        (mayBeFaulty
                ? when(col(CORRUPT).isNotNull(), lit("is no JSON object"))
                : lit(null).cast(DataTypes.StringType))
            .as(FAULT));
    for (UsageColumn column : UsageColumn.values()) {
      List<Column> found = meant.getOrDefault(column, List.of());
      selected.add(
          (found.isEmpty()
                  ? lit(null).cast(DataTypes.StringType)
                  : coalesce(found.toArray(Column[]::new)))
              .as(column.label()));
    }
    return usage.select(selected.toArray(Column[]::new));
  }

  /** A blank text says nothing; the next column of the same meaning may say something. */
  private static Column text(StructField field) {
    Column value = col("`" + field.name().replace("`", "``") + "`");
    Column plain = field.dataType() instanceof TimestampType ? unix_micros(value) : value;
    return said(plain.cast(DataTypes.StringType));
  }

  private static Column said(Column text) {
    return nullif(trim(text), lit(""));
  }

  /**
   * Messages of a topic: the column {@code value} holds a JSON object with fields named as columns
   * of usage, in UTF-8.
   */
  static Dataset<Row> ofMessages(Dataset<Row> messages) {
    StructType fields = JSON.add(CORRUPT, DataTypes.StringType);
    return messages
        .select(
            from_json(
                    col("value").cast(DataTypes.StringType),
                    fields,
                    Map.of("columnNameOfCorruptRecord", CORRUPT))
                .as("usage"))
        .select("usage.*");
  }

  /**
   * What brings events together that may be the same: the request id, or without one what an event
   * says, in whatever spelling.
   */
  static Column sameness() {
    Column when = col(UsageColumn.WHEN.label());
    // A time that names no zone is one of UTC, whatever the zone of the session.
    Column moment = coalesce(micros(concat(when, lit("Z"))), micros(when), when);
    List<Column> said = new ArrayList<>(List.of(moment, lower(col(UsageColumn.MODEL.label()))));
    for (UsageColumn column : UsageColumn.values()) {
      if (column.isAmount()) {
        said.add(col(column.label()).try_cast(DataTypes.DoubleType));
      }
    }
    return coalesce(
        when(
            col(UsageColumn.REQUEST_ID.label()).isNotNull(),
            xxhash64(col(UsageColumn.REQUEST_ID.label()))),
        xxhash64(said.toArray(Column[]::new)));
  }

  private static Column micros(Column time) {
    return unix_micros(time.try_cast(DataTypes.TimestampType)).cast(DataTypes.StringType);
  }

  /** Sorts events without a request id by where they are from: alike ones are counted there. */
  static Column source() {
    return when(col(UsageColumn.REQUEST_ID.label()).isNull(), col(FILE));
  }
}
