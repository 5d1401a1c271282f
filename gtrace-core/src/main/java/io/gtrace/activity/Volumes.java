package io.gtrace.activity;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** How much of each driver was used; immutable. Volumes are finite and never negative. */
public final class Volumes {
  private static final Driver[] DRIVERS = Driver.values();

  /** No work at all. */
  public static final Volumes NONE = new Volumes(new double[DRIVERS.length]);

  private final double[] amounts;

  private Volumes(double[] amounts) {
    this.amounts = amounts;
  }

  /**
   * The volumes of the given drivers, all others zero.
   *
   * @throws IllegalArgumentException if an amount is negative, infinite or not a number
   */
  public static Volumes of(Map<Driver, Double> amounts) {
    Builder builder = new Builder();
    amounts.forEach(builder::add);
    return builder.build();
  }

  /** The volume of one driver, in {@link Driver#unit} units. */
  public double get(Driver driver) {
    return amounts[driver.ordinal()];
  }

  /** The volume of the driver with this ordinal; spares hot loops the enum. */
  public double get(int driverOrdinal) {
    return amounts[driverOrdinal];
  }

  public Volumes plus(Volumes other) {
    double[] sum = amounts.clone();
    for (int d = 0; d < sum.length; d++) {
      sum[d] += other.amounts[d];
    }
    return new Volumes(sum);
  }

  /** So many times these volumes; the factor at least 0. */
  public Volumes times(double factor) {
    Builder builder = new Builder();
    for (Driver driver : DRIVERS) {
      builder.add(driver, get(driver) * factor);
    }
    return builder.build();
  }

  public boolean isZero() {
    for (double amount : amounts) {
      if (amount != 0) {
        return false;
      }
    }
    return true;
  }

  /** The drivers that are not zero, in the order of {@link Driver}. */
  public Map<Driver, Double> asMap() {
    Map<Driver, Double> map = new EnumMap<>(Driver.class);
    for (Driver driver : DRIVERS) {
      if (get(driver) != 0) {
        map.put(driver, get(driver));
      }
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Volumes that && Arrays.equals(amounts, that.amounts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(amounts);
  }

  @Override
  public String toString() {
    return asMap().toString();
  }

  /** Collects volumes; not for sharing between threads. */
  public static final class Builder {
    private final double[] amounts = new double[DRIVERS.length];

    /**
     * Adds to the volume of a driver.
     *
     * @throws IllegalArgumentException if the amount is negative, infinite or not a number
     */
    public Builder add(Driver driver, double amount) {
      if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            driver.label() + " must be zero or more and finite, not " + amount);
      }
      amounts[driver.ordinal()] += amount;
      return this;
    }

    /** Adds all of these volumes. */
    public Builder add(Volumes volumes) {
      for (int d = 0; d < amounts.length; d++) {
        amounts[d] += volumes.amounts[d];
      }
      return this;
    }

    public Volumes build() {
      return new Volumes(amounts.clone());
    }
  }
}
