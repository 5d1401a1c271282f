package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import java.util.List;

/**
 * A table of sums of events that answers some questions.
 *
 * @param name of the table or view
 * @param weighted whether its cells are sums of several hours, and have a column for the volume of
 *     each driver weighted by its hours, see {@link #weighted(Driver, Impact)}
 * @param drivers those of which it has columns: there are no volumes of others
 */
record CellTable(String name, boolean weighted, List<Driver> drivers) {
  /** The roll-ups as they are sealed. */
  static final CellTable ROLLUP = new CellTable("rollup", false, EventSchema.DRIVERS);

  CellTable {
    drivers = List.copyOf(drivers);
  }

  /** The same asked for no other drivers. */
  CellTable withDrivers(List<Driver> some) {
    return new CellTable(name, weighted, some);
  }

  /** The column of the volume of a driver weighted by the hours of an impact. */
  static String weighted(Driver driver, Impact impact) {
    return driver.label() + "_by_" + EventSchema.column(impact);
  }

  /** The volume of a driver of a cell weighted by its hours, where the card is joined. */
  String volume(Driver driver, Impact impact) {
    return weighted
        ? "cell." + weighted(driver, impact)
        : "cell." + driver.label() + " * " + EventSchema.hourRatio(impact).orElseThrow();
  }

  /** The median of an impact that is no sum of others, of a cell where the card is joined. */
  String median(Impact basic) {
    boolean isHourly = EventSchema.HOURLY_IMPACTS.contains(basic);
    return EventSchema.product(
        basic, drivers, driver -> isHourly ? volume(driver, basic) : "cell." + driver.label());
  }

  /** The table, as {@code cell}, joined with the card that prices it. */
  String priced() {
    return name
        + " AS cell"
        + EventSchema.joinCard("cell", "hour", "cell.factor_set")
        + (weighted ? "" : EventSchema.joinHour("cell.hour"));
  }
}
