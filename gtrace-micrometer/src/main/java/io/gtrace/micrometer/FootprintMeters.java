package io.gtrace.micrometer;

import io.gtrace.call.PricedCall;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Counts calls in Micrometer: {@code gtrace.calls}, {@code gtrace.energy} (kWh), {@code
 * gtrace.carbon} (kg CO2e, operational location-based and embodied) and {@code gtrace.water} (l),
 * by model, place and team. Counters hold medians; {@link io.gtrace.call.CallTotals} has intervals.
 */
public final class FootprintMeters implements Consumer<PricedCall> {
  private final MeterRegistry registry;
  private final ConcurrentMap<Key, Counters> counters = new ConcurrentHashMap<>();

  private record Key(String model, String site, String team) {}

  private record Counters(Counter calls, Counter energy, Counter carbon, Counter water) {}

  public FootprintMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accept(PricedCall call) {
    Key key =
        new Key(call.row().model(), call.row().site(), call.activity().context().who().team());
    Counters of = counters.computeIfAbsent(key, this::registered);
    Footprint footprint = call.footprint();
    of.calls().increment();
    of.energy().increment(footprint.median(Impact.ENERGY_KWH));
    of.carbon().increment(footprint.median(Impact.CARBON_KG));
    of.water().increment(footprint.median(Impact.WATER_L));
  }

  private Counters registered(Key key) {
    Tags tags = Tags.of("model", key.model(), "site", key.site(), "team", key.team());
    return new Counters(
        counter("gtrace.calls", "calls", tags),
        counter("gtrace.energy", "kWh", tags),
        counter("gtrace.carbon", "kg", tags),
        counter("gtrace.water", "l", tags));
  }

  private Counter counter(String name, String unit, Tags tags) {
    return Counter.builder(name).baseUnit(unit).tags(tags).register(registry);
  }
}
