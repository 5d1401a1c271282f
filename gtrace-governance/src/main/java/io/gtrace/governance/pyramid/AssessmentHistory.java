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
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Earlier assessments of a ledger, kept in its chain of seals: what was recorded cannot be changed
 * later, only followed by another; the newest one of a period counts.
 */
public final class AssessmentHistory {
  private static final String KIND = "assessment";

  private AssessmentHistory() {}

  /**
   * A recorded assessment.
   *
   * @param departures from the usual pyramid that it was made with: loosened thresholds and excused
   *     gates
   */
  public record Recorded(String organisation, Standing.Reached reached, List<String> departures) {
    public Recorded {
      departures = List.copyOf(departures);
    }
  }

  /**
   * What earlier periods of an organisation reached, oldest first.
   *
   * @throws io.gtrace.ledger.store.LedgerException if a record is not as it was sealed
   */
  public static List<Standing.Reached> of(Ledger.Snapshot ledger, String organisation) {
    Map<ReportingPeriod, Standing.Reached> newest = new TreeMap<>();
    recorded(ledger).stream()
        .filter(each -> each.organisation().equals(organisation))
        .forEach(each -> newest.put(each.reached().period(), each.reached()));
    return List.copyOf(newest.values());
  }

  /**
   * All that was recorded, in the order of recording.
   *
   * @throws io.gtrace.ledger.store.LedgerException if a record is not as it was sealed
   */
  public static List<Recorded> recorded(Ledger.Snapshot ledger) {
    return LedgerRecords.all(ledger, KIND).stream().map(AssessmentHistory::parse).toList();
  }

  private static Recorded parse(String json) {
    JsonNode root = Document.read(KIND, json).root();
    ReportingPeriod period = ReportingPeriod.parse(root.get("period").asString());
    return new Recorded(
        root.path("organisation").asString(""),
        new Standing.Reached(period, root.get("reached").intValue()),
        StreamSupport.stream(root.path("departures").spliterator(), false)
            .map(JsonNode::asString)
            .toList());
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
