package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The roll-ups of a large ledger summed by day, in one file, so that a question need not read every
 * hour of every batch. It belongs to one head of the ledger, adds nothing to what is sealed, and is
 * made anew where it is missing.
 */
public final class RollupCache {
  private static final String NAME = "days";

  /** Fewer cells are read as fast as they are. */
  private static final long FEW_CELLS = 150_000;

  private static final String KEYS = "team, app, model, accelerator, site, modality, factor_set";

  private RollupCache() {}

  /** The file, by the newest prices, where there is one. */
  static Optional<Path> of(Ledger.Snapshot ledger) {
    return Optional.of(ledger.cached(NAME)).filter(Files::isRegularFile);
  }

  /** What the cache calls the volume of a driver weighted by the hours of an impact. */
  static String weighted(Driver driver, Impact impact) {
    return driver.label() + "_by_" + EventSchema.column(impact);
  }

  /**
   * Makes the cache of the newest head, if there is none and the ledger is large.
   *
   * @return what went wrong, for people; empty if nothing did. The ledger is right without it
   */
  public static Optional<String> refresh(LedgerWriter writer) {
    return refresh(writer, FEW_CELLS);
  }

  /** With another size from which a ledger is large. */
  static Optional<String> refresh(LedgerWriter writer, long fewCells) {
    Ledger.Snapshot ledger = writer.snapshot();
    if (cells(ledger) < fewCells || of(ledger).isPresent()) {
      return Optional.empty();
    }
    try (LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()))) {
      Path file = writer.work().resolve(NAME + ".parquet");
      database.copy(days(database, ledger), file);
      writer.keepCached(NAME, file);
      return Optional.empty();
    } catch (SQLException failed) {
      return Optional.of(words(LedgerDatabase.reason(failed)));
    } catch (UncheckedIOException failed) {
      return Optional.of(words(String.valueOf(failed.getMessage())));
    } catch (IOException failed) {
      return Optional.of(words(String.valueOf(failed.getMessage())));
    }
  }

  private static String words(String reason) {
    return "questions to the ledger will take longer, since sums by day cannot be kept: " + reason;
  }

  private static long cells(Ledger.Snapshot ledger) {
    return ledger.live(Content.ROLLUP).stream().mapToLong(SealedFile::rows).sum();
  }

  /** The sums of an earlier head and what was added since, or of everything. */
  private static String days(LedgerDatabase database, Ledger.Snapshot ledger) throws SQLException {
    List<Path> all = RollupFiles.of(ledger, RollupFiles.Pricing.CURRENT);
    for (int batch = ledger.head().batch() - 1; batch > 0; batch--) {
      if (!ledger.onlyAddsAfter(batch)) {
        break;
      }
      Path earlier = ledger.cached(NAME, batch);
      if (Files.isRegularFile(earlier)) {
        List<Path> added = RollupFiles.after(ledger, batch);
        return added.isEmpty()
            ? "SELECT * FROM " + LedgerDatabase.parquet(List.of(earlier))
            : summed(
                "(SELECT * FROM "
                    + LedgerDatabase.parquet(List.of(earlier))
                    + " UNION ALL BY NAME "
                    + weighing(database, ledger, added)
                    + ")");
      }
    }
    return summed("(" + weighing(database, ledger, all) + ")");
  }

  private static String weighing(
      LedgerDatabase database, Ledger.Snapshot ledger, List<Path> rollups) throws SQLException {
    LedgerViews.createCard(database, ledger);
    String weighted =
        EventSchema.DRIVERS.stream()
            .map(driver ->
                "cell."
                    + driver.label()
                    + EventSchema.HOURLY_IMPACTS.stream()
                        .map(impact -> weighing(driver, impact))
                        .collect(Collectors.joining()))
            .collect(Collectors.joining(", "));
    String keys =
        List.of(KEYS.split(", ")).stream()
            .map(key -> "cell." + key)
            .collect(Collectors.joining(", "));
    return "SELECT date_trunc('day', cell.hour) AS hour, "
        + keys
        + ", cell.activities, "
        + weighted
        + " FROM "
        + LedgerDatabase.parquet(rollups)
        + " AS cell"
        + EventSchema.joinCard("cell", "hour", "cell.factor_set");
  }

  private static String weighing(Driver driver, Impact impact) {
    return ", cell."
        + driver.label()
        + " * "
        + EventSchema.hourRatio(impact, "cell.hour").orElseThrow()
        + " AS "
        + weighted(driver, impact);
  }

  private static String summed(String cells) {
    String sums =
        EventSchema.DRIVERS.stream()
            .flatMap(driver ->
                Stream.concat(
                    Stream.of(driver.label()),
                    EventSchema.HOURLY_IMPACTS.stream().map(impact -> weighted(driver, impact))))
            .map(column -> "sum(" + column + ") AS " + column)
            .collect(Collectors.joining(", "));
    return "SELECT hour, "
        + KEYS
        + ", sum(activities)::BIGINT AS activities, "
        + sums
        + " FROM "
        + cells
        + " GROUP BY ALL ORDER BY hour";
  }
}
