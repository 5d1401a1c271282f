package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.HourlyWork;
import java.util.List;

/**
 * The volumes of a group of cells. They are negative where the group takes back what others booked.
 */
final class Amounts {
  private final Columns columns;
  private final double[] volumes;
  private final double[] locationBased;
  private final double[] marketBased;
  private final int slot;

  /** Of which drivers there are volumes, and where. */
  static final class Columns {
    private final List<Driver> drivers;
    private final int[] positions = new int[Driver.values().length];

    Columns(List<Driver> drivers) {
      this.drivers = List.copyOf(drivers);
      for (Driver driver : Driver.values()) {
        positions[driver.ordinal()] = drivers.indexOf(driver);
      }
    }

    List<Driver> drivers() {
      return drivers;
    }

    int count() {
      return drivers.size();
    }
  }

  private Amounts(
      Columns columns, double[] volumes, double[] locationBased, double[] marketBased, int slot) {
    this.columns = columns;
    this.volumes = volumes;
    this.locationBased = locationBased;
    this.marketBased = marketBased;
    this.slot = slot;
  }

  /**
   * Those of cells of one hour, which weights them all alike.
   *
   * @param volumes not to be changed any more
   * @param slot of the hour; {@link WorkOfHour#NO_TIME} of what has no time
   */
  static Amounts ofHour(Columns columns, double[] volumes, int slot) {
    return new Amounts(columns, volumes, volumes, volumes, slot);
  }

  /**
   * Those of cells of several hours.
   *
   * @param volumes none of these to be changed any more
   * @param locationBased the volumes weighted by the hours of the grid
   * @param marketBased the volumes weighted by the hours of the contract
   */
  static Amounts weighted(
      Columns columns, double[] volumes, double[] locationBased, double[] marketBased) {
    return new Amounts(columns, volumes, locationBased, marketBased, WorkOfHour.NO_TIME);
  }

  /** The volume of a driver. */
  double of(Driver driver) {
    return at(volumes, driver);
  }

  private double at(double[] amounts, Driver driver) {
    int position = columns.positions[driver.ordinal()];
    return position < 0 ? 0 : amounts[position];
  }

  /**
   * The group as work at a row of the card.
   *
   * @param hours of its site over the year, slot by slot; none if only the year is known
   */
  HourlyWork at(DrawnRow row, List<HourRatios> hours) {
    HourRatios hour = StoredCard.ofSlot(hours, slot);
    return new HourlyWork(
        row,
        this::of,
        driver -> at(locationBased, driver) * hour.locationBased(),
        driver -> at(marketBased, driver) * hour.marketBased());
  }

  /** What was taken back leaves nothing, but for the last digits. */
  static double notNegative(double sum) {
    return Math.max(0, sum);
  }
}
