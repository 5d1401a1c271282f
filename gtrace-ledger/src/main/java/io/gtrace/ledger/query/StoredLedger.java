package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The files of a state of a ledger, opened in the database. */
final class StoredLedger implements AutoCloseable {
  private final LedgerDatabase database;
  private final Ledger.Snapshot ledger;
  private final RollupFiles.Pricing pricing;
  private final CellTables tables;

  /** Those of the roll-ups; empty until somebody asks. */
  private List<Driver> drivers = List.of();

  private boolean eventsAsked;
  private boolean batchesAsked;

  private StoredLedger(
      LedgerDatabase database,
      Ledger.Snapshot ledger,
      RollupFiles.Pricing pricing,
      CellTables tables) {
    this.database = database;
    this.ledger = ledger;
    this.pricing = pricing;
    this.tables = tables;
  }

  /**
   * Opens them.
   *
   * @throws SQLException if some are damaged or gone
   */
  static StoredLedger open(Ledger.Snapshot ledger, RollupFiles.Pricing pricing)
      throws SQLException {
    LedgerDatabase database = LedgerDatabase.open(Optional.empty());
    try {
      CellTables tables = CellTables.NONE_KEPT;
      if (!RollupFiles.of(ledger, pricing).isEmpty()) {
        tables = LedgerViews.create(database, ledger, pricing);
        LedgerViews.lock(database, ledger, tables);
      }
      return new StoredLedger(database, ledger, pricing, tables);
    } catch (SQLException | RuntimeException failed) {
      database.close();
      throw failed;
    }
  }

  LedgerDatabase database() {
    return database;
  }

  /**
   * The table with the fewest cells that tells of some dimensions and a period, without columns
   * that hold nothing: to multiply those takes as long as all others.
   */
  CellTable table(Collection<GroupBy> dimensions, Period period) throws SQLException {
    CellTable soonest = tables.of(dimensions, period);
    if (!soonest.equals(CellTable.ROLLUP)) {
      return soonest;
    }
    if (drivers.isEmpty()) {
      drivers = List.copyOf(database.driversOf(CellTable.ROLLUP.name()));
    }
    return CellTable.ROLLUP.withDrivers(drivers);
  }

  /** Lets questions ask for events. */
  void viewEvents() throws SQLException {
    if (!eventsAsked) {
      LedgerViews.createEvents(database, ledger);
      eventsAsked = true;
    }
  }

  /** Lets questions ask for batches, whose seals are all read. */
  void tellBatches() throws SQLException {
    if (!batchesAsked) {
      LedgerViews.createBatches(database, ledger, pricing);
      batchesAsked = true;
    }
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
