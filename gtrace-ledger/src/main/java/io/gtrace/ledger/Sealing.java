package io.gtrace.ledger;

import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Seals what is staged, batch after batch, and keeps count of it. */
final class Sealing {
  private final RateCard card;
  private final String version;
  private final EventStage stage;
  private final EventBatch batch;
  private final Quarantine refused;
  private static final int MOST_NAMED = 20;

  /** Names of the sources of which something is staged. */
  private final Set<String> read = new LinkedHashSet<>();

  private String current = "";
  private final SourceNotes sourceNotes = new SourceNotes();
  private final Set<String> notes = new LinkedHashSet<>();
  private final List<Seal> seals = new ArrayList<>();
  private long added;
  private long duplicates;
  private long revised;
  private @Nullable UncheckedIOException failure;
  private long refusedBefore;

  /**
   * @param version of G-TRACE, for the seals
   */
  Sealing(RateCard card, String version, EventStage stage, EventBatch batch, Quarantine refused) {
    this.card = card;
    this.version = version;
    this.stage = stage;
    this.batch = batch;
    this.refused = refused;
  }

  /** Seals name a source that is being read. */
  void reading(UsageSource source) {
    current = String.valueOf(Path.of(source.name()).getFileName());
    read.add(current);
  }

  /** What people must know about the sources. */
  SourceNotes sourceNotes() {
    return sourceNotes;
  }

  /**
   * Seals what is staged.
   *
   * @param marks how far sources were read, all of which is staged or sealed
   * @return the seal; empty if none of it is new
   */
  Optional<Seal> seal(LedgerWriter writer, Map<String, String> marks) {
    if (stage.rows() == 0) {
      return Optional.empty();
    }
    if (failure != null) {
      throw failure;
    }
    try {
      EventBatch.Outcome outcome = batch.write(writer);
      added += outcome.fresh();
      duplicates += outcome.duplicates();
      revised += outcome.revised();
      outcome.note().ifPresent(notes::add);
      Optional<Seal> seal =
          outcome.changesTheLedger() ? Optional.of(seal(writer, outcome, marks)) : Optional.empty();
      seal.ifPresent(seals::add);
      stage.clear();
      read.retainAll(Set.of(current));
      return seal;
    } catch (SQLException failed) {
      throw remembered(notWritten(failed));
    } catch (UncheckedIOException failed) {
      throw remembered(failed);
    }
  }

  /** Files that were not written count as written here: a batch that is tried again lacks them. */
  private UncheckedIOException remembered(UncheckedIOException failed) {
    failure = failed;
    return failed;
  }

  private Seal seal(LedgerWriter writer, EventBatch.Outcome outcome, Map<String, String> marks) {
    long refusedNow = refused.count();
    Seal seal =
        writer.seal(
            new LedgerWriter.About(
                Seal.Kind.APPEND,
                card.catalogue().factorSet(),
                LedgerIngest.METHOD,
                version,
                "read "
                    + read.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (read.size() > MOST_NAMED
                        ? " and " + (read.size() - MOST_NAMED) + " others"
                        : "")
                    + (outcome.revised() > 0 ? "; buckets revised: " + outcome.revised() : ""),
                outcome.duplicates(),
                refusedNow - refusedBefore,
                marks),
            List.of());
    refusedBefore = refusedNow;
    return seal;
  }

  static UncheckedIOException notWritten(SQLException failed) {
    return new UncheckedIOException(
        new IOException("the ledger cannot be written: " + LedgerDatabase.reason(failed), failed));
  }

  /** Keeps sums for fast answers, and merges small batches. */
  void upkeep(LedgerWriter writer) {
    try {
      notes.addAll(batch.upkeep(writer, version));
    } catch (SQLException failed) {
      throw notWritten(failed);
    }
  }

  /** To be called at the end: what came of it all. */
  LedgerIngest.Result result() {
    Optional<Path> kept = refused.finish();
    Set<String> all = sourceNotes.inWords();
    all.addAll(notes);
    return new LedgerIngest.Result(
        seals,
        added,
        duplicates,
        revised,
        refused.count(),
        refused.examples(),
        kept,
        refused.remark(),
        List.copyOf(all));
  }
}
