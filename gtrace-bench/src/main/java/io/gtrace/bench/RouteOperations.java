package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.Router;
import io.gtrace.governance.routing.Router.Route;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a gateway asks for every request: where and when, among twenty regions and seven hours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteOperations {
  private static final int REGIONS = 20;
  private static final int HOURS = 6;

  private final GTrace gtrace = GTrace.standard();
  private final List<String> places =
      gtrace.card().catalogue().regions().stream().limit(REGIONS).map(CloudRegion::id).toList();
  private final Router router =
      Router.of(gtrace.card(), "gpt-4o", Modality.TEXT, places, OptionalInt.of(2024));
  private final Router.Reach reach = router.within(new Position(50, 8), 1_000);
  private final Instant when = Instant.parse("2024-06-12T18:20:00Z");
  private final Volumes request =
      TextGeneration.of("gpt-4o", 500, 300)
          .volumes(gtrace.card().row(TextGeneration.of("gpt-4o", 1, 1)).defaults());

  @Benchmark
  public Route best() {
    return router.best(request, when, HOURS, reach);
  }

  @Benchmark
  public int bestAtMedian() {
    return router.bestAtMedian(request, when, HOURS, reach);
  }
}
