package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Model;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.site.Site;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The total of a ledger's roll-up with its intervals: a million cells, each of another model, site,
 * hour or team.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CellsOperations {
  private static final int MODELS = 100;
  private static final int SITES = 40;
  private static final int HOURS = 25;
  private static final int TEAMS = 10;
  private static final Instant FIRST_HOUR = Instant.parse("2025-03-25T00:00:00Z");

  private final GTrace gtrace = GTrace.standard();
  private final List<CardRow> rows = new ArrayList<>();
  private final List<Volumes> volumes = new ArrayList<>();

  /** Cells and the rows that price them, as a ledger has them at hand. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    List<String> models =
        gtrace.card().catalogue().models().stream()
            .filter(model -> model.modality() == Modality.TEXT)
            .map(Model::id)
            .limit(MODELS)
            .toList();
    List<Site> sites =
        gtrace.card().catalogue().regions().stream()
            .map(region -> Site.parse(region.id()))
            .limit(SITES)
            .toList();
    for (String model : models) {
      for (Site site : sites) {
        for (int hour = 0; hour < HOURS; hour++) {
          Instant when = FIRST_HOUR.plus(hour, ChronoUnit.HOURS);
          CardRow row = gtrace.card().row(model, Modality.TEXT, site, Optional.of(when));
          for (int team = 0; team < TEAMS; team++) {
            rows.add(row);
            volumes.add(
                TextGeneration.of(model, random.nextInt(100_000), random.nextInt(50_000))
                    .volumes(row.defaults()));
          }
        }
      }
    }
  }

  /** Energy, carbon and water of all cells, each with its interval over 512 joint draws. */
  @Benchmark
  public List<Quantity> total() {
    PricedVolumes sum = gtrace.card().newSum();
    for (int cell = 0; cell < rows.size(); cell++) {
      sum.add(rows.get(cell), volumes.get(cell));
    }
    Footprint footprint = sum.footprint();
    return List.of(footprint.energyKwh(), footprint.carbonKg(), footprint.waterL());
  }
}
