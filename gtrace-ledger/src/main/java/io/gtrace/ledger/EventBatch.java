package io.gtrace.ledger;

import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns staged events into the files of a batch: gives each an id, leaves out what the ledger has
 * already, prices what is new and rolls it up.
 *
 * <p>An event with a request id is known by that. One without is known by all it says, and by how
 * many like it came before it in its source: two calls that look alike are two, and the same file
 * read again is the same two.
 */
final class EventBatch {
  /** Where events without a time are kept. */
  static final String UNDATED = "undated";

  private final LedgerDatabase database;
  private final EventStage stage;
  private final CardStage card;
  private final EventRollup rollup;
  private final BucketRevisions revisions;

  EventBatch(LedgerDatabase database, EventStage stage, CardStage card) throws SQLException {
    this.database = database;
    this.stage = stage;
    this.card = card;
    rollup = new EventRollup(database);
    revisions = new BucketRevisions(database);
    // Events without request id of the source that is being read, in the batches before this one.
    database.execute("CREATE TABLE alike_before (source INTEGER, id UUID, n BIGINT)");
  }

  /**
   * What became of staged events.
   *
   * @param fresh new events
   * @param duplicates events that are in the ledger already, or twice in the batch
   * @param revised metered buckets of which larger counts take the place of those in the ledger
   */
  record Outcome(long fresh, long duplicates, long revised) {
    boolean changesTheLedger() {
      return fresh > 0 || revised > 0;
    }
  }

  /**
   * Writes what is new into the next batch of the writer, which is then to be sealed if there is
   * any.
   */
  Outcome write(LedgerWriter writer) throws SQLException {
    stage.flush();
    identify();
    leaveOutKnown(writer.snapshot());
    long revised = revisions.apply(writer.snapshot(), stage.hasAmounts());
    long rows = database.number("SELECT count(*) FROM fresh");
    if (rows > 0) {
      card.complete("fresh", writer.nextBatch());
      rollup.sum("fresh");
      rollup.price(card.factorSet());
      writeEvents(writer);
      rollup.write(writer, Content.ROLLUP, writer.fileFor(Content.ROLLUP, ""));
      card.write(writer);
    }
    // A revised bucket has a row that takes back and one that books anew.
    long fresh = rows - 2 * revised;
    return new Outcome(fresh, stage.rows() - fresh - revised, revised);
  }

  /** Gives every staged event its id. */
  private void identify() throws SQLException {
    String said =
        EventSchema.COMMON_COLUMNS.stream().map(EventBatch::said).collect(Collectors.joining(", "));
    String amounts =
        stage.hasAmounts()
            ? EventSchema.REPORTED_AMOUNTS.stream()
                .map(name -> ", coalesce(reported_" + name + "::VARCHAR, '')")
                .collect(Collectors.joining())
            : "";
    String identified =
        "SELECT (CASE WHEN request_id <> '' THEN md5_number('request ' || request_id) ELSE"
            + " md5_number(concat_ws(chr(31), 'event', "
            + said
            + amounts
            + ")) END)::UUID AS id, request_id = '' AS nameless, stage_event.rowid AS row_id,"
            + " stage_event.*"
            + (stage.hasAmounts()
                ? " , stage_amount.* EXCLUDE (row_no) FROM stage_event LEFT JOIN stage_amount"
                    + " USING (row_no)"
                : " FROM stage_event");
    database.execute("DROP VIEW IF EXISTS fresh");
    database.execute("DROP VIEW IF EXISTS arrived");
    database.execute("DROP TABLE IF EXISTS identified");
    if (!hasNameless()) {
      // Computing an id anew is cheaper than a copy of everything.
      database.execute("CREATE VIEW arrived AS " + identified);
      return;
    }
    database.execute("CREATE TABLE identified AS " + identified);
    database.execute("CREATE VIEW arrived AS SELECT * FROM identified");
    tellAlikeApart();
  }

  private boolean hasNameless() throws SQLException {
    return database.number(
            "SELECT count(*) FROM (SELECT 1 FROM stage_event WHERE request_id = '' LIMIT 1)")
        > 0;
  }

  /** A text goes after its length: it may hold what separates it from the next. */
  private static String said(EventSchema.Column column) {
    String text = "coalesce(" + column.quoted() + "::VARCHAR, '')";
    return column.type().equals("VARCHAR") ? "length(" + text + "), " + text : text;
  }

