package io.gtrace.governance.advice;

import io.gtrace.activity.Volumes;
import io.gtrace.ledger.query.WorkOfHour;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Volumes by hour of the day in each month; {@link WorkOfHour#NO_TIME} for those without a time.
 * Immutable.
 */
final class Hours {
  private final Map<Integer, Volumes> bySlot;
  private final Volumes total;

  Hours(Map<Integer, Volumes> bySlot) {
    this.bySlot = Collections.unmodifiableMap(new TreeMap<>(bySlot));
    Volumes.Builder all = new Volumes.Builder();
    this.bySlot.values().forEach(all::add);
    total = all.build();
  }

  Map<Integer, Volumes> bySlot() {
    return bySlot;
  }

  Volumes total() {
    return total;
  }

  /** All volumes so many times. */
  Hours times(double factor) {
    Map<Integer, Volumes> scaled = new TreeMap<>();
    bySlot.forEach((slot, volumes) -> scaled.put(slot, volumes.times(factor)));
    return new Hours(scaled);
  }

  /** Each slot's volumes so many times, summed; work without a time once. */
  Volumes weighted(IntToDoubleFunction weight) {
    Volumes.Builder sum = new Volumes.Builder();
    bySlot.forEach((slot, volumes) ->
        sum.add(slot == WorkOfHour.NO_TIME ? volumes : volumes.times(weight.applyAsDouble(slot))));
    return sum.build();
  }
}
