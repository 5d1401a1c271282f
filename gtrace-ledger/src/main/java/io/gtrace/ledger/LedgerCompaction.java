package io.gtrace.ledger;

import io.gtrace.ledger.query.RollupCache;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Run;
import io.gtrace.ledger.store.Seal;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Merges the small batches of a ledger that is fed often, so that its speed does not depend on how
 * many there were. The same events are read afterwards at the same prices; merged files are a batch
 * of their own, whose seal names what they stand for, and {@code verify} holds their sums against
 * the sums that were sealed before. Files that merged ones stand for stay for an hour, for whoever
 * is reading them.
 *
 * <p>Every append merges a little where many small batches have gathered; this does all that can be
 * done.
 */
public final class LedgerCompaction {
  private final InstantSource clock;
  private final String version;
  private final int sealsTogether;

  /**
   * @param version of G-TRACE, for the seals
   */
  public LedgerCompaction(InstantSource clock, String version) {
    this(clock, version, BatchMerge.SEALS);
  }

  /** With archives of another number of seals. */
  LedgerCompaction(InstantSource clock, String version, int sealsTogether) {
    this.clock = clock;
    this.version = version;
    this.sealsTogether = sealsTogether;
  }

  /**
   * What was merged.
   *
   * @param seals of the batches that say so; none if there was nothing to merge
   * @param filesBefore files of the ledger before
   * @param filesAfter files of the ledger now
   * @param note what a reader must know besides
   */
  public record Result(List<Seal> seals, int filesBefore, int filesAfter, Optional<String> note) {
    public Result {
      seals = List.copyOf(seals);
    }
  }

  /**
   * Merges all that can be merged.
   *
   * @param wait how long to wait for another writer
   * @throws LedgerException if the ledger is locked or damaged; what was merged before it was found
   *     to be stays so
   */
  public Result compact(Ledger ledger, Duration wait) {
    try (LedgerWriter writer = ledger.writer(wait, clock);
        LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()))) {
      int before = writer.snapshot().live().size();
      List<Seal> seals = new ArrayList<>();
      Optional<Seal> seal = step(writer, database);
      while (seal.isPresent()) {
        seals.add(seal.get());
        seal = step(writer, database);
      }
      Optional<String> note = seals.isEmpty() ? Optional.empty() : RollupCache.refresh(writer);
      return new Result(seals, before, writer.snapshot().live().size(), note);
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    }
  }

  private Optional<Seal> step(LedgerWriter writer, LedgerDatabase database) throws SQLException {
    List<Run> runs = MergePlan.of(writer.snapshot(), OptionalInt.empty()).any();
    return new BatchMerge(writer, database, sealsTogether).seal(runs, 2, version);
  }

  /**
   * Merges once, if many small batches have gathered.
   *
   * @return what went wrong, for people; empty if nothing did. The ledger is right without it
   */
  static Optional<String> afterAppend(
      LedgerWriter writer, LedgerDatabase database, String version) {
    try {
      List<Run> runs =
          MergePlan.of(writer.snapshot(), RollupCache.border(writer.snapshot())).next();
      new BatchMerge(writer, database, BatchMerge.SEALS).seal(runs, MergePlan.MANY, version);
      return Optional.empty();
    } catch (SQLException failed) {
      writer.discard();
      return Optional.of(words(LedgerDatabase.reason(failed)));
    } catch (LedgerException | UncheckedIOException failed) {
      writer.discard();
      return Optional.of(words(String.valueOf(failed.getMessage())));
    }
  }

  private static String words(String reason) {
    return "small batches are not merged: " + reason;
  }
}
