package io.gtrace.governance.evidence;

import java.util.List;
import java.util.Optional;

/**
 * A kind of evidence: a table that an organisation may hand in.
 *
 * @param id the name of its file without the ending, as {@code meters}
 * @param title what it is, for people
 * @param indicators that rest on it
 * @param grade what it is worth unless its rows say less in a column {@code grade}
 * @param best the most that a row may claim
 * @param columns in their order
 * @param unique columns that together name one thing, which may be told of once; empty if none do
 * @param span the series of periods that must not overlap; empty if there is none
 */
public record EvidenceKind(
    String id,
    String title,
    List<String> indicators,
    Grade grade,
    Grade best,
    List<EvidenceColumn> columns,
    List<String> unique,
    Optional<Span> span) {

  /** The column in which rows of every kind may say what they are worth. */
  static final String GRADE = "grade";

  /**
   * Periods of a series.
   *
   * @param series columns that name the series
   * @param from column of the first moment
   * @param to column of the first moment after it
   */
  public record Span(List<String> series, String from, String to) {
    public Span {
      series = List.copyOf(series);
    }
  }

  public EvidenceKind {
    indicators = List.copyOf(indicators);
    columns = List.copyOf(columns);
    unique = List.copyOf(unique);
  }

  /** The column of this name. */
  Optional<EvidenceColumn> column(String name) {
    return columns.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
