package io.gtrace.server.metrics;

import io.gtrace.ledger.store.Head;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.organisation.SentRecords;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * {@code /metrics}: what the ledger of the caller's organisation holds, found out once for each
 * state of the ledger, and how the server does.
 */
public final class Metrics implements HttpService {
  /** More teams have no tokens of their own. */
  private static final int MOST_KEPT = 100;

  private static final double MS_PER_S = 1e3;
  private static final String DASHBOARD = "gtrace.json";

  private final Organisations organisations;
  private final RequestMeter meter;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final String dashboard = resource(DASHBOARD);
  private final ConcurrentMap<Whose, Kept> kept = new ConcurrentHashMap<>();

  private record Whose(String organisation, Optional<String> team) {}

  private record Kept(Head head, List<MetricSnapshot> snapshots) {}

  /**
   * @param meter of all requests
   */
  public Metrics(Organisations organisations, RequestMeter meter) {
    this.organisations = organisations;
    this.meter = meter;
  }

  private static String resource(String name) {
    try (InputStream in = Metrics.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void routing(HttpRules rules) {
    Methods.at(rules, "/metrics").get(Gatekeeper.requiring(Scope.READ, this::metrics)).only();
    Methods.at(rules, "/v1/grafana-dashboard")
        .get(Gatekeeper.requiring(Scope.READ, this::dashboard))
        .only();
  }

  private void dashboard(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters.of(request);
    if (!EntityTag.isKnown(request, response, Integer.toHexString(dashboard.hashCode()))) {
      Json.sendText(response, dashboard);
    }
  }

  private void metrics(Caller caller, ServerRequest request, ServerResponse response)
      throws IOException {
    Parameters.of(request);
    Organisation organisation = organisations.of(caller);
    List<MetricSnapshot> all = new ArrayList<>(ofLedger(caller, organisation));
    if (caller.seesOperation()) {
      all.addAll(ofIntake(organisation));
      all.addAll(meter.snapshots());
      all.addAll(ofProcess());
    }
    ExpositionFormatWriter writer =
        formats.findWriter(request.headers().first(HeaderNames.ACCEPT).orElse(""));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, new MetricSnapshots(all));
    response
        .header(HeaderNames.CONTENT_TYPE, writer.getContentType())
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(text.toByteArray());
  }

  private List<MetricSnapshot> ofLedger(Caller caller, Organisation organisation) {
    Head head = organisation.view().snapshot().head();
    Whose whose = new Whose(organisation.name(), caller.team());
    Kept known = kept.get(whose);
    if (known != null && known.head().equals(head)) {
      return known.snapshots();
    }
    List<MetricSnapshot> found = new LedgerMetrics(organisation.view(), caller.team()).snapshots();
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(whose, new Kept(head, found));
    return found;
  }

  /** How what comes gets into the ledger. */
  private static List<MetricSnapshot> ofIntake(Organisation organisation) {
    Ledger.Snapshot ledger = organisation.view().snapshot();
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(
        one(
            "gtrace_healthy",
            "1 while what is acknowledged gets into the ledger, else 0.",
            organisation.trouble().isEmpty() ? 1 : 0));
    all.add(
        one(
            "gtrace_journal_bytes",
            "Acknowledged and not in the ledger yet.",
            (double) organisation.waitingBytes()));
    all.add(records(organisation.records()));
    all.add(one("gtrace_ledger_batches", "Batches of the ledger.", ledger.head().batch()));
    all.add(one("gtrace_ledger_events", "Events in the ledger.", (double) ledger.events()));
    all.add(
        one(
            "gtrace_ledger_refused_rows",
            "Rows that were read and not accounted.",
            (double) ledger.refused()));
    all.add(
        one(
            "gtrace_ledger_duplicate_events",
            "Events that were read and were in the ledger already.",
            (double) ledger.duplicates()));
    ledger
        .newestSeal()
        .ifPresent(seal ->
            all.add(
                one(
                    "gtrace_last_seal_timestamp_seconds",
                    "When the newest batch was sealed.",
                    seal.sealedAt().toEpochMilli() / MS_PER_S)));
    return all;
  }

  private static MetricSnapshot records(SentRecords records) {
    return CounterSnapshot.builder()
        .name("gtrace_sent_records")
        .help("Records that were sent, by outcome; those left out tell of no usage.")
        .dataPoint(counted("accepted", records.accepted()))
        .dataPoint(counted("left_out", records.leftOut()))
        .dataPoint(counted("refused", records.refused()))
        .build();
  }

  private static CounterDataPointSnapshot counted(String outcome, long records) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of("outcome", outcome))
        .value((double) records)
        .build();
  }

  private static List<MetricSnapshot> ofProcess() {
    return List.of(
        one(
            "gtrace_heap_bytes",
            "Memory of objects in use.",
            (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()),
        one(
            "gtrace_start_timestamp_seconds",
            "When the process began.",
            ManagementFactory.getRuntimeMXBean().getStartTime() / MS_PER_S));
  }

  private static MetricSnapshot one(String name, String help, double value) {
    return LedgerMetrics.gauge(name, help, List.of(LedgerMetrics.point(Labels.EMPTY, value)));
  }
}
