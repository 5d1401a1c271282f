package io.gtrace.report;

import java.util.List;
import java.util.Locale;

/**
 * A table in words, ready to print. The first column names the rows.
 *
 * @param heads of all columns
 */
public record TextTable(String caption, List<Head> heads, List<Row> rows) {
  public TextTable {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /** What stands for the table where it is folded away: the begin of its caption. */
  String folded() {
    String begin = caption.split("[.;:,] ", 2)[0];
    return Unit.unbroken(
        "Table: " + begin.substring(0, 1).toLowerCase(Locale.ROOT) + begin.substring(1));
  }

  /** How a column is set. */
  public enum Kind {
    NUMBER,
    WORDS
  }

  /**
   * A column.
   *
   * @param detail below its name, such as a unit; may be empty
   */
  public record Head(String name, String detail, Kind kind) {
    /** A column of figures. */
    public static Head number(String name, String detail) {
      return new Head(name, detail, Kind.NUMBER);
    }

    /** A column of words. */
    public static Head words(String name) {
      return new Head(name, "", Kind.WORDS);
    }

    boolean isNumber() {
      return kind == Kind.NUMBER;
    }

    String inOne() {
      return detail.isEmpty() ? name : name + " (" + detail + ")";
    }
  }

  /**
   * A row.
   *
   * @param detail more about the name; may be empty
   * @param cells of all columns but the first
   */
  public record Row(String name, String detail, List<LineTable.Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** A cell without an interval. */
  public static LineTable.Cell plain(String value) {
    return new LineTable.Cell(value, "");
  }
}
