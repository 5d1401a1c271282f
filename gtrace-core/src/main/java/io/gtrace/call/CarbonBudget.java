package io.gtrace.call;

import io.gtrace.footprint.Impact;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;

/**
 * What calls may cost in a day or a month (UTC), and who is told when a share of it is spent. Spent
 * is the median of operational location-based and embodied carbon. Safe for use by many threads.
 */
public final class CarbonBudget implements Consumer<PricedCall> {
  private final double limitKg;
  private final Every every;
  private final List<Double> shares;
  private final InstantSource clock;
  private final Executor executor;
  private final Consumer<Reached> reached;
  private final AtomicReference<Spending> spending;

  /** How often a budget begins anew, at midnight UTC. */
  public enum Every {
    DAY,
    MONTH;

    private Instant beginning(Instant moment) {
      ZonedDateTime day = moment.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
      return (this == MONTH ? day.withDayOfMonth(1) : day).toInstant();
    }

    private Instant end(Instant beginning) {
      ZonedDateTime begun = beginning.atZone(ZoneOffset.UTC);
      return (this == MONTH ? begun.plusMonths(1) : begun.plusDays(1)).toInstant();
    }
  }

  /**
   * Told when a share of a budget is spent.
   *
   * @param share of the limit, as it was asked for
   * @param spentKg carbon of the calls so far, kg CO2e
   * @param limitKg the budget, kg CO2e
   * @param since when it began
   */
  public record Reached(double share, double spentKg, double limitKg, Instant since) {}

  private record Spending(Instant since, Instant until, DoubleAdder kg, AtomicInteger told) {}

  /**
   * @param limitKg kg CO2e, more than 0
   * @param shares of the limit at which somebody is told, such as 0.8 and 1; each once, rising
   * @param clock tells when the budget begins anew
   * @param executor runs what is told, so that no call waits for it
   * @param reached is told
   * @throws IllegalArgumentException if the limit is not more than 0, or the shares do not rise
   */
  public CarbonBudget(
      double limitKg,
      Every every,
      List<Double> shares,
      InstantSource clock,
      Executor executor,
      Consumer<Reached> reached) {
    if (!(limitKg > 0)) {
      throw new IllegalArgumentException("a budget must be more than 0 kg, not " + limitKg);
    }
    for (int i = 0; i < shares.size(); i++) {
      if (!(shares.get(i) > (i == 0 ? 0 : shares.get(i - 1)))) {
        throw new IllegalArgumentException("shares of a budget must rise from above 0: " + shares);
      }
    }
    this.limitKg = limitKg;
    this.every = every;
    this.shares = List.copyOf(shares);
    this.clock = clock;
    this.executor = executor;
    this.reached = reached;
    spending = new AtomicReference<>(begun(clock.instant()));
  }

  private Spending begun(Instant now) {
    Instant since = every.beginning(now);
    return new Spending(since, every.end(since), new DoubleAdder(), new AtomicInteger());
  }

  @Override
  public void accept(PricedCall call) {
    Spending current = current();
    current.kg().add(call.footprint().median(Impact.CARBON_KG));
    tell(current);
  }

  private Spending current() {
    Instant now = clock.instant();
    Spending known = spending.get();
    if (now.isBefore(known.until())) {
      return known;
    }
    spending.compareAndSet(known, begun(now));
    return spending.get();
  }

  private void tell(Spending current) {
    int next = current.told().get();
    while (next < shares.size() && current.kg().sum() >= shares.get(next) * limitKg) {
      if (current.told().compareAndSet(next, next + 1)) {
        Reached event = new Reached(shares.get(next), current.kg().sum(), limitKg, current.since());
        try {
          executor.execute(() -> reached.accept(event));
        } catch (RejectedExecutionException ending) {
          // The application is going away, and with it who would be told.
          return;
        }
      }
      next = current.told().get();
    }
  }

  /** What the calls of this day or month cost so far, kg CO2e. */
  public double spentKg() {
    return current().kg().sum();
  }

  /** Whether nothing of it is left. */
  public boolean isSpent() {
    return spentKg() >= limitKg;
  }
}
