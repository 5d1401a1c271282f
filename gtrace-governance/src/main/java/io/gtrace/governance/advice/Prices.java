package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an organisation pays.
 *
 * @param currency such as EUR; empty where no price is known
 * @param models price of a unit of each driver, by canonical id of the model
 * @param electricityPerKwh by canonical name of the site, where the organisation pays for it
 */
public record Prices(
    String currency,
    Map<String, Map<Driver, Double>> models,
    Map<String, Double> electricityPerKwh) {

  /** Nothing is known. */
  public static final Prices NONE = new Prices("", Map.of(), Map.of());

  public Prices {
    Map<String, Map<Driver, Double>> copy = new HashMap<>();
    models.forEach(
        (model, prices) -> copy.put(model, Collections.unmodifiableMap(new EnumMap<>(prices))));
    models = Collections.unmodifiableMap(copy);
    electricityPerKwh = Map.copyOf(electricityPerKwh);
  }

  /**
   * What work costs; empty where neither a price of the model nor of the site's electricity is
   * known.
   */
  OptionalDouble of(String model, String site, Volumes billed, double energyKwh) {
    Map<Driver, Double> prices = models.get(model);
    Double perKwh = electricityPerKwh.get(site);
    if (prices == null && perKwh == null) {
      return OptionalDouble.empty();
    }
    double cost = perKwh == null ? 0 : perKwh * energyKwh;
    if (prices != null) {
      for (Map.Entry<Driver, Double> price : prices.entrySet()) {
        cost += price.getValue() * billed.get(price.getKey());
      }
    }
    return OptionalDouble.of(cost);
  }
}
