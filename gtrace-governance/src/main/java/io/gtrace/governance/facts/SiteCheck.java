package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.evidence.Fault;
import io.gtrace.ledger.query.StoredSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds evidence that is of other sites than the ledger's, and readings of unknown meters. */
public final class SiteCheck {
  private static final String SITE = "site";
  private static final String SERIES = "series";
  private static final int NAMED = 8;

  private SiteCheck() {}

  /** The evidence with what does not fit the sites of a ledger among its faults. */
  public static Evidence of(Evidence evidence, List<StoredSite> sites) {
    Set<String> ids = sites.stream().map(StoredSite::id).collect(Collectors.toSet());
    Set<String> meters =
        evidence.table("meter-series").stream()
            .flatMap(table -> table.rows().stream())
            .map(row -> row.text(SERIES))
            .collect(Collectors.toSet());
    Map<String, EvidenceTable> checked = new LinkedHashMap<>();
    evidence
        .tables()
        .forEach((kind, table) -> {
          List<Fault> faults = new ArrayList<>(table.faults());
          for (EvidenceRow row : table.rows()) {
            remark(kind, row, ids, meters)
                .ifPresent(remark -> faults.add(new Fault(kind, row.place(), remark)));
          }
          checked.put(
              kind,
              new EvidenceTable(
                  table.kind(), table.file(), table.rows(), faults, table.isEmptyList()));
        });
    return new Evidence(evidence.folder(), checked, evidence.strangers());
  }

  private static Optional<String> remark(
      String kind, EvidenceRow row, Set<String> sites, Set<String> meters) {
    if (row.optionalText(SITE).filter(site -> !sites.contains(site)).isPresent()) {
      return Optional.of(
          "site: the ledger has nothing at '"
              + row.text(SITE)
              + "'; it has "
              + sites.stream().sorted().limit(NAMED).collect(Collectors.joining(", "))
              + (sites.size() > NAMED ? " and more" : ""));
    }
    if (kind.equals("meters") && !meters.contains(row.text(SERIES))) {
      return Optional.of("series: '" + row.text(SERIES) + "' is no meter of meter-series");
    }
    return Optional.empty();
  }
}
