package io.gtrace.governance.evidence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One table that was handed in.
 *
 * @param file its name
 * @param rows those that can be used
 * @param faults what is wrong with others; a table with faults is told of, and not relied on
 * @param isEmptyList whether it has its header, or is a list, and nothing else
 * @param isAssured whether a third party has signed it as it is
 */
public record EvidenceTable(
    EvidenceKind kind,
    String file,
    List<EvidenceRow> rows,
    List<Fault> faults,
    boolean isEmptyList,
    boolean isAssured) {
  public EvidenceTable {
    rows = List.copyOf(rows);
    faults = List.copyOf(faults);
  }

  /** The name of its file without folders. */
  public String fileName() {
    return String.valueOf(Path.of(file).getFileName());
  }

  /** Whether it says that there was nothing, which kinds can whose answer is often none. */
  public boolean saysNone() {
    return kind.emptyMeansNone() && isEmptyList && faults.isEmpty();
  }

  /**
   * The grade of the weakest row. If there are no rows, that of the kind, or the best of it where a
   * third party has signed that there is nothing.
   */
  public Grade grade() {
    Grade ofNone = isAssured ? kind.best() : kind.grade();
    return rows.stream().map(EvidenceRow::grade).reduce(Grade::and).orElse(ofNone);
  }

  /** The same with more that is wrong with it. */
  public EvidenceTable with(List<Fault> more) {
    List<Fault> all = new ArrayList<>(faults);
    all.addAll(more);
    return new EvidenceTable(kind, file, rows, all, isEmptyList, isAssured);
  }

  /** The same once a third party has signed it. */
  public EvidenceTable assured() {
    return new EvidenceTable(kind, file, rows, faults, isEmptyList, true);
  }

  /** The same where rows are worth something else. */
  public EvidenceTable with(UnaryOperator<EvidenceRow> change) {
    return new EvidenceTable(
        kind, file, rows.stream().map(change).toList(), faults, isEmptyList, isAssured);
  }
}
