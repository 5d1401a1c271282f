package io.gtrace.governance.facts;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceColumn;
import io.gtrace.governance.evidence.EvidenceColumn.Named;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.evidence.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds evidence of sites, services and zones that are not the ledger's, of devices that nobody
 * knows and of unknown meters.
 */
public final class NameCheck {
  private static final int NAMED = 8;

  private final Evidence evidence;
  private final LedgerFacts ledger;
  private final FactorCatalogue catalogue;
  private final Map<Named, Set<String>> known = new EnumMap<>(Named.class);

  private NameCheck(Evidence evidence, LedgerFacts ledger, FactorCatalogue catalogue) {
    this.evidence = evidence;
    this.ledger = ledger;
    this.catalogue = catalogue;
  }

  /**
   * The evidence with the names that are not known among its faults.
   *
   * @param catalogue that knows devices
   */
  public static Evidence of(Evidence evidence, LedgerFacts ledger, FactorCatalogue catalogue) {
    return new NameCheck(evidence, ledger, catalogue).checked();
  }

  private Evidence checked() {
    Map<String, EvidenceTable> tables = new LinkedHashMap<>();
    evidence.tables().forEach((kind, table) -> tables.put(kind, checked(table)));
    return new Evidence(evidence.folder(), tables, evidence.strangers());
  }

  private EvidenceTable checked(EvidenceTable table) {
    List<Fault> faults = new ArrayList<>();
    for (EvidenceColumn column : table.kind().columns()) {
      if (column.names().isPresent()) {
        for (EvidenceRow row : table.rows()) {
          row.optionalText(column.name())
              .flatMap(name -> remark(column.names().get(), name))
              .ifPresent(remark ->
                  faults.add(
                      new Fault(table.kind().id(), row.place(), column.name() + ": " + remark)));
        }
      }
    }
    return table.with(faults);
  }

  private Optional<String> remark(Named what, String name) {
    return switch (what) {
      case DEVICE -> device(name);
      case METER ->
          names(what).contains(name)
              ? Optional.empty()
              : Optional.of("'" + name + "' is no meter of meter-series");
      case SITE -> ofLedger(what, name, "at");
      case SERVICE, OWNER -> ofLedger(what, name, "of");
      case ZONE -> ofLedger(what, name, "in");
    };
  }

  private Optional<String> device(String name) {
    try {
      catalogue.accelerator(name);
      return Optional.empty();
    } catch (UnknownNameException unknown) {
      return Optional.of(String.valueOf(unknown.getMessage()));
    }
  }

  private Optional<String> ofLedger(Named what, String name, String where) {
    Set<String> all = names(what);
    return all.contains(name)
        ? Optional.empty()
        : Optional.of(
            "the ledger has nothing "
                + where
                + " '"
                + name
                + "'; it has "
                + all.stream()
                    .filter(each -> !each.isEmpty())
                    .sorted()
                    .limit(NAMED)
                    .collect(Collectors.joining(", "))
                + (all.size() > NAMED ? " and more" : ""));
  }

  private Set<String> names(Named what) {
    return known.computeIfAbsent(
        what,
        missing ->
            switch (what) {
              case SITE -> ledger.siteNames();
              case SERVICE -> ledger.serviceNames();
              case OWNER -> ledger.ownerNames();
              case ZONE -> ledger.zoneNames();
              case DEVICE -> Set.of();
              case METER -> meters();
            });
  }

  private Set<String> meters() {
    return evidence.table("meter-series").stream()
        .flatMap(table -> table.rows().stream())
        .map(row -> row.text("series"))
        .collect(Collectors.toSet());
  }
}
