package io.gtrace.spark;

import io.gtrace.ledger.UsageColumn;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A column of rows that is read as one of usage.
 *
 * @param meaning which
 * @param ordinal its place in the row
 * @param type its type
 */
record RowColumn(UsageColumn meaning, int ordinal, DataType type) implements Serializable {

  /** Those columns of a schema whose names mean something and whose types are plain. */
  static List<RowColumn> of(StructType schema) {
    List<RowColumn> columns = new ArrayList<>();
    StructField[] fields = schema.fields();
    for (int i = 0; i < fields.length; i++) {
      int ordinal = i;
      DataType type = fields[i].dataType();
      if (isPlain(type)) {
        UsageColumn.named(fields[i].name())
            .ifPresent(meaning -> columns.add(new RowColumn(meaning, ordinal, type)));
      }
    }
    return List.copyOf(columns);
  }

  /** Whether values of a type can be read as text. */
  static boolean isPlain(DataType type) {
    return !(type instanceof StructType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof BinaryType);
  }

  /** The value as a file of text would have it; empty where it is NULL. */
  Optional<String> text(InternalRow row) {
    if (row.isNullAt(ordinal)) {
      return Optional.empty();
    }
    Object value = row.get(ordinal, type);
    return Optional.of(text(value));
  }

  private String text(Object value) {
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
    }
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    return value.toString();
  }
}
