package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program of its own that reads a gateway's log into a new ledger and lets the database alone
 * load the same columns, in turns, and then asks the ledger.
 */
final class LedgerProbe {
  static final String INGEST_S = "ingest_s";
  static final String INGEST_CPU_S = "ingest_cpu_s";
  static final String LOAD_S = "load_s";
  static final String LOAD_CPU_S = "load_cpu_s";
  static final String SQL_S = "sql_s";
  static final String EVENTS = "events";
  static final String BYTES = "bytes";
  static final String OPEN_MS = "open_ms";
  static final String ROLLUP_MS = "rollup_ms";
  static final String MONTH_S = "month_s";

  private static final int TURNS = 5;

  private LedgerProbe() {}

  /**
   * @param args the log, and a folder for the ledger
   */
  public static void main(String[] args) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path log = Path.of(args[0]);
    Path folder = Path.of(args[1]);
    PeakHeap heap = PeakHeap.watched();
    RateCard card = GTrace.standard().card();
    for (int turn = 0; turn < TURNS; turn++) {
      delete(folder);
      long began = System.nanoTime();
      double cpuBegan = Probe.processorSeconds();
      long events = ingest(log, folder, card);
      out.println(INGEST_S + " " + Probe.secondsSince(began));
      out.println(INGEST_CPU_S + " " + (Probe.processorSeconds() - cpuBegan));
      began = System.nanoTime();
      cpuBegan = Probe.processorSeconds();
      alone(
          "CREATE TEMP TABLE loaded AS SELECT * FROM read_ndjson("
              + text(log)
              + ", columns = {"
              + GatewayLog.COLUMNS
              + "})");
      out.println(LOAD_S + " " + Probe.secondsSince(began));
      out.println(LOAD_CPU_S + " " + (Probe.processorSeconds() - cpuBegan));
      began = System.nanoTime();
      alone(pricing(log));
      out.println(SQL_S + " " + Probe.secondsSince(began));
      out.println(EVENTS + " " + events);
    }
    out.println(BYTES + " " + size(folder));
    for (int turn = 0; turn < TURNS; turn++) {
      ask(out, folder);
    }
    out.println(Probe.PEAK_HEAP_BYTES + " " + heap.bytes());
    out.println(Probe.PEAK_RESIDENT_BYTES + " " + Probe.peakResidentBytes());
    delete(folder);
  }

  static long ingest(Path log, Path folder, RateCard card) {
    LedgerIngest.Result result =
        new LedgerIngest(card, InstantSource.system(), Reading.SILENT, "benchmark")
            .ingest(
                Ledger.openOrCreate(folder),
                Duration.ZERO,
                List.of(log),
                UsageDefaults.NONE,
                folder.resolveSibling("quarantine.jsonl"));
    return result.added();
  }

  private static void alone(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(query);
    }
  }

  /** What someone would write who has one figure a token for each model, and no ledger. */
  private static String pricing(Path log) {
    return "CREATE TEMP TABLE priced AS SELECT team_id, model, date_trunc('hour', startTime) AS hour,"
        + " count(*) AS calls, sum(completion_tokens * kg) AS carbon_kg FROM read_ndjson("
        + text(log)
        + ", columns = {"
        + GatewayLog.COLUMNS
        + "}) JOIN (SELECT model, 1e-6 AS kg FROM (SELECT DISTINCT model FROM read_ndjson("
        + text(log)
        + ", columns = {model: 'VARCHAR'}) LIMIT 100)) USING (model) GROUP BY ALL";
  }

  private static String text(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  private static void ask(PrintStream out, Path folder) {
    long began = System.nanoTime();
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(folder).snapshot(), Pricing.CURRENT)) {
      out.println(OPEN_MS + " " + 1e3 * Probe.secondsSince(began));
      for (GroupBy dimension : List.of(GroupBy.TEAM, GroupBy.REGION, GroupBy.MONTH)) {
        began = System.nanoTime();
        List<QueryLine> lines = query.by(List.of(dimension, GroupBy.MODEL), Period.ALL);
        lines.forEach(line -> line.footprint().carbonKg());
        out.println(ROLLUP_MS + " " + 1e3 * Probe.secondsSince(began));
      }
      began = System.nanoTime();
      query.sql(
          "SELECT team, sum(carbon_kg) FROM priced_events GROUP BY team ORDER BY 2", new Nobody());
      out.println(MONTH_S + " " + Probe.secondsSince(began));
    }
  }

  /** Takes rows and keeps none. */
  private static final class Nobody implements LedgerQuery.Rows {
    @Override
    public void columns(List<String> names) {}

    @Override
    public boolean row(List<Optional<Object>> values) {
      return true;
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
