package io.gtrace.governance.evidence;

import java.util.List;

/**
 * One table that was handed in.
 *
 * @param file its name
 * @param rows those that can be used
 * @param faults what is wrong with others; a table with faults is told of, and not relied on
 * @param isEmptyList whether it has its header, or is a list, and nothing else
 */
public record EvidenceTable(
    EvidenceKind kind,
    String file,
    List<EvidenceRow> rows,
    List<Fault> faults,
    boolean isEmptyList) {
  public EvidenceTable {
    rows = List.copyOf(rows);
    faults = List.copyOf(faults);
  }

  /** Whether it says that there was nothing, which kinds can whose answer is often none. */
  public boolean saysNone() {
    return kind.emptyMeansNone() && isEmptyList && faults.isEmpty();
  }

  /** The grade of the weakest row; that of the kind if there are no rows. */
  public Grade grade() {
    return rows.stream().map(EvidenceRow::grade).reduce(Grade::and).orElse(kind.grade());
  }
}
