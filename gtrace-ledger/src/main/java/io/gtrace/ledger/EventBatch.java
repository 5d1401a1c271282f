package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.query.RollupCache;
import io.gtrace.ledger.store.BatchFiles;
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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** The sum of a seal that is the number of events. */
  private static final String COUNT = "events";

  /** Every file of a batch names all of them. */
  private static final int MOST_NAMED_TEXTS = 2_000;

  /** In smaller batches names take longer than they save. */
  private static final int FEWEST_NAMED_EVENTS = 20_000;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final LedgerDatabase database;
  private final EventStage stage;
  private final CardStage card;
  private final EventRollup rollup;
  private final BucketRevisions revisions;
  private int typesMade;
  private long overlapping;

  /** The batch of the stage that the table {@code alike} is of; negative if of none. */
  private int alikeOf = -1;

  /** The source that was being read when that batch was written. */
  private int alikeSource;

  EventBatch(LedgerDatabase database, EventStage stage, CardStage card) throws SQLException {
    this.database = database;
    this.stage = stage;
    this.card = card;
    rollup = new EventRollup(database);
    revisions = new BucketRevisions(database, stage);
    // Events without request id of the source that is being read, in the batches before this one.
    database.execute("CREATE TABLE alike_before (source INTEGER, id UUID, n BIGINT)");
    // Events arrive in many small portions, while others read.
    database.useOneThread();
  }

  /**
   * What became of staged events.
   *
   * @param fresh new events
   * @param duplicates events that are in the ledger already, or twice in the batch
   * @param revised metered buckets of which larger counts take the place of those in the ledger
   * @param overlapping those of the duplicates that are metered buckets of which the ledger has the
   *     calls in buckets of another width
   */
  record Outcome(long fresh, long duplicates, long revised, long overlapping) {
    boolean changesTheLedger() {
      return fresh > 0 || revised > 0;
    }

    /** What a reader must know besides. */
    Optional<String> note() {
      return overlapping == 0
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "%,d metered %s left out: the ledger has these calls in buckets of another width,"
                      + " and would count them twice; go on with that width",
                  overlapping,
                  overlapping == 1 ? "bucket was" : "buckets were"));
    }
  }

  /**
   * Writes what is new into the next batch of the writer, which is then to be sealed if there is
   * any.
   */
  Outcome write(BatchFiles writer) throws SQLException {
    stage.flush();
    database.useAllThreads();
    Outcome outcome = writeNew(writer);
    database.useOneThread();
    return outcome;
  }

  private Outcome writeNew(BatchFiles writer) throws SQLException {
    dropTables();
    long revised = revisions.stage(writer.snapshot());
    identify();
    long known = findKnown(writer);
    long booked = stage.rows() - known;
    if (booked > 0) {
      leaveOutKnown(known);
      typeKinds();
      viewFresh();
      writeFiles(writer);
    }
    return new Outcome(booked - revised, known, revised, overlapping);
  }

  /**
   * What keeps a ledger fast that batches were added to: sums for answers, and merging.
   *
   * @return what went wrong, for people. The ledger is right without it
   */
  List<String> upkeep(LedgerWriter writer, String version) throws SQLException {
    database.useAllThreads();
    List<String> notes = upkeep(writer, database, version);
    database.useOneThread();
    return notes;
  }

  /** The same of a batch that was made elsewhere. */
  static List<String> upkeep(LedgerWriter writer, LedgerDatabase database, String version) {
    List<String> notes = new ArrayList<>();
    RollupCache.refresh(writer).ifPresent(notes::add);
    LedgerCompaction.afterAppend(writer, database, version).ifPresent(notes::add);
    return notes;
  }

  private Set<Driver> drivers() {
    return stage.hasAmounts() ? EnumSet.allOf(Driver.class) : EventSchema.TOKEN_DRIVERS;
  }

  private void dropTables() throws SQLException {
    for (String view : List.of("fresh", "fresh_event", "arrived")) {
      database.execute("DROP VIEW IF EXISTS " + view);
    }
    for (String table :
        List.of("fresh_row", "identified", "kind_of_batch", "batch_kind", "cell", "priced_cell")) {
      database.execute("DROP TABLE IF EXISTS " + table);
    }
    // Whoever follows a file makes batches for months.
    for (; typesMade > 0; typesMade--) {
      database.execute("DROP TYPE " + type(typesMade));
    }
  }

  /** Gives every staged event its id: those with a request id have theirs. */
  private void identify() throws SQLException {
    rememberAlike();
    if (!stage.hasNameless()) {
      database.execute("CREATE VIEW arrived AS SELECT * FROM stage_event");
      return;
    }
    String said =
        EventSchema.COMMON_COLUMNS.stream().map(EventBatch::said).collect(Collectors.joining(", "));
    String amounts =
        stage.hasAmounts()
            ? EventSchema.REPORTED_AMOUNTS.stream()
                .map(name -> ", coalesce(reported_" + name + "::VARCHAR, '')")
                .collect(Collectors.joining())
            : "";
    database.execute(
        "CREATE TABLE identified AS SELECT stage_event.* REPLACE (coalesce(id,"
            + " md5_number(concat_ws(chr(31), 'event', "
            + said
            + amounts
            + "))::UUID) AS id), id IS NULL AS nameless FROM stage_event JOIN stage_kind USING"
            + " (kind)"
            + (stage.hasAmounts() ? " LEFT JOIN stage_amount USING (row_no)" : ""));
    database.execute("CREATE VIEW arrived AS SELECT * EXCLUDE (nameless) FROM identified");
    tellAlikeApart();
  }

  /** A text goes after its length: it may hold what separates it from the next. */
  private static String said(EventSchema.Column column) {
    String text = "coalesce(" + column.quoted() + "::VARCHAR, '')";
    return column.type().equals("VARCHAR") ? "length(" + text + "), " + text : text;
  }

  /** Nameless events that are alike are numbered within their source. */
  private void tellAlikeApart() throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE alike AS SELECT source, id, count(*) AS n FROM identified WHERE"
            + " nameless GROUP BY ALL");
    database.execute(
        "CREATE OR REPLACE TABLE renamed AS SELECT row_no, md5_number(id::VARCHAR || ' ' || k)::UUID"
            + " AS new_id FROM (SELECT row_no, id, coalesce(before.n, 0) +"
            + " row_number() OVER (PARTITION BY source, id ORDER BY row_no) AS k FROM identified"
            + " LEFT JOIN alike_before before USING (source, id) WHERE nameless AND (source, id) IN"
            + " (SELECT (source, id) FROM alike WHERE n > 1 UNION ALL SELECT (source, id) FROM"
            + " alike_before)) WHERE k > 1");
    if (database.number("SELECT count(*) FROM renamed") > 0) {
      database.execute(
          "UPDATE identified SET id = new_id FROM renamed WHERE identified.row_no ="
              + " renamed.row_no");
    }
    alikeOf = stage.batch();
    alikeSource = stage.source();
  }

  /** What was alike in the last batch came before this one, once that one is done with. */
  private void rememberAlike() throws SQLException {
    if (alikeOf < 0 || alikeOf == stage.batch()) {
      return;
    }
    alikeOf = -1;
    database.execute("INSERT INTO alike_before SELECT * FROM alike");
    database.execute(
        "CREATE OR REPLACE TABLE alike_before AS SELECT source, id, sum(n)::BIGINT AS n FROM"
            + " alike_before WHERE source = "
            + alikeSource
            + " GROUP BY ALL");
  }

  /**
   * Finds which staged events the ledger has already, or are twice in the batch; returns how many.
   */
  private long findKnown(BatchFiles writer) throws SQLException {
    database.execute("CREATE OR REPLACE TABLE known_row (row_no BIGINT)");
    if (stage.hasNameless() || stage.mayRepeat()) {
      database.execute(
          "INSERT INTO known_row SELECT row_no FROM arrived JOIN (SELECT id, min(row_no) AS first"
              + " FROM arrived GROUP BY id HAVING count(*) > 1) USING (id) WHERE row_no > first");
    }
    List<Path> files = filesThatMayHold(writer.snapshot());
    files.addAll(writer.earlierEvents());
    if (!files.isEmpty()) {
      try {
        database.execute(
            "INSERT INTO known_row SELECT row_no FROM arrived SEMI JOIN (SELECT id FROM "
                + LedgerDatabase.parquet(files)
                + ") USING (id) ANTI JOIN known_row USING (row_no)");
      } catch (SQLException unreadable) {
        throw LedgerException.unreadable(unreadable);
      }
    }
    revisions.correctKnown();
    overlapping = revisions.leaveOutOverlapping(files);
    return database.number("SELECT count(*) FROM known_row");
  }

  private void leaveOutKnown(long known) throws SQLException {
    if (known > 0) {
      database.execute(
          "CREATE TABLE fresh_row AS SELECT * FROM arrived ANTI JOIN known_row USING (row_no)"
              + " ORDER BY row_no");
    }
    database.execute(
        "CREATE VIEW fresh_event AS SELECT * FROM " + (known > 0 ? "fresh_row" : "arrived"));
  }

  /** Texts of few values become numbers with names: they are grouped and written much faster. */
  private void typeKinds() throws SQLException {
    database.execute(
        "CREATE TABLE kind_of_batch AS SELECT * FROM stage_kind WHERE kind IN (SELECT DISTINCT kind"
            + " FROM fresh_event)");
    List<String> columns = new ArrayList<>();
    for (EventSchema.Column column : EventSchema.KIND_COLUMNS) {
      String name = column.quoted();
      long texts =
          stage.rows() < FEWEST_NAMED_EVENTS
              ? 0
              : database.number("SELECT count(DISTINCT " + name + ") FROM kind_of_batch");
      if (texts > 0 && texts <= MOST_NAMED_TEXTS) {
        String type = type(++typesMade);
        database.execute(
            "CREATE TYPE "
                + type
                + " AS ENUM (SELECT DISTINCT "
                + name
                + " FROM kind_of_batch WHERE "
                + name
                + " IS NOT NULL ORDER BY 1)");
        columns.add(name + "::" + type + " AS " + name);
      } else {
        columns.add(name);
      }
    }
    database.execute(
        "CREATE TABLE batch_kind AS SELECT kind, "
            + String.join(", ", columns)
            + " FROM kind_of_batch");
  }

  private static String type(int number) {
    return "text_" + number;
  }

  private void viewFresh() throws SQLException {
    String amounts =
        stage.hasAmounts()
            ? "stage_amount.* EXCLUDE (row_no)"
            : EventSchema.AMOUNT_COLUMNS.stream()
                .map(column -> "NULL::DOUBLE AS " + column.quoted())
                .collect(Collectors.joining(", "));
    database.execute(
        "CREATE VIEW fresh AS SELECT id, kind, "
            + EventSchema.names(EventSchema.COMMON_COLUMNS)
            + ", "
            + amounts
            + " FROM fresh_event JOIN batch_kind USING (kind)"
            + (stage.hasAmounts() ? " LEFT JOIN stage_amount USING (row_no)" : ""));
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
            statement.executeQuery(
                "SELECT day::VARCHAR FROM (SELECT DISTINCT \"at\"::DATE AS day FROM"
                    + " arrived)")) {
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

  /**
   * Events are written while their sums are priced; a seal states what they cost, their files do
   * not.
   */
  private void writeFiles(BatchFiles writer) throws SQLException {
    Map<String, Map<String, Double>> sums = reportedSumsByDay();
    rollup.sumByKind("fresh", "batch_kind", drivers());
    if (sums.size() >= PROCESSORS) {
      database.useOneThread();
    }
    try (FileTasks files = new FileTasks(database, writer)) {
      sums.forEach((day, ofDay) -> startFile(writer, files, day, ofDay));
      card.complete("cell", writer.nextBatch());
      rollup.price(card.factorSet(), card.version());
      if (writer.holdCard()) {
        card.startFiles(writer, files);
      }
      rollup.write(writer, Content.ROLLUP, writer.fileFor(Content.ROLLUP, ""));
      addPricedSumsByDay(sums);
      for (SealedFile file : files.finish()) {
        boolean events = file.content() == Content.EVENTS;
        writer.add(events ? file.withSums(sums.getOrDefault(dayOf(file), Map.of())) : file);
      }
    }
  }

  private void startFile(BatchFiles writer, FileTasks files, String day, Map<String, Double> sums) {
    Path file = writer.fileFor(Content.EVENTS, day);
    String query = eventsOf(day, writer.nextBatch());
    long rows = Math.round(sums.getOrDefault(COUNT, 0.0));
    files.start(
        Content.EVENTS,
        file,
        connection -> {
          connection.copy(query, file);
          return new FileTasks.Written(rows, Map.of());
        });
  }

  private String eventsOf(String day, int batch) {
    String condition =
        day.equals(UNDATED)
            ? "\"at\" IS NULL"
            : "\"at\" >= DATE "
                + LedgerDatabase.text(day)
                + " AND \"at\" < DATE "
                + LedgerDatabase.text(LocalDate.parse(day).plusDays(1).toString());
    return "SELECT id, "
        + EventSchema.names(EventSchema.COMMON_COLUMNS)
        + (stage.hasAmounts() ? ", " + EventSchema.names(EventSchema.AMOUNT_COLUMNS) : "")
        + ", "
        + batch
        + " AS batch FROM fresh WHERE "
        + condition;
  }

  private Map<String, Map<String, Double>> reportedSumsByDay() throws SQLException {
    String summed =
        EventSchema.SUMMED.stream()
            .map(name -> ", sum(" + name + ")::DOUBLE")
            .collect(Collectors.joining());
    List<String> names = new ArrayList<>(List.of(COUNT));
    names.addAll(EventSchema.SUMMED);
    Map<String, Map<String, Double>> sums = new LinkedHashMap<>();
    SealedSums.collect(
        database,
        "SELECT coalesce(\"at\"::DATE::VARCHAR, '"
            + UNDATED
            + "') AS day, count(*)::DOUBLE"
            + summed
            + " FROM fresh_event GROUP BY \"at\"::DATE"
            + " ORDER BY 1",
        names,
        sums);
    return sums;
  }

  private void addPricedSumsByDay(Map<String, Map<String, Double>> sums) throws SQLException {
    String priced =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact -> ", sum(" + EventSchema.column(impact) + ")")
            .collect(Collectors.joining());
    SealedSums.collect(
        database,
        "SELECT coalesce(hour::DATE::VARCHAR, '"
            + UNDATED
            + "') AS day"
            + priced
            + " FROM priced_cell GROUP BY 1 ORDER BY 1",
        EventSchema.BASIC_IMPACTS.stream().map(EventSchema::column).toList(),
        sums);
  }
}
