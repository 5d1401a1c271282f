package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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

  /** What work costs, as far as prices are known. */
  double of(String model, String site, Volumes billed, double energyKwh) {
    double cost = electricityPerKwh.getOrDefault(site, 0.0) * energyKwh;
    for (Map.Entry<Driver, Double> price : models.getOrDefault(model, Map.of()).entrySet()) {
      cost += price.getValue() * billed.get(price.getKey());
    }
    return cost;
  }

  /** Which of a model and a site has no price where others have one. */
  Set<String> unknown(String model, String site) {
    Set<String> unknown = new HashSet<>();
    if (!models.isEmpty() && !models.containsKey(model)) {
      unknown.add(model);
    }
    if (!electricityPerKwh.isEmpty() && !electricityPerKwh.containsKey(site)) {
      unknown.add(site);
    }
    return unknown;
  }

  boolean areKnown() {
    return !models.isEmpty() || !electricityPerKwh.isEmpty();
  }
}
