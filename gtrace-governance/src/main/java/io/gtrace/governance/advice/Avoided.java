package io.gtrace.governance.advice;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What a change avoids: before less after, draw by draw, so that errors that both share fall out.
 * Below 0 where it adds.
 *
 * @param carbonKg location-based carbon with the share of making the hardware
 * @param embodiedKg the part of it that is the making of the hardware
 * @param probability share of the joint draws in which carbon is avoided
 * @param cost in the currency of the prices; empty where prices are not known
 */
public record Avoided(
    Quantity carbonKg,
    Quantity energyKwh,
    Quantity waterL,
    Quantity embodiedKg,
    double probability,
    OptionalDouble cost) {
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);
  private static final double[] BOUNDS = {(1 - Quantity.INTERVAL) / 2, (1 + Quantity.INTERVAL) / 2};

  static Avoided between(Outcome before, Outcome after) {
    double[] carbon = difference(before, after, Impact.CARBON_KG);
    int saved = 0;
    for (double each : carbon) {
      saved += each > 0 ? 1 : 0;
    }
    return new Avoided(
        quantity(before, after, Impact.CARBON_KG),
        quantity(before, after, Impact.ENERGY_KWH),
        quantity(before, after, Impact.WATER_L),
        quantity(before, after, Impact.EMBODIED_KG),
        (double) saved / carbon.length,
        before.cost().isPresent() && after.cost().isPresent()
            ? OptionalDouble.of(before.cost().getAsDouble() - after.cost().getAsDouble())
            : OptionalDouble.empty());
  }

  static double[] difference(Outcome before, Outcome after, Impact impact) {
    double[] difference = before.footprint().draws(impact);
    double[] other = after.footprint().draws(impact);
    for (int k = 0; k < difference.length; k++) {
      difference[k] -= other[k];
    }
    return difference;
  }

  private static Quantity quantity(Outcome before, Outcome after, Impact impact) {
    Footprint one = before.footprint();
    Footprint other = after.footprint();
    double[] bounds = QUANTILE.evaluate(difference(before, after, impact), BOUNDS);
    return new Quantity(one.median(impact) - other.median(impact), bounds[0], bounds[1]);
  }
}
