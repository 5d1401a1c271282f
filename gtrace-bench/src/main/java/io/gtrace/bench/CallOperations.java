package io.gtrace.bench;

import io.gtrace.GTrace;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.TextGeneration;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.CallTotals;
import io.gtrace.call.CarbonBudget;
import io.gtrace.call.CarbonBudget.Every;
import io.gtrace.call.PricedCall;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call of a chat model as a listener sees it: made, priced, counted and held to a budget. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallOperations {
  private static final double NEVER_SPENT_KG = 1e9;

  private final RateCard card = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card();
  private final InstantSource clock = InstantSource.system();
  private final CallAccounting accounting =
      new CallAccounting(
          card,
          List.of(
              new CallTotals(card),
              new CarbonBudget(
                  NEVER_SPENT_KG,
                  Every.DAY,
                  List.of(1.0),
                  clock,
                  ForkJoinPool.commonPool(),
                  reached -> {})));
  private final Site site = Site.parse("eu-west-3");
  private int call;

  @Benchmark
  public Optional<PricedCall> account() {
    call++;
    Context context = new Context(Optional.of(clock.instant()), Attribution.ofTeam("search"), site);
    return accounting.account(
        new TextGeneration("gpt-4o", 1, call % 2_000, 0, call % 700, 0, context));
  }
}
