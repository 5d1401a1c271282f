package io.gtrace.governance.evidence;

import java.util.List;

/**
 * One table that was handed in.
 *
 * @param file its name
 * @param rows those that can be used
 * @param faults what is wrong with others; a table with faults is told of, and not relied on
 */
public record EvidenceTable(
    EvidenceKind kind, String file, List<EvidenceRow> rows, List<Fault> faults) {
  public EvidenceTable {
    rows = List.copyOf(rows);
    faults = List.copyOf(faults);
  }

  /** The grade of the weakest row; that of the kind if there are no rows. */
  public Grade grade() {
    return rows.stream().map(EvidenceRow::grade).reduce(Grade::and).orElse(kind.grade());
  }
}
