package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.RollupCache;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile.Content;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Prices a ledger anew. What was sealed stays as it is and can still be asked for; the new prices
 * are a batch of their own.
 */
public final class LedgerReprice {
  private static final String TOKENS = "modality IN ('text', 'embedding')";

  private final RateCard card;
  private final InstantSource clock;
  private final String version;

  /**
   * @param card prices from now on; it should allow fallbacks, as the ledger may hold unknown names
   * @param version of G-TRACE, for the seal
   */
  public LedgerReprice(RateCard card, InstantSource clock, String version) {
    this.card = card;
    this.clock = clock;
    this.version = version;
  }

  /**
   * What the new prices change.
   *
   * @param before the whole ledger by the prices until now
   * @param after by the new ones
   * @param seal of the new batch; empty if the ledger was priced by these factors already
   * @param note what a reader must know besides
   */
  public record Restatement(
      QueryLine before, QueryLine after, Optional<Seal> seal, Optional<String> note) {}

  /**
   * Prices all events of a ledger by this card.
   *
   * @param wait how long to wait for another writer
   * @throws LedgerException if the ledger is locked or damaged, or if events that the new prices
   *     need were removed
   */
  public Restatement reprice(Ledger ledger, Duration wait) {
    try (LedgerWriter writer = ledger.writer(wait, clock)) {
      QueryLine before = total(writer.snapshot());
      if (isPricedAlready(writer.snapshot())) {
        return new Restatement(before, before, Optional.empty(), Optional.empty());
      }
      Seal seal = write(writer);
      Optional<String> note = RollupCache.refresh(writer);
      return new Restatement(before, total(writer.snapshot()), Optional.of(seal), note);
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    }
  }

  private static QueryLine total(Ledger.Snapshot snapshot) {
    try (LedgerQuery query = LedgerQuery.open(snapshot, Pricing.CURRENT)) {
      return query.total(Period.ALL);
    }
  }

  private boolean isPricedAlready(Ledger.Snapshot snapshot) {
    String factorSet = card.catalogue().factorSet();
    return snapshot.runs().stream()
        .map(run -> RollupFiles.factorSet(snapshot, run.batch(), Pricing.CURRENT))
        .allMatch(factorSet::equals);
  }

  private Seal write(LedgerWriter writer) throws SQLException {
    Ledger.Snapshot snapshot = writer.snapshot();
    try (LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()));
        EventStage stage = new EventStage(database, writer.userKey())) {
      CardStage cards = new CardStage(database, card, snapshot);
      stageSized(database, snapshot, stage);
      database.execute(
          "CREATE VIEW sized AS SELECT * FROM stage_event JOIN stage_kind USING (kind) JOIN"
              + " stage_amount USING (row_no)");
      EventRollup rollup = new EventRollup(database);
      rollup.sum("sized");
      rollup.add(
          "SELECT * FROM "
              + EventSchema.rollups(RollupFiles.of(snapshot, Pricing.AS_SEALED))
              + " WHERE "
              + TOKENS);
      cards.complete("cell", writer.nextBatch());
      rollup.price(cards.factorSet(), cards.version());
      rollup.write(
          writer, Content.REPRICED_ROLLUP, writer.fileFor(Content.REPRICED_ROLLUP, "repriced"));
      cards.write(writer);
    }
    return writer.seal(
        new LedgerWriter.About(
            Seal.Kind.REPRICE,
            card.catalogue().factorSet(),
            LedgerIngest.METHOD,
            version,
            "priced anew",
            0,
            0,
            Map.of()),
        List.of());
  }

  /**
   * Volumes of tokens stay what they are; those of images, sound and training may follow from sizes
   * that the new factors know better.
   */
  private void stageSized(LedgerDatabase database, Ledger.Snapshot snapshot, EventStage stage)
      throws SQLException {
    List<Path> files = snapshot.live(Content.EVENTS).stream().map(snapshot::path).toList();
    long rolledUp =
        database.number(
            "SELECT coalesce(sum(activities), 0) FROM "
                + EventSchema.rollups(RollupFiles.of(snapshot, Pricing.AS_SEALED))
                + " WHERE NOT "
                + TOKENS);
    if (rolledUp == 0) {
      return;
    }
    if (files.isEmpty()) {
      throw removed();
    }
    ActivityParser parser = new ActivityParser(card.catalogue(), Instant.MAX.minusSeconds(3_600));
    List<Long> takingBack = new ArrayList<>();
    stage.nextSource();
    try (Statement statement = database.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * REPLACE ("
                    + reportedAmounts(name -> "abs(" + name + ")")
                    + "), epoch_ms(\"at\") AS at_ms, "
                    + EventSchema.TAKES_BACK
                    + " AS takes_back FROM "
                    + EventSchema.events(files)
                    + " WHERE NOT "
                    + TOKENS)) {
      while (row.next()) {
        UsageRow stored = StoredEvent.of(row);
        Activity activity = parser.parse(stored);
        CardRow cardRow = card.row(activity);
        stage.add(stored, activity, cardRow);
        if (row.getBoolean("takes_back")) {
          takingBack.add(stage.rows() - 1);
        }
      }
    } catch (RefusedRowException notAsWritten) {
      throw new LedgerException(
          "the ledger is damaged: an event cannot be read: " + notAsWritten.getMessage(),
          notAsWritten);
    }
    if (stage.rows() - 2L * takingBack.size() != rolledUp) {
      throw removed();
    }
    stage.flush();
    takeBack(database, takingBack);
  }

  private static String reportedAmounts(UnaryOperator<String> changed) {
    return EventSchema.REPORTED_AMOUNTS.stream()
        .map(name -> "reported_" + name)
        .map(name -> changed.apply(name) + " AS " + name)
        .collect(Collectors.joining(", "));
  }

  /** Makes the amounts of staged events negative. */
  private static void takeBack(LedgerDatabase database, List<Long> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String these = rows.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    database.execute("UPDATE stage_event SET requests = -requests WHERE row_no IN " + these);
    database.execute(
        "UPDATE stage_amount SET "
            + EventSchema.AMOUNT_COLUMNS.stream()
                .map(EventSchema.Column::quoted)
                .map(name -> name + " = -" + name)
                .collect(Collectors.joining(", "))
            + " WHERE row_no IN "
            + these);
  }

  private static LedgerException removed() {
    return new LedgerException(
        "events of images, sound or training were removed from the ledger, and their volumes cannot"
            + " be computed anew; keep the prices that they were sealed with");
  }
}
