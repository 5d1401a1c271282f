package io.gtrace.ledger;

import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A batch of a ledger that many processes make together, on one machine or on several that see the
 * folder of the ledger: each makes a {@link BatchPart}, and this takes in the parts, rolls them up,
 * writes the card that prices them and seals all as one batch. Until then the ledger is as it was;
 * when {@link #seal} returns, all is in it. The lock for writers is held from beginning to end, and
 * let go of if this process dies. Not for sharing between threads.
 */
public final class BatchAssembly implements AutoCloseable {
  private final LedgerWriter writer;
  private final RateCard card;
  private final String version;

  /**
   * Takes the lock.
   *
   * @param wait how long to wait for another writer
   * @param clock tells when the batch is sealed
   * @param card what prices; the same that the parts are given
   * @param version of G-TRACE, for the seal
   * @throws LedgerException if the ledger is damaged, or another one writes for longer
   */
  public BatchAssembly(
      Ledger ledger, Duration wait, InstantSource clock, RateCard card, String version) {
    this.card = card;
    this.version = version;
    writer = ledger.writer(wait, clock);
    try {
      // The parts need it, and must not make one each.
      writer.userKey();
    } catch (RuntimeException damaged) {
      writer.close();
      throw damaged;
    }
  }

  /** What those who make parts must know. */
  public BatchPlan plan() {
    return new BatchPlan(writer.snapshot().ledger().folder().toString(), writer.nextBatch());
  }

  /** How far a source was read before, as an earlier seal says. */
  public Optional<String> mark(String source) {
    return writer.snapshot().mark(source);
  }

  /**
   * What came of a batch.
   *
   * @param seal of the batch; empty if there was nothing new, then the ledger is unchanged
   * @param added events that are new
   * @param duplicates events that the ledger has already, or that were there twice
   * @param revised metered buckets of which larger counts took the place of those in the ledger
   * @param refused rows that were not accounted
   * @param refusals the first of them
   * @param quarantine the file that keeps them
   * @param notes what a reader must know besides
   */
  public record Result(
      Optional<Seal> seal,
      long added,
      long duplicates,
      long revised,
      long refused,
      List<Refusal> refusals,
      Optional<Path> quarantine,
      List<String> notes) {
    /** Of what was not looked at, since the ledger has it. */
    public static final Result NOTHING =
        new Result(Optional.empty(), 0, 0, 0, 0, List.of(), Optional.empty(), List.of());

    public Result {
      refusals = List.copyOf(refusals);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Takes in parts and seals them; to be called once.
   *
   * @param parts what {@link BatchPart#finish} told of each
   * @param broken what could not be read at all, such as a file, and is to be told among the rows
   *     that were refused
   * @param reason for people who read the seals
   * @param marks how far sources were read, for {@link #mark}; a batch that has nothing but marks
   *     to tell is not sealed
   * @param quarantine where refused rows go
   * @throws UncheckedIOException if the ledger cannot be written
   */
  public Result seal(
      List<byte[]> parts,
      List<Refusal> broken,
      String reason,
      Map<String, String> marks,
      Path quarantine) {
    List<PartReport> reports = parts.stream().map(PartReport::of).toList();
    try (Quarantine refused = Quarantine.withoutLines(quarantine)) {
      broken.forEach(file -> refused.add(file.source(), file.line(), file.reason(), ""));
      for (PartReport report : reports) {
        refused.take(report.quarantine(), report.refused(), report.refusals());
      }
      long duplicates = reports.stream().mapToLong(PartReport::duplicates).sum();
      List<String> notes = new ArrayList<>();
      Optional<Seal> seal =
          sealed(
              reports,
              new LedgerWriter.About(
                  Seal.Kind.APPEND,
                  card.catalogue().factorSet(),
                  LedgerIngest.METHOD,
                  version,
                  reason,
                  duplicates,
                  refused.count(),
                  marks),
              notes);
      Optional<Path> kept = refused.finish();
      return new Result(
          seal,
          reports.stream().mapToLong(PartReport::added).sum(),
          duplicates,
          reports.stream().mapToLong(PartReport::revised).sum(),
          refused.count(),
          refused.examples(),
          kept,
          notes);
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Seal> sealed(
      List<PartReport> reports, LedgerWriter.About about, List<String> notes) throws SQLException {
    List<SealedFile> rollups = files(reports, Content.ROLLUP);
    if (rollups.isEmpty()) {
      return Optional.empty();
    }
    try (LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()))) {
      rollUp(database, rollups);
      Map<String, List<SealedFile>> byDay =
          files(reports, Content.EVENTS).stream()
              .collect(Collectors.groupingBy(EventBatch::dayOf, TreeMap::new, Collectors.toList()));
      byDay.forEach(writer::adopt);
      Seal seal = writer.seal(about, List.of());
      notes.addAll(EventBatch.upkeep(writer, database, version));
      return Optional.of(seal);
    }
  }

  private void rollUp(LedgerDatabase database, List<SealedFile> parts) throws SQLException {
    CardStage cards = new CardStage(database, card, writer.snapshot());
    EventRollup rollup = new EventRollup(database);
    List<Path> paths = parts.stream().map(writer.snapshot()::path).toList();
    rollup.sumRollups(
        "SELECT * EXCLUDE (factor_set, "
            + EventSchema.BASIC_IMPACTS.stream()
                .map(EventSchema::column)
                .collect(Collectors.joining(", "))
            + ") FROM "
            + EventSchema.rollups(paths));
    cards.complete("cell", writer.nextBatch());
    rollup.price(cards.factorSet(), cards.version());
    cards.write(writer);
    rollup.write(writer, Content.ROLLUP, writer.fileFor(Content.ROLLUP, ""));
  }

  private static List<SealedFile> files(List<PartReport> reports, Content content) {
    return reports.stream()
        .flatMap(report -> report.files().stream())
        .filter(file -> file.content() == content)
        .toList();
  }

  /** Lets go of the lock; what was not sealed is removed. */
  @Override
  public void close() {
    writer.close();
  }
}
