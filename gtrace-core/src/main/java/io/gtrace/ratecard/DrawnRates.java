package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one unit of each driver costs for one model on one kind of hardware, as plain numbers: an
 * estimator compiled. The same for all sites with that hardware. Compared by identity.
 */
public final class DrawnRates {
  private final List<Driver> drivers;
  private final List<Rate> rates;

  /**
   * The rates of one driver.
   *
   * @param insideFacilityKwh energy that the facility's overhead applies to
   * @param networkKwh energy outside the facility
   * @param embodiedKg wear of the hardware, kgCO2e
   */
  public record Rate(Drawn insideFacilityKwh, Drawn networkKwh, Drawn embodiedKg) {}

  /**
   * @param rates of the drivers that cost something; all with the same number of draws
   */
  public DrawnRates(Map<Driver, Rate> rates) {
    Map<Driver, Rate> sorted = new TreeMap<>(rates);
    drivers = List.copyOf(sorted.keySet());
    this.rates = List.copyOf(sorted.values());
  }

  /** The drivers with a rate, in the order of {@link Driver}. */
  public List<Driver> drivers() {
    return drivers;
  }

  /** The rate of the driver that stands at that place of {@link #drivers}. */
  public Rate rate(int d) {
    return rates.get(d);
  }

  int drawCount() {
    return rates.isEmpty() ? 0 : rates.get(0).insideFacilityKwh().draws().length;
  }
}
