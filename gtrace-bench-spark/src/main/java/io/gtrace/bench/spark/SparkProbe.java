package io.gtrace.bench.spark;

import com.sun.management.OperatingSystemMXBean;
import io.gtrace.spark.SparkLedger;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Queries over files of usage, without prices and with them, in turns; and a ledger of such a file.
 * Prints one figure a line, its name and then its value; {@code plain_s_6} is that of 10⁶ rows.
 */
public final class SparkProbe {
  private static final int TURNS = 5;
  private static final int LEDGER_POWER = 6;
  private static final String KEYS = "team, model, region";
  private static final String CALL = "(model, region, input_tokens, output_tokens, time)";
  private static final String PLAIN =
      "SELECT " + KEYS + ", count(*), sum(input_tokens), sum(output_tokens), max(time)";
  private static final String ENERGY = ", sum(gtrace_energy_kwh" + CALL + ")";
  private static final String CARBON = ", sum(gtrace_carbon_kg" + CALL + ")";

  /** Calls of 8 models at 6 places by 20 teams in the hours of a day. */
  private static final String ROWS =
      """
      SELECT
        element_at(array('gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-20250514', 'gemini-2.5-pro',
          'gpt-4.1', 'o3', 'llama-3.1-70b', 'deepseek-v3'), 1 + int(id % 8)) AS model,
        element_at(array('eu-west-3', 'US-CA', 'FR', 'DE', 'azure/eastus', 'GB'), 1 + int(id % 6))
          AS region,
        concat('t', id % 20) AS team,
        100 + id % 997 AS input_tokens,
        10 + id % 301 AS output_tokens,
        timestamp_micros(1772323200000000 + (id % 86400) * 1000000) AS time\
      """;

  private static final String IDS =
      ", concat('request-', id) AS request_id, concat('user-', id % 5000) AS user";

  private final SparkSession session;
  private final Path folder;
  private final PrintStream out;

  private SparkProbe(SparkSession session, Path folder, PrintStream out) {
    this.session = session;
    this.folder = folder;
    this.out = out;
  }

  /**
   * @param args a folder for files, then the powers of ten of rows that are wanted
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(args[0]);
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", "io.gtrace.spark.GTraceExtensions")
            .config("spark.local.dir", folder.resolve("local").toString())
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate()) {
      SparkProbe probe = new SparkProbe(session, folder, out);
      for (String power : List.of(args).subList(1, args.length)) {
        probe.queries(Integer.parseInt(power));
      }
      probe.ledger();
    }
  }

  private void queries(int power) throws IOException {
    session.read().parquet(rows(power, "")).createOrReplaceTempView("usage");
    List<String> names = List.of("plain", "energy", "energy_carbon");
    List<String> queries = List.of(PLAIN, PLAIN + ENERGY, PLAIN + ENERGY + CARBON);
    // What the first turn takes is the compiler's.
    for (int turn = 0; turn <= TURNS; turn++) {
      for (int i = 0; i < queries.size(); i++) {
        String query = queries.get(i) + " FROM usage GROUP BY " + KEYS;
        boolean counts = turn > 0;
        timed(counts ? names.get(i) : "", power, () -> session.sql(query).collectAsList());
      }
    }
  }

  private void ledger() throws IOException {
    String rows = rows(LEDGER_POWER, IDS);
    for (int turn = 0; turn < 2; turn++) {
      Path ledger = folder.resolve("ledger");
      delete(ledger);
      SparkLedger into = new SparkLedger(session, SparkLedger.Settings.of(ledger));
      timed(turn > 0 ? "ledger" : "", LEDGER_POWER, () -> into.add(List.of(rows)));
    }
  }

  /** Four files, made once. */
  private String rows(int power, String more) throws IOException {
    Path file = folder.resolve((more.isEmpty() ? "usage-" : "events-") + power + ".parquet");
    if (!Files.exists(file.resolve("_SUCCESS"))) {
      delete(file);
      long rows = Math.round(Math.pow(10, power));
      session
          .sql(ROWS + more + " FROM range(" + rows + ")")
          .repartition(4)
          .write()
          .parquet(file.toString());
    }
    return file.toString();
  }

  /** Prints what something takes on the clock and of all processors, unless it has no name. */
  private void timed(String name, int power, Runnable work) {
    double cpuBegan = processorSeconds();
    long began = System.nanoTime();
    work.run();
    if (!name.isEmpty()) {
      out.println(name + "_s_" + power + " " + (System.nanoTime() - began) / 1e9);
      out.println(name + "_cpu_s_" + power + " " + (processorSeconds() - cpuBegan));
    }
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
