package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.ledger.Accounting;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageAccountant;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;

/**
 * A JVM of its own that accounts a Parquet file and lets the database read and group the same file,
 * in turns, and prints one figure a line: its name, then its value.
 */
final class AccountingProbe {
  static final String REFERENCE_S = "reference_s";
  static final String ACCOUNTING_S = "accounting_s";
  static final String ACTIVITIES = "activities";

  private static final int TURNS = 5;

  private AccountingProbe() {}

  /**
   * @param args the file
   */
  public static void main(String[] args) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path file = Path.of(args[0]);
    PeakHeap heap = PeakHeap.watched();
    for (int turn = 0; turn < TURNS; turn++) {
      long began = System.nanoTime();
      long activities = account(file);
      out.println(ACCOUNTING_S + " " + Probe.secondsSince(began));
      began = System.nanoTime();
      long grouped = group(file);
      out.println(REFERENCE_S + " " + Probe.secondsSince(began));
      if (activities != grouped) {
        throw new IllegalStateException(
            "accounted " + activities + " activities, the file has " + grouped);
      }
      out.println(ACTIVITIES + " " + activities);
    }
    out.println(Probe.PEAK_HEAP_BYTES + " " + heap.bytes());
    out.println(Probe.PEAK_RESIDENT_BYTES + " " + Probe.peakResidentBytes());
  }

  /** From the file to the whole account: figures, intervals, savings, sources. */
  private static long account(Path file) {
    UsageAccountant accountant =
        new UsageAccountant(GTrace.standard().card(), InstantSource.system(), Reading.SILENT);
    Accounting accounting =
        accountant.account(
            "A month of usage", List.of(file), file.resolveSibling("quarantine.jsonl"));
    accounting.account().total().footprint().carbonKg();
    return accounting.account().total().activities();
  }

  /** The same columns and groups with plain sums; the result stays in the database. */
  private static long group(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE grouped AS SELECT model, region, team, app,"
              + " date_trunc('hour', timestamp) AS hour, count(*) AS activities,"
              + " sum(input_tokens) AS input, sum(cached_input_tokens) AS cached,"
              + " sum(output_tokens) AS output FROM read_parquet('"
              + file.toString().replace("'", "''")
              + "') GROUP BY ALL");
      try (ResultSet sum = statement.executeQuery("SELECT sum(activities)::BIGINT FROM grouped")) {
        sum.next();
        return sum.getLong(1);
      }
    }
  }
}
