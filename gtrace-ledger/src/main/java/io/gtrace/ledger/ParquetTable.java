package io.gtrace.ledger;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes a table of texts and numbers as a Parquet file. */
public final class ParquetTable {
  private static final Pattern SYSTEM_SAID = Pattern.compile("\": ([^\"\n]+)");

  private ParquetTable() {}

  /**
   * A column.
   *
   * @param name letters, digits and underscores
   * @param text whether it holds texts; else numbers
   */
  public record Column(String name, boolean text) {}

  /** Takes the cells of one row, from left to right. */
  public static final class Row {
    private final DuckDBAppender appender;

    private Row(DuckDBAppender appender) {
      this.appender = appender;
    }

    public void text(String text) throws SQLException {
      appender.append(text);
    }

    public void number(double number) throws SQLException {
      appender.append(number);
    }

    /** A number, or a cell without one. */
    public void number(OptionalDouble number) throws SQLException {
      if (number.isPresent()) {
        appender.append(number.getAsDouble());
      } else {
        appender.appendNull();
      }
    }
  }

  /** Fills the cells of a row. */
  @FunctionalInterface
  public interface Cells<T> {
    void fill(T line, Row row) throws SQLException;
  }

  /**
   * Writes the lines of a table.
   *
   * @throws IOException if the file cannot be written
   */
  public static <T> void write(Path path, List<Column> columns, Stream<T> lines, Cells<T> cells)
      throws IOException {
    String definition =
        columns.stream()
            .map(column -> "\"" + column.name() + "\"" + (column.text() ? " VARCHAR" : " DOUBLE"))
            .collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE lines (" + definition + ")");
      try (DuckDBAppender appender =
          connection.unwrap(DuckDBConnection.class).createAppender("main", "lines")) {
        Row row = new Row(appender);
        for (T line : (Iterable<T>) lines::iterator) {
          appender.beginRow();
          cells.fill(line, row);
          appender.endRow();
        }
      }
      statement.execute(
          "COPY lines TO '" + path.toString().replace("'", "''") + "' (FORMAT parquet)");
    } catch (SQLException failed) {
      throw new FileSystemException(path.toString(), null, reason(failed));
    }
  }

  /** What the system said; the database wraps it into words of its own. */
  private static String reason(SQLException failed) {
    Matcher said = SYSTEM_SAID.matcher(String.valueOf(failed.getMessage()));
    return said.find() ? said.group(1) : "the table cannot be stored there";
  }
}
