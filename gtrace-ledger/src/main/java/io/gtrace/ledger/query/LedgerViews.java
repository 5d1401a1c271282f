package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Run;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;

/** The tables that a question to a ledger may name. */
final class LedgerViews {
  /** AT is a word of SQL, and would need quotes in every question. */
  private static final String EVERYTHING = "* RENAME (\"at\" AS \"time\")";

  /** {@link GroupBy#GRID_FACTOR} of what has a time, by the rows of the card: there are few. */
  private static final String GRID_FACTOR =
      "CASE WHEN len(list_filter(notes, lambda note: note LIKE 'no grid intensity for %' OR note"
          + " LIKE 'no region given: %')) > 0 THEN 'estimated' WHEN site_no NOT IN (SELECT site_no"
          + " FROM card_hour WHERE ratio <> 1) THEN 'annual' ELSE 'hourly' END";

  private LedgerViews() {}

  /** Creates them, but for those of single events, and views of the sums that are kept. */
  static CellTables create(
      LedgerDatabase database, Ledger.Snapshot ledger, RollupFiles.Pricing pricing)
      throws SQLException {
    database.execute(
        "CREATE VIEW rollup AS SELECT * FROM "
            + RollupFiles.cells(database, RollupFiles.of(ledger, pricing)));
    createCard(database, ledger);
    createPricing(database, ledger, pricing);
    return pricing == RollupFiles.Pricing.CURRENT
        ? CellTables.of(database, ledger)
        : CellTables.NONE_KEPT;
  }

  /** Creates the tables that price. */
  static void createCard(LedgerDatabase database, Ledger.Snapshot ledger) throws SQLException {
    database.execute(
        "CREATE TABLE card_row AS " + EventSchema.cardRows(paths(ledger, Content.CARD_ROWS)));
    database.execute(
        "CREATE TABLE card_hour AS " + EventSchema.cardHours(paths(ledger, Content.CARD_HOURS)));
    database.execute(
        "CREATE TABLE unit_card AS SELECT *, "
            + GRID_FACTOR
            + " AS grid_factor FROM ("
            + EventSchema.unitCard(EventSchema.DRIVERS)
            + ")");
  }

  /** Creates the table that tells by which factors the events of a batch are priced. */
  private static void createPricing(
      LedgerDatabase database, Ledger.Snapshot ledger, RollupFiles.Pricing pricing)
      throws SQLException {
    database.execute("CREATE TABLE batch_pricing (batch INTEGER, factor_set VARCHAR)");
    try (DuckDBAppender rows = database.appender("batch_pricing")) {
      for (Run run : ledger.runs()) {
        rows.beginRow()
            .append(run.batch())
            .append(RollupFiles.factorSet(ledger, run.batch(), pricing))
            .endRow();
      }
    }
  }

  /** Creates the table of all batches, which are many: only for who asks in SQL. */
  static void createBatches(
      LedgerDatabase database, Ledger.Snapshot ledger, RollupFiles.Pricing pricing)
      throws SQLException {
    database.execute(
        "CREATE TABLE batches (batch INTEGER, kind VARCHAR, sealed_at TIMESTAMP, events BIGINT,"
            + " duplicates BIGINT, refused BIGINT, reason VARCHAR, sealed_factor_set VARCHAR,"
            + " factor_set VARCHAR)");
    int repriced = pricing == RollupFiles.Pricing.CURRENT ? RollupFiles.lastRepricing(ledger) : 0;
    String current = RollupFiles.factorSet(ledger, repriced, pricing);
    try (DuckDBAppender rows = database.appender("batches")) {
      for (Seal seal : ledger.seals()) {
        rows.beginRow()
            .append(seal.number())
            .append(seal.kind().name())
            .append(seal.sealedAt().atOffset(ZoneOffset.UTC).toLocalDateTime())
            .append(seal.events())
            .append(seal.duplicates())
            .append(seal.refused())
            .append(seal.reason())
            .append(seal.factorSet())
            .append(seal.number() <= repriced ? current : seal.factorSet())
            .endRow();
      }
    }
  }

  /** Creates the views of single events, which have many files: only for who asks for events. */
  static void createEvents(LedgerDatabase database, Ledger.Snapshot ledger) throws SQLException {
    List<Path> files = paths(ledger, Content.EVENTS);
    if (files.isEmpty()) {
      return;
    }
    database.execute("CREATE VIEW stored_events AS " + EventSchema.events(files));
    database.execute("CREATE VIEW events AS SELECT " + EVERYTHING + " FROM stored_events");
    database.execute("CREATE VIEW priced_events AS " + priced("stored_events"));
  }

  /**
   * A query of events with the medians of their impacts.
   *
   * @param events a view of events, or a query in brackets
   */
  static String priced(String events) {
    // Most events are priced by their tokens, and need not be asked for anything else.
    String byToken = "modality IN ('text', 'embedding')";
    return priced(events + " WHERE " + byToken, EventSchema.TOKEN_DRIVERS)
        + " UNION ALL "
        + priced(events + " WHERE NOT (" + byToken + ")", EventSchema.DRIVERS);
  }

  private static String priced(String events, Collection<Driver> drivers) {
    String medians =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact ->
                EventSchema.median(impact, drivers, EventSchema::volumeName)
                    + " AS "
                    + EventSchema.column(impact))
            .collect(Collectors.joining(", "));
    List<String> sums = new ArrayList<>();
    sums.add(sum(Impact.CARBON_KG, Impact.OPERATIONAL_LOCATION_BASED_KG, Impact.EMBODIED_KG));
    sums.add(sum(Impact.WATER_L, Impact.WATER_ON_SITE_L, Impact.WATER_ELECTRICITY_L));
    return "SELECT "
        + EVERYTHING
        + ", "
        + String.join(", ", sums)
        + " FROM (SELECT event.* EXCLUDE ("
        + EventSchema.DRIVERS.stream()
            .map(EventSchema::volumeName)
            .collect(Collectors.joining(", "))
        + "), card.model AS priced_as, card.site_id, card.zone, card.factor_set, "
        + medians
        + " FROM "
        + EventSchema.withVolumes(events)
        + " AS event JOIN batch_pricing AS batches ON batches.batch = event.batch"
        + EventSchema.joinCard("event", "at", "batches.factor_set")
        + EventSchema.joinHour("event.\"at\"")
        + ")";
  }

  private static String sum(Impact total, Impact one, Impact other) {
    return EventSchema.column(one)
        + " + "
        + EventSchema.column(other)
        + " AS "
        + EventSchema.column(total);
  }

  /** Lets the database open no files but those of the ledger from now on. */
  static void lock(LedgerDatabase database, Ledger.Snapshot ledger, CellTables sums)
      throws SQLException {
    Stream<Path> sealed = ledger.live().values().stream().map(ledger::path);
    String files =
        Stream.concat(sealed, sums.files().stream())
            // What is asked for is the name without patterns; what is opened then is the name
            // itself.
            .flatMap(
                file -> Stream.of(LedgerDatabase.text(file.toString()), LedgerDatabase.file(file)))
            .distinct()
            .collect(Collectors.joining(", ", "[", "]"));
    database.execute("SET allowed_paths = " + files);
    database.execute("SET enable_external_access = false");
    database.execute("SET lock_configuration = true");
  }

  private static List<Path> paths(Ledger.Snapshot ledger, Content content) {
    return ledger.live(content).stream().map(ledger::path).toList();
  }
}
