package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.advice.Organisation;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Plan.Order;
import io.gtrace.governance.advice.Prices;
import io.gtrace.governance.advice.Replay;
import io.gtrace.governance.advice.Workload;
import io.gtrace.governance.routing.Criterion;
import io.gtrace.governance.routing.Foresight;
import io.gtrace.governance.routing.Host;
import io.gtrace.governance.routing.Movable;
import io.gtrace.governance.routing.PlacementProblem;
import io.gtrace.governance.routing.Rule;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * A program of its own that places 50 workloads over 20 regions and the hours of a year, and plans
 * for a ledger of as many workloads.
 */
final class AdviceProbe {
  static final String PLACEMENT_S = "placement_s";
  static final String PLACEMENT_CPU_S = "placement_cpu_s";
  static final String FORESIGHT_S = "foresight_s";
  static final String PLAN_S = "plan_s";
  static final String PLAN_CPU_S = "plan_cpu_s";

  private static final int WORKLOADS = 50;
  private static final int REGIONS = 20;
  private static final int HOURS = 8_760;
  private static final int HOURS_A_DAY = 24;
  private static final int MOST_SLACK = 12;
  private static final int TURNS = 3;
  private static final long SEED = 20_261_127;
  private static final List<String> MODELS =
      List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-20250514", "llama-3.1-70b-instruct");
  private static final List<String> SITES =
      List.of("aws/us-east-1", "aws/eu-central-1", "US-CISO", "gcp/europe-west1", "azure/eastus");

  private AdviceProbe() {}

  /**
   * @param args a folder for the log and the ledger
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PeakHeap heap = PeakHeap.watched();
    Path folder = Files.createTempDirectory(Path.of(args[0]), "advice");
    PlacementProblem year = year(new Random(SEED));
    for (int turn = 0; turn < TURNS; turn++) {
      long began = System.nanoTime();
      double cpuBegan = Probe.processorSeconds();
      year.solvedInBlocks(HOURS_A_DAY);
      out.println(PLACEMENT_S + " " + Probe.secondsSince(began));
      out.println(PLACEMENT_CPU_S + " " + (Probe.processorSeconds() - cpuBegan));
    }
    long foresightBegan = System.nanoTime();
    Foresight.of(year, 7);
    out.println(FORESIGHT_S + " " + Probe.secondsSince(foresightBegan));
    plans(folder, out);
    out.println(Probe.PEAK_HEAP_BYTES + " " + heap.bytes());
    out.println(Probe.PEAK_RESIDENT_BYTES + " " + Probe.peakResidentBytes());
  }

  /** Grids that differ by a factor of ten and move with the sun and the weather. */
  private static PlacementProblem year(Random random) {
    List<Host> hosts = new ArrayList<>();
    for (int r = 0; r < REGIONS; r++) {
      double mean = 0.05 + 0.6 * random.nextDouble();
      double[] carbon = new double[HOURS];
      double[] capacity = new double[HOURS];
      Arrays.fill(capacity, 6);
      for (int hour = 0; hour < HOURS; hour++) {
        double day = 0.3 * Math.cos(2 * Math.PI * (hour + r) / HOURS_A_DAY);
        carbon[hour] = Math.max(0.005, mean * (1 + day + 0.2 * random.nextGaussian()));
      }
      hosts.add(new Host("r" + r, capacity, Map.of(Criterion.CARBON_KG, carbon)));
    }
    List<Movable> work = new ArrayList<>();
    for (int w = 0; w < WORKLOADS; w++) {
      Set<String> allowed = new HashSet<>();
      for (int r = 0; r < REGIONS; r++) {
        if (random.nextBoolean()) {
          allowed.add("r" + r);
        }
      }
      double[] demand = random.doubles(HOURS, 0.5, 1.5).toArray();
      work.add(
          new Movable(
              "w" + w,
              demand,
              random.nextInt(MOST_SLACK + 1),
              List.of(new Rule("residency", allowed))));
    }
    return PlacementProblem.byCarbon(work, hosts, false);
  }

  private static void plans(Path folder, PrintStream out) throws IOException {
    FactorCatalogue catalogue = GTrace.standard().card().catalogue();
    Draws draws = Draws.standard(catalogue.correlations());
    RateCard card = new RateCard(catalogue, draws, Fallback.ALLOW);
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    new LedgerIngest(card, InstantSource.system(), Reading.SILENT, "bench")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(log(folder)),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
    Organisation organisation = organisation(catalogue);
    for (int turn = 0; turn < TURNS; turn++) {
      long began = System.nanoTime();
      double cpuBegan = Probe.processorSeconds();
      try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), Pricing.CURRENT)) {
        Replay replay = Replay.of(query, Period.ALL, card, draws, organisation);
        Plan.of(replay, List.of(), Order.CARBON);
      }
      out.println(PLAN_S + " " + Probe.secondsSince(began));
      out.println(PLAN_CPU_S + " " + (Probe.processorSeconds() - cpuBegan));
    }
  }

  private static Organisation organisation(FactorCatalogue catalogue) {
    List<Workload> workloads = new ArrayList<>();
    for (int w = 0; w < WORKLOADS; w++) {
      workloads.add(
          new Workload(
              "w" + w,
              Map.of(GroupBy.APP, "app" + w),
              Optional.empty(),
              OptionalDouble.empty(),
              List.of(),
              OptionalInt.of(w % (MOST_SLACK + 1)),
              OptionalInt.empty(),
              Set.of()));
    }
    Organisation silent = Organisation.silent();
    return new Organisation(
        workloads,
        catalogue.regions().stream().limit(REGIONS).map(CloudRegion::id).toList(),
        Map.of(),
        Prices.NONE,
        Map.of(),
        Map.of(),
        silent.assumptions());
  }

  private static Path log(Path folder) throws IOException {
    Random random = new Random(SEED);
    Path log = folder.resolve("log.jsonl");
    Instant start = Instant.parse("2024-01-01T00:15:00Z");
    try (BufferedWriter lines = Files.newBufferedWriter(log)) {
      for (int w = 0; w < WORKLOADS; w++) {
        for (int hour = 0; hour < HOURS; hour++) {
          lines.write(
              "{\"when\":\""
                  + start.plusSeconds(3_600L * hour)
                  + "\",\"model\":\""
                  + MODELS.get(w % MODELS.size())
                  + "\",\"region\":\""
                  + SITES.get(w % SITES.size())
                  + "\",\"app\":\"app"
                  + w
                  + "\",\"requests\":100,\"input_tokens\":"
                  + (20_000 + random.nextInt(180_000))
                  + ",\"output_tokens\":"
                  + (10_000 + random.nextInt(50_000))
                  + "}\n");
        }
      }
    }
    return log;
  }
}
