package io.gtrace.ledger.query;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/** The files of a state of a ledger, opened in the database. */
final class StoredLedger implements AutoCloseable {
  private final LedgerDatabase database;
  private final Ledger.Snapshot ledger;
  private final RollupFiles.Pricing pricing;
  private final CellTables tables;
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

  /** The table with the fewest cells that tells of some dimensions and a period. */
  CellTable table(Collection<GroupBy> dimensions, Period period) {
    return tables.of(dimensions, period);
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
