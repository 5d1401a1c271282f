package io.gtrace.call;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What calls cost together since the application started. Errors that calls share stay shared, so
 * the interval of a total is as wide as it has to be. Safe for use by many threads.
 */
public final class CallTotals implements Consumer<PricedCall> {
  private static final Driver[] DRIVERS = Driver.values();

  private final RateCard card;
  private final ConcurrentMap<Priced, Sum> sums = new ConcurrentHashMap<>();

  /** Calls of a team that one row prices. */
  private record Priced(CardRow row, String team) {}

  private static final class Sum {
    final LongAdder calls = new LongAdder();
    final DoubleAdder[] volumes = new DoubleAdder[DRIVERS.length];

    Sum() {
      for (int i = 0; i < volumes.length; i++) {
        volumes[i] = new DoubleAdder();
      }
    }

    void add(Volumes more) {
      calls.increment();
      for (Driver driver : DRIVERS) {
        double volume = more.get(driver);
        if (volume != 0) {
          volumes[driver.ordinal()].add(volume);
        }
      }
    }

    Volumes volumes() {
      Volumes.Builder builder = new Volumes.Builder();
      for (Driver driver : DRIVERS) {
        builder.add(driver, volumes[driver.ordinal()].sum());
      }
      return builder.build();
    }
  }

  /**
   * @param card that prices the calls
   */
  public CallTotals(RateCard card) {
    this.card = card;
  }

  /**
   * Some calls together.
   *
   * @param calls how many
   * @param footprint what they cost
   */
  public record Total(long calls, Footprint footprint) {}

  @Override
  public void accept(PricedCall call) {
    String team = call.activity().context().who().team();
    sums.computeIfAbsent(new Priced(call.row(), team), first -> new Sum()).add(call.volumes());
  }

  /** All calls together. */
  public Total total() {
    return total(List.copyOf(sums.entrySet()));
  }

  /** By model, under its canonical id. */
  public Map<String, Total> byModel() {
    return by(priced -> priced.row().model());
  }

  /** By team; under an empty name those of nobody. */
  public Map<String, Total> byTeam() {
    return by(Priced::team);
  }

  private Map<String, Total> by(Function<Priced, String> key) {
    Map<String, List<Map.Entry<Priced, Sum>>> grouped = new LinkedHashMap<>();
    for (Map.Entry<Priced, Sum> each : sums.entrySet()) {
      grouped.computeIfAbsent(key.apply(each.getKey()), first -> new ArrayList<>()).add(each);
    }
    Map<String, Total> totals = new LinkedHashMap<>();
    grouped.forEach((name, entries) -> totals.put(name, total(entries)));
    return totals;
  }

  private Total total(List<Map.Entry<Priced, Sum>> entries) {
    PricedVolumes sum = card.newSum();
    long calls = 0;
    for (Map.Entry<Priced, Sum> each : entries) {
      calls += each.getValue().calls.sum();
      sum.add(each.getKey().row(), each.getValue().volumes());
    }
    return new Total(calls, sum.footprint());
  }
}
