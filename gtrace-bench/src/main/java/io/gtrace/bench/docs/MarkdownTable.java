package io.gtrace.bench.docs;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, row by row. */
public final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();
  private final int columns;

  /**
   * @param headings of the columns; one that ends in a colon heads a column of numbers, which are
   *     set to the right
   */
  public MarkdownTable(String... headings) {
    columns = headings.length;
    List<String> names = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (String heading : headings) {
      boolean numbers = heading.endsWith(":");
      names.add(numbers ? heading.substring(0, heading.length() - 1) : heading);
      rules.add(numbers ? "---:" : "---");
    }
    write(names);
    write(rules);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as there are columns
   */
  public MarkdownTable row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("expected " + columns + " cells, got " + cells.length);
    }
    write(List.of(cells));
    return this;
  }

  private void write(List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }

  /** The whole table; every row ends its line. */
  @Override
  public String toString() {
    return text.toString();
  }
}
