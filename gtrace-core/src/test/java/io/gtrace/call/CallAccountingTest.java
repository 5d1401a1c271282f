package io.gtrace.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.TextGeneration;
import io.gtrace.call.CarbonBudget.Every;
import io.gtrace.call.CarbonBudget.Reached;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallAccountingTest {
  private static final RateCard CARD = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card();
  private static final TextGeneration CALL = TextGeneration.of("gpt-4o", 500, 300).at("FR");

  private static TextGeneration of(String team, String model) {
    return TextGeneration.of(model, 100, 200)
        .in(new Context(Optional.empty(), Attribution.ofTeam(team), Site.parse("DE")));
  }

  @Test
  void aCallCostsWhatItIsEstimatedAt() {
    Footprint accounted =
        new CallAccounting(CARD, List.of()).account(CALL).orElseThrow().footprint();
    Footprint estimated = GTrace.standard().estimate(CALL);
    assertThat(accounted.carbonKg().high()).isEqualTo(estimated.carbonKg().high());
    assertThat(accounted.energyKwh().median()).isEqualTo(estimated.energyKwh().median());
  }

  @Test
  void anUnknownModelIsPricedWidely() {
    Footprint unknown =
        new CallAccounting(CARD, List.of())
            .account(TextGeneration.of("acme-secret-9", 500, 300))
            .orElseThrow()
            .footprint();
    assertThat(unknown.carbonKg().high()).isGreaterThan(5 * unknown.carbonKg().low());
  }

  @Test
  void whatCannotBePricedBreaksNothing() {
    TextGeneration beforeAllFactors = CALL.on(Instant.parse("1990-01-01T00:00:00Z"));
    assertThat(new CallAccounting(CARD, List.of()).account(beforeAllFactors)).isEmpty();
  }

  @Test
  void whoCountsAndFailsKeepsNobodyFromCounting() {
    CallTotals totals = new CallTotals(CARD);
    CallAccounting accounting =
        new CallAccounting(
            CARD,
            List.of(
                call -> {
                  throw new IllegalStateException("full");
                },
                totals));
    assertThat(accounting.account(CALL)).isPresent();
    assertThat(totals.total().calls()).isEqualTo(1);
  }

  @Test
  void totalsOfManyThreadsAreThoseOfOneSum() throws InterruptedException {
    CallTotals totals = new CallTotals(CARD);
    CallAccounting accounting = new CallAccounting(CARD, List.of(totals));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 1_000; i++) {
      String team = i % 2 == 0 ? "search" : "support";
      threads.execute(() -> accounting.account(of(team, "gpt-4o")));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    Footprint one = GTrace.standard().estimate(of("search", "gpt-4o"));
    assertThat(totals.total().calls()).isEqualTo(1_000);
    assertThat(totals.total().footprint().median(Impact.CARBON_KG))
        .isCloseTo(1_000 * one.median(Impact.CARBON_KG), within(1e-9));
    assertThat(totals.byTeam()).containsOnlyKeys("search", "support");
    assertThat(totals.byTeam().values()).extracting(CallTotals.Total::calls).containsOnly(500L);
    assertThat(totals.byModel()).containsOnlyKeys("gpt-4o");
  }

  @Test
  void aBudgetTellsEachShareOnceAndBeginsAnewTheNextDay() {
    double oneKg = GTrace.standard().estimate(CALL).median(Impact.CARBON_KG);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    List<Reached> told = new ArrayList<>();
    CarbonBudget budget =
        new CarbonBudget(
            4 * oneKg, Every.DAY, List.of(0.5, 1.0), now::get, Runnable::run, told::add);
    CallAccounting accounting = new CallAccounting(CARD, List.of(budget));
    accounting.account(CALL);
    assertThat(told).isEmpty();
    for (int i = 0; i < 5; i++) {
      accounting.account(CALL);
    }
    assertThat(told).extracting(Reached::share).containsExactly(0.5, 1.0);
    assertThat(budget.isSpent()).isTrue();
    now.set(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(budget.isSpent()).isFalse();
    for (int i = 0; i < 2; i++) {
      accounting.account(CALL);
    }
    assertThat(told).extracting(Reached::share).containsExactly(0.5, 1.0, 0.5);
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatThrownBy(() ->
            new CarbonBudget(0, Every.DAY, List.of(1.0), Instant::now, Runnable::run, event -> {}))
        .hasMessageContaining("more than 0 kg");
  }
}
