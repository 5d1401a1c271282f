package io.gtrace.governance.pyramid;

import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerRecords;
import io.gtrace.ledger.store.Seal;
import io.gtrace.simulation.document.Document;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Earlier assessments of a ledger, kept in its chain of seals: what was reached cannot be changed
 * later. The newest one of a period counts.
 */
public final class AssessmentHistory {
  private static final String KIND = "assessment";

  private AssessmentHistory() {}

  /**
   * What earlier periods reached, oldest first.
   *
   * @throws io.gtrace.ledger.store.LedgerException if a record is not as it was sealed
   */
  public static List<Standing.Reached> of(Ledger.Snapshot ledger, String organisation) {
    return of(ledger, Optional.of(organisation));
  }

  /**
   * What earlier periods reached, oldest first.
   *
   * @param organisation whose assessments; empty if the ledger holds those of one alone
   * @throws IllegalArgumentException if it holds those of several and none is named
   * @throws io.gtrace.ledger.store.LedgerException if a record is not as it was sealed
   */
  public static List<Standing.Reached> of(Ledger.Snapshot ledger, Optional<String> organisation) {
    Set<String> names = new TreeSet<>();
    Map<ReportingPeriod, Standing.Reached> newest = new TreeMap<>();
    for (String json : LedgerRecords.all(ledger, KIND)) {
      JsonNode root = Document.read(KIND, json).root();
      String name = root.path("organisation").asString("");
      names.add(name);
      if (organisation.isEmpty() || organisation.get().equals(name)) {
        ReportingPeriod period = ReportingPeriod.parse(root.get("period").asString());
        newest.put(period, new Standing.Reached(period, root.get("reached").intValue()));
      }
    }
    if (organisation.isEmpty() && names.size() > 1) {
      throw new IllegalArgumentException(
          "the ledger holds assessments of several: "
              + String.join(", ", names)
              + "; name one by its profile");
    }
    return List.copyOf(newest.values());
  }

  /**
   * Keeps an assessment.
   *
   * @param json the whole of it, with {@code organisation}, {@code period} and {@code reached}
   * @param wait how long to wait for another writer
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is empty, locked or damaged
   */
  public static Seal keep(
      Ledger ledger,
      Assessment assessment,
      String json,
      String version,
      Duration wait,
      InstantSource clock) {
    return LedgerRecords.keep(
        ledger,
        KIND,
        json,
        "assessment of " + assessment.period() + ": level " + assessment.reached() + " reached",
        version,
        wait,
        clock);
  }
}