  /** Nameless events that are alike are numbered within their source. */
  private void tellAlikeApart() throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE alike AS SELECT source, id, count(*) AS n FROM arrived WHERE"
            + " nameless GROUP BY ALL");
    database.execute(
        "CREATE OR REPLACE TABLE renamed AS SELECT row_id, md5_number(id::VARCHAR || ' ' || k)::UUID"
            + " AS new_id FROM (SELECT row_id, id, coalesce(before.n, 0) +"
            + " row_number() OVER (PARTITION BY source, id ORDER BY row_id) AS k FROM arrived"
            + " LEFT JOIN alike_before before USING (source, id) WHERE nameless AND (source, id) IN"
            + " (SELECT (source, id) FROM alike WHERE n > 1 UNION ALL SELECT (source, id) FROM"
            + " alike_before)) WHERE k > 1");
    if (database.number("SELECT count(*) FROM renamed") > 0) {
      database.execute(
          "UPDATE identified SET id = new_id FROM renamed WHERE identified.row_id ="
              + " renamed.row_id");
    }
    database.execute("INSERT INTO alike_before SELECT * FROM alike");
    database.execute(
        "CREATE OR REPLACE TABLE alike_before AS SELECT source, id, sum(n)::BIGINT AS n FROM"
            + " alike_before WHERE source = "
            + stage.source()
            + " GROUP BY ALL");
  }

  private void leaveOutKnown(Ledger.Snapshot ledger) throws SQLException {
    List<Path> known = filesThatMayHold(ledger);
    boolean twice =
        database.number(
                "SELECT count(*) FROM (SELECT id FROM arrived GROUP BY id HAVING count(*) > 1"
                    + " LIMIT 1)")
            > 0;
    String columns =
        Stream.concat(EventSchema.COMMON_COLUMNS.stream(), EventSchema.AMOUNT_COLUMNS.stream())
            .filter(column -> stage.hasAmounts() || !EventSchema.AMOUNT_COLUMNS.contains(column))
            .map(EventSchema.Column::quoted)
            .collect(Collectors.joining(", "));
    String nulls =
        stage.hasAmounts()
            ? ""
            : EventSchema.AMOUNT_COLUMNS.stream()
                .map(column -> ", NULL::DOUBLE AS " + column.quoted())
                .collect(Collectors.joining());
    try {
      database.execute(
          "CREATE OR REPLACE TABLE fresh_event AS SELECT id, "
              + columns
              + ", \"at\"::DATE AS day FROM "
              + (twice
                  ? "(SELECT * FROM arrived WHERE row_id IN (SELECT min(row_id) FROM arrived GROUP BY"
                      + " id)) AS arrived"
                  : "arrived")
              + (known.isEmpty()
                  ? ""
                  : " ANTI JOIN (SELECT id FROM "
                      + LedgerDatabase.parquet(known)
                      + ") USING (id)"));
    } catch (SQLException unreadable) {
      throw LedgerException.unreadable(unreadable);
    }
    database.execute("CREATE VIEW fresh AS SELECT *" + nulls + " FROM fresh_event");
  }

  /**
   * Clocks and time zones of two logs may differ by up to a day; what has no time may be known from
   * anywhere.
   */
  private List<Path> filesThatMayHold(Ledger.Snapshot ledger) throws SQLException {
    Set<String> days = new LinkedHashSet<>();
    boolean anywhere = false;
    try (Statement statement = database.connection().createStatement();
        ResultSet arrived =
            statement.executeQuery("SELECT DISTINCT \"at\"::DATE::VARCHAR FROM arrived")) {
      while (arrived.next()) {
        String day = arrived.getString(1);
        if (day == null) {
          anywhere = true;
        } else {
          LocalDate date = LocalDate.parse(day);
          days.addAll(
              List.of(day, date.minusDays(1).toString(), date.plusDays(1).toString(), UNDATED));
        }
      }
    }
    List<Path> files = new ArrayList<>();
    for (SealedFile file : ledger.live().values()) {
      boolean mayHold =
          switch (file.content()) {
            case REMOVED_IDS -> true;
            case EVENTS -> anywhere || days.contains(dayOf(file));
            default -> false;
          };
      if (mayHold) {
        files.add(ledger.path(file));
      }
    }
    return files;
  }

  /** The day that a file of events is of, or {@link #UNDATED}. */
  static String dayOf(SealedFile events) {
    String path = events.path();
    int from = path.indexOf("day=") + "day=".length();
    return path.substring(from, path.indexOf('/', from));
  }

  private void writeEvents(LedgerWriter writer) throws SQLException {
    Map<String, Map<String, Double>> sums = sumsByDay();
    for (Map.Entry<String, Map<String, Double>> day : sums.entrySet()) {
      Path file = writer.fileFor(Content.EVENTS, day.getKey());
      String condition =
          day.getKey().equals(UNDATED)
              ? "day IS NULL"
              : "day = DATE " + LedgerDatabase.text(day.getKey());
      database.copy(
          "SELECT * EXCLUDE (day), "
              + writer.nextBatch()
              + " AS batch FROM fresh_event WHERE "
              + condition,
          file);
      long rows = Math.round(day.getValue().getOrDefault("events", 0.0));
      writer.add(Content.EVENTS, file, rows, day.getValue());
    }
  }

  private Map<String, Map<String, Double>> sumsByDay() throws SQLException {
    String summed =
        EventSchema.SUMMED.stream()
            .map(name -> ", sum(" + name + ")::DOUBLE")
            .collect(Collectors.joining());
    String priced =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact -> ", sum(" + EventSchema.column(impact) + ")")
            .collect(Collectors.joining());
    Map<String, Map<String, Double>> sums = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of("events"));
    names.addAll(EventSchema.SUMMED);
    SealedSums.collect(
        database,
        "SELECT coalesce(day::VARCHAR, '"
            + UNDATED
            + "') AS day, count(*)::DOUBLE"
            + summed
            + " FROM fresh GROUP BY 1"
            + " ORDER BY 1",
        names,
        sums);
    SealedSums.collect(
        database,
        "SELECT coalesce(hour::DATE::VARCHAR, '"
            + UNDATED
            + "') AS day"
            + priced
            + " FROM priced_cell GROUP BY 1 ORDER BY 1",
        EventSchema.BASIC_IMPACTS.stream().map(EventSchema::column).toList(),
        sums);
    return sums;
  }
}
