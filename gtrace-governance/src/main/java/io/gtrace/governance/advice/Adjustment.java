package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.Drawn;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnSite;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/**
 * A change to what a unit of work costs, draw by draw. As footprints are linear in volumes, less
 * work of uncertain amount is the same as work at lower rates.
 */
sealed interface Adjustment {
  /** The rates after the change. */
  default DrawnRates of(DrawnRates rates) {
    return rates;
  }

  /** The site after the change. */
  default DrawnSite of(DrawnSite site) {
    return site;
  }

  /** The volumes that are paid for after the change, at the medians. */
  default Volumes billed(Volumes volumes) {
    return volumes;
  }

  /** What a factor applies to; what it does not apply to stays as it is, or is left out. */
  enum Scope {
    /** The work is not done at all. */
    WORK(Effect.SCALED, Effect.SCALED, Effect.SCALED, true),
    /** The model does not do the work, but the answer travels all the same. */
    SERVING(Effect.SCALED, Effect.SCALED, Effect.KEPT, true),
    /** The same, where what travels is counted with other work. */
    SERVING_ALONE(Effect.SCALED, Effect.SCALED, Effect.LEFT_OUT, true),
    /** The hardware does the same work with less. */
    HARDWARE(Effect.SCALED, Effect.SCALED, Effect.KEPT, false),
    /** The making of the hardware alone. */
    MAKING(Effect.KEPT, Effect.SCALED, Effect.KEPT, false);

    private final Effect inside;
    private final Effect embodied;
    private final Effect network;
    private final boolean billed;

    Scope(Effect inside, Effect embodied, Effect network, boolean billed) {
      this.inside = inside;
      this.embodied = embodied;
      this.network = network;
      this.billed = billed;
    }
  }

  /** What becomes of a part of a rate. */
  enum Effect {
    SCALED,
    KEPT,
    LEFT_OUT;

    Drawn on(Drawn rate, Drawn factor) {
      return switch (this) {
        case SCALED -> combined(rate, factor, (one, other) -> one * other);
        case KEPT -> rate;
        case LEFT_OUT -> new Drawn(0, new double[rate.draws().length]);
      };
    }
  }

  /**
   * So many times the rates.
   *
   * @param drivers of these; of all if empty
   */
  record Scaled(Set<Driver> drivers, Scope scope, Drawn factor) implements Adjustment {
    public Scaled {
      drivers = Set.copyOf(drivers);
    }

    public Scaled(Scope scope, Drawn factor) {
      this(Set.of(), scope, factor);
    }

    private boolean isOf(Driver driver) {
      return drivers.isEmpty() || drivers.contains(driver);
    }

    @Override
    public DrawnRates of(DrawnRates rates) {
      Map<Driver, DrawnRates.Rate> changed = new EnumMap<>(Driver.class);
      for (int d = 0; d < rates.drivers().size(); d++) {
        Driver driver = rates.drivers().get(d);
        DrawnRates.Rate rate = rates.rate(d);
        changed.put(
            driver,
            isOf(driver)
                ? new DrawnRates.Rate(
                    scope.inside.on(rate.insideFacilityKwh(), factor),
                    scope.network.on(rate.networkKwh(), factor),
                    scope.embodied.on(rate.embodiedKg(), factor))
                : rate);
      }
      return new DrawnRates(changed);
    }

    @Override
    public Volumes billed(Volumes volumes) {
      if (!scope.billed) {
        return volumes;
      }
      Volumes.Builder less = new Volumes.Builder();
      volumes
          .asMap()
          .forEach((driver, volume) ->
              less.add(driver, isOf(driver) ? Math.max(0, volume * factor.median()) : volume));
      return less.build();
    }
  }

  /**
   * Fresh input tokens that come from a prompt cache. Of the pairs of an input token and an earlier
   * one, the square of the share is left out: more where something was cached before.
   *
   * @param share of fresh input tokens, 0 to 1
   */
  record PromptCached(Drawn share) implements Adjustment {
    @Override
    public DrawnRates of(DrawnRates rates) {
      Map<Driver, DrawnRates.Rate> changed = new EnumMap<>(Driver.class);
      for (int d = 0; d < rates.drivers().size(); d++) {
        changed.put(rates.drivers().get(d), rates.rate(d));
      }
      DrawnRates.Rate cached = changed.get(Driver.CACHED_INPUT_TOKENS);
      if (cached == null) {
        return rates;
      }
      changed.computeIfPresent(
          Driver.INPUT_TOKENS,
          (driver, fresh) ->
              new DrawnRates.Rate(
                  mixed(fresh.insideFacilityKwh(), cached.insideFacilityKwh()),
                  mixed(fresh.networkKwh(), cached.networkKwh()),
                  mixed(fresh.embodiedKg(), cached.embodiedKg())));
      changed.computeIfPresent(
          Driver.INPUT_TOKEN_PAIRS,
          (driver, pairs) ->
              new DrawnRates.Rate(
                  withoutPairs(pairs.insideFacilityKwh()),
                  pairs.networkKwh(),
                  withoutPairs(pairs.embodiedKg())));
      return new DrawnRates(changed);
    }

    private Drawn mixed(Drawn fresh, Drawn cached) {
      Drawn moved = combined(cached, share, (rate, part) -> rate * part);
      Drawn left = combined(fresh, share, (rate, part) -> rate * (1 - part));
      return combined(left, moved, Double::sum);
    }

    private Drawn withoutPairs(Drawn pairs) {
      return combined(pairs, share, (rate, part) -> rate * (1 - part * part));
    }

    @Override
    public Volumes billed(Volumes volumes) {
      double fresh = volumes.get(Driver.INPUT_TOKENS);
      double moved = fresh * share.median();
      Volumes.Builder billed = new Volumes.Builder();
      volumes
          .asMap()
          .forEach((driver, volume) ->
              billed.add(driver, driver == Driver.INPUT_TOKENS ? fresh - moved : volume));
      return billed.add(Driver.CACHED_INPUT_TOKENS, moved).build();
    }
  }

  /**
   * A facility whose overhead is no more than that.
   *
   * @param pue power usage effectiveness, at least 1; a site that is better already stays as it is
   */
  record OverheadAtMost(Drawn pue) implements Adjustment {
    @Override
    public DrawnSite of(DrawnSite site) {
      DrawnSite.PerKwh energy = site.perKwh().get(Impact.ENERGY_KWH);
      if (energy == null) {
        return site;
      }
      Drawn part = combined(pue, energy.inside(), (wanted, now) -> Math.min(1, wanted / now));
      Map<Impact, DrawnSite.PerKwh> changed = new EnumMap<>(Impact.class);
      site.perKwh()
          .forEach((impact, perKwh) ->
              changed.put(
                  impact,
                  impact == Impact.WATER_ON_SITE_L
                      ? perKwh
                      : new DrawnSite.PerKwh(
                          combined(perKwh.inside(), part, (one, other) -> one * other),
                          perKwh.network())));
      return new DrawnSite(changed);
    }
  }

  private static Drawn combined(Drawn one, Drawn other, DoubleBinaryOperator operation) {
    double[] draws = new double[one.draws().length];
    for (int k = 0; k < draws.length; k++) {
      draws[k] = operation.applyAsDouble(one.draws()[k], other.draws()[k]);
    }
    return new Drawn(operation.applyAsDouble(one.median(), other.median()), draws);
  }
}
