package io.gtrace.ledger.query;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.RollupFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Writes the events of a ledger into one file. */
public final class LedgerExport {
  private LedgerExport() {}

  /**
   * Writes the events of a period with the medians of their impacts as Parquet.
   *
   * @param pricing by which factors
   * @throws LedgerException if the ledger is empty or damaged
   * @throws IOException if the file cannot be written
   */
  public static void parquet(
      Ledger.Snapshot ledger, RollupFiles.Pricing pricing, Period period, Path file)
      throws IOException {
    try {
      write(ledger, pricing, period, file);
    } catch (LedgerException unreadable) {
      if (!ledger.isOutdated()) {
        throw unreadable;
      }
      // Somebody removed what was to be written: the newest state is there.
      write(ledger.ledger().snapshot(), pricing, period, file);
    }
  }

  private static void write(
      Ledger.Snapshot ledger, RollupFiles.Pricing pricing, Period period, Path file)
      throws IOException {
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      if (RollupFiles.of(ledger, pricing).isEmpty()) {
        throw new LedgerException("the ledger is empty: there is nothing to export");
      }
      LedgerViews.create(database, ledger, pricing);
      LedgerViews.createEvents(database, ledger);
      database.copy(LedgerQuery.ofPeriod(period), file);
    } catch (SQLException failed) {
      String reason = String.valueOf(failed.getMessage());
      if (reason.contains(file.toString())) {
        throw new FileSystemException(file.toString(), null, "the table cannot be stored there");
      }
      throw LedgerException.unreadable(failed);
    }
  }
}
