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
 * @param rules what rows must keep to
 * @param emptyMeansNone whether a table without rows says that there was nothing
 */
public record EvidenceKind(
    String id,
    String title,
    List<String> indicators,
    Grade grade,
    Grade best,
    List<EvidenceColumn> columns,
    EvidenceRules rules,
    boolean emptyMeansNone) {

  /** The column in which rows of every kind may say what they are worth. */
  static final String GRADE = "grade";

  public EvidenceKind {
    indicators = List.copyOf(indicators);
    columns = List.copyOf(columns);
  }

  /** The column of this name. */
  Optional<EvidenceColumn> column(String name) {
    return columns.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
