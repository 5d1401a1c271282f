package io.gtrace.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.input_file_name;
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
 * Rows of usage in one form, whatever they came as: where they are from, what is wrong with those
 * that are no rows, and a text for each column of usage, as a file of text would have it.
 */
final class UsageFrames {
  static final int SOURCE_PLACE = 0;
  static final int FILE_PLACE = 1;
  static final int LINE_PLACE = 2;

  /** Of what is wrong with a line that is no row; NULL for rows. */
  static final int FAULT_PLACE = 3;

  private static final int BEFORE_COLUMNS = 4;
  private static final String SOURCE = "source";

  /** What messages of a topic call their place. */
  private static final List<String> IN_TOPIC = List.of("topic", "partition", "offset");

  private static final String MESSAGE_FILE = "_gtrace_file";

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

  /**
   * Where rows are from.
   *
   * @param source within which events without a request id are counted that say the same
   * @param file what messages call it
   * @param line its place there, 0 where there is none
   */
  record Origin(Column source, Column file, Column line) {
    static Origin of(Column file, Column line) {
      return new Origin(file, file, line);
    }

    /** Of rows that have no place of their own. */
    static Origin named(String name) {
      return of(lit(name), lit(0));
    }
  }

  /** The place of a column of usage in these rows. */
  static int place(UsageColumn column) {
    return BEFORE_COLUMNS + column.ordinal();
  }

  /**
   * Rows whose columns are told by their names.
   *
   * @param otherwise texts of columns of usage for rows that say nothing there, under no name
   * @param origin where they are from
   */
  static Dataset<Row> of(Dataset<Row> usage, Map<UsageColumn, Column> otherwise, Origin origin) {
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
    selected.add(origin.source().as(SOURCE));
    selected.add(origin.file().as("file"));
    selected.add(origin.line().cast(DataTypes.LongType).as("line"));
    selected.add(
        (mayBeFaulty
                ? when(col(CORRUPT).isNotNull(), lit("is no JSON object"))
                : lit(null).cast(DataTypes.StringType))
            .as("fault"));
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
   * of usage, in UTF-8. Their places go with them.
   */
  static Dataset<Row> ofMessages(Dataset<Row> messages) {
    StructType fields = JSON.add(CORRUPT, DataTypes.StringType);
    boolean inTopic = List.of(messages.columns()).containsAll(IN_TOPIC);
    Column file =
        inTopic
            ? concat(col("topic"), lit("-"), col("partition"), lit("@"), col("offset"))
            : nullif(input_file_name(), lit(""));
    return messages
        .select(
            file.as(MESSAGE_FILE),
            from_json(
                    col("value").cast(DataTypes.StringType),
                    fields,
                    Map.of("columnNameOfCorruptRecord", CORRUPT))
                .as("usage"))
        .select(MESSAGE_FILE, "usage.*");
  }

  /** Where rows of a stream are from, which is one source, whether they came as messages or not. */
  static Origin inStream(Dataset<Row> rows, String name) {
    boolean messages = List.of(rows.columns()).contains(MESSAGE_FILE);
    return messages
        ? new Origin(lit(name), coalesce(col(MESSAGE_FILE), lit(name)), lit(0))
        : Origin.named(name);
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
    return when(col(UsageColumn.REQUEST_ID.label()).isNull(), col(SOURCE));
  }
}
