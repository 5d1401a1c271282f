package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.PartFiles;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a batch that many processes make together, each from rows that no other has: events
 * with the same request id, or events without one that say the same, must come to the same part.
 * What it writes belongs to nothing before a {@link BatchAssembly} takes it in, so a part that
 * failed is made again under another name. Not for sharing between threads.
 */
public final class BatchPart implements AutoCloseable {
  private static final long MOST_EVENTS_AT_ONCE = 500_000;

  private final PartFiles files;
  private final SpillFolder spill;
  private final LedgerDatabase database;
  private final EventStage stage;
  private final EventBatch batch;
  private final Quarantine refused;
  private final ActivityParser parser;
  private final ActivityPricing pricing;
  private final long mostAtOnce;
  private String lastSource = "";
  private long added;
  private long duplicates;
  private long revised;

  /**
   * @param name tells the part from all others, and from other tries at the same part; letters,
   *     digits and hyphens
   * @param card what prices; that of the assembly
   * @param clock events later than it are refused
   * @throws LedgerException if the batch is sealed by now, or was given up
   */
  public BatchPart(BatchPlan plan, String name, RateCard card, InstantSource clock) {
    this(plan, name, card, clock, MOST_EVENTS_AT_ONCE);
  }

  /** One that holds fewer events in memory at a time. */
  BatchPart(BatchPlan plan, String name, RateCard card, InstantSource clock, long mostAtOnce) {
    this.mostAtOnce = mostAtOnce;
    files = new PartFiles(Path.of(plan.ledger()), plan.batch(), name);
    refused = Quarantine.withoutLines(files.folder().resolve("refused.jsonl"));
    parser = new ActivityParser(card.catalogue(), clock);
    pricing = new ActivityPricing(card);
    spill = new SpillFolder();
    try {
      database = LedgerDatabase.open(Optional.of(spill.path()));
      stage = new EventStage(database, files.userKey());
      batch = new EventBatch(database, stage, new CardStage(database, card, files.snapshot()));
      stage.nextSource();
    } catch (SQLException failed) {
      spill.close();
      throw Sealing.notWritten(failed);
    }
  }

  /**
   * Adds a row, or keeps it among those that cannot be accounted.
   *
   * @param source what the row is from: events without a request id that are alike count as often
   *     as they are in one source, so its rows should come together
   * @param file what messages call where the row is from
   * @param line its place there; 0 if there is none
   * @param values what the row says, as files do
   */
  public void add(String source, String file, long line, Map<UsageColumn, String> values) {
    RowValues texts = new RowValues();
    values.forEach(texts::put);
    if (!source.equals(lastSource)) {
      stage.nextSource();
      lastSource = source;
    }
    add(file, texts.row(line, Map.of()));
  }

  /** Keeps a line that is no row among what cannot be accounted. */
  public void refuse(String file, long line, String reason) {
    refused.add(file, line, reason, "");
  }

  private void add(String file, UsageRow row) {
    try {
      Activity activity = parser.parse(row);
      CardRow priced = pricing.row(activity);
      stage.add(row, activity, priced);
    } catch (RefusedRowException not) {
      refused.add(file, row, not);
      return;
    }
    if (stage.rows() >= mostAtOnce) {
      write();
    }
  }

  private void write() {
    if (stage.rows() == 0) {
      return;
    }
    try {
      EventBatch.Outcome outcome = batch.write(files);
      added += outcome.fresh();
      duplicates += outcome.duplicates();
      revised += outcome.revised();
      stage.clear();
      files.nextRound();
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    }
  }

  /**
   * Writes what is left.
   *
   * @return what the assembly must be told
   */
  public byte[] finish() {
    write();
    Optional<Path> kept = refused.finish();
    return new PartReport(
            files.added(),
            added,
            duplicates,
            revised,
            refused.count(),
            refused.examples(),
            kept.map(Path::toString).orElse(""))
        .toBytes();
  }

  /** Lets go of memory and temporary files; what was finished stays. */
  @Override
  public void close() {
    try (spill;
        refused) {
      try {
        stage.close();
      } finally {
        database.close();
      }
    } catch (SQLException half) {
      // What was staged and not written is not wanted any more.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
