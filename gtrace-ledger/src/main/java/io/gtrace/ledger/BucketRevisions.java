package io.gtrace.ledger;

import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;

/**
 * Metered buckets, sums that only grow, calls and jobs that go on come again with larger counts.
 * The larger ones take the place of the smaller ones as in any book: by a row that takes back what
 * was booked, under the id of the bucket and with all amounts negative, and one that books it anew.
 * Both have the time of the larger counts. So where that has moved on, the hours until then keep
 * what they had, and what was added since is booked where it was told. What was sealed stays as it
 * is. Smaller counts are older ones, and change nothing.
 *
 * <p>Rows that take back are staged beside what was read, with negative numbers. They last until
 * the stage is cleared, or until the next attempt if a batch could not be written.
 */
final class BucketRevisions {
  /** Ids made of what tells a bucket from others begin with a format and a bar. */
  private static final char BAR = '|';

  /** Grows with what is in a bucket. */
  private static final String SIZE =
      Stream.concat(
              EventSchema.SUMMED.stream(),
              Stream.of("count", "seconds", "hours", "flop", "tokens")
                  .map(name -> "coalesce(reported_" + name + ", 0)"))
          .collect(Collectors.joining(" + ", "(", ")::DOUBLE"));

  private static final String TIME = "\"at\"";

  private static final List<EventSchema.Column> COLUMNS_BUT_TIME =
      Stream.concat(EventSchema.COMMON_COLUMNS.stream(), EventSchema.AMOUNT_COLUMNS.stream())
          .filter(column -> !column.quoted().equals(TIME))
          .toList();

  private final LedgerDatabase database;
  private final EventStage stage;

  BucketRevisions(LedgerDatabase database, EventStage stage) throws SQLException {
    this.database = database;
    this.stage = stage;
    database.execute("CREATE TABLE stage_bucket (row_no BIGINT)");
    database.execute("CREATE TABLE bucket_booked (row_no BIGINT)");
  }

  static boolean isBucket(String requestId) {
    return requestId.indexOf(BAR) >= 0;
  }

  /** Whether a request id in UTF-8 is that of a bucket. */
  static boolean isBucket(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text[at] == BAR) {
        return true;
      }
    }
    return false;
  }

  /**
   * Stages rows that take back what staged buckets are larger than.
   *
   * @return how many buckets are larger than the ledger has them
   */
  long stage(Ledger.Snapshot ledger) throws SQLException {
    database.execute("DELETE FROM stage_event WHERE row_no < 0");
    database.execute("DELETE FROM stage_amount WHERE row_no < 0");
    database.execute("TRUNCATE stage_bucket");
    if (stage.buckets().isEmpty()) {
      return 0;
    }
    try (DuckDBAppender rows = database.appender("stage_bucket")) {
      for (long row : stage.buckets()) {
        rows.beginRow().append(row).endRow();
      }
    }
    findLargest();
    try {
      loadBefore(ledger);
    } catch (SQLException unreadable) {
      throw LedgerException.unreadable(unreadable);
    }
    database.execute(
        "CREATE OR REPLACE TABLE bucket_revised AS SELECT id FROM bucket_now JOIN (SELECT id,"
            + " sum(size) AS size_before FROM bucket_before GROUP BY id) USING (id)"
            // The same amounts summed in another order are no larger.
            + " WHERE size > size_before * (1 + 1e-9)");
    database.execute(
        "CREATE OR REPLACE TABLE bucket_booked AS SELECT row_no FROM bucket_now WHERE id IN (SELECT"
            + " id FROM bucket_revised) OR id NOT IN (SELECT id FROM bucket_before)");
    takeBack();
    return database.number("SELECT count(*) FROM bucket_revised");
  }

  /**
   * Corrects the table {@code known_row}, in which are the rows that change nothing: of buckets all
   * but the largest of each that is new or revised.
   */
  void correctKnown() throws SQLException {
    if (stage.buckets().isEmpty()) {
      return;
    }
    database.execute(
        "DELETE FROM known_row WHERE row_no < 0 OR row_no IN (SELECT row_no FROM stage_bucket)");
    database.execute(
        "INSERT INTO known_row SELECT row_no FROM stage_bucket ANTI JOIN bucket_booked USING"
            + " (row_no)");
  }

  /**
   * Adds to the table {@code known_row} the buckets that the ledger lacks, but has the calls of, in
   * buckets of another width; and of those that come together all but the first.
   *
   * @param files that may hold the others
   * @return how many
   */
  long leaveOutOverlapping(List<Path> files) throws SQLException {
    if (!stage.overlaps().areThere()) {
      return 0;
    }
    long booked =
        files.isEmpty()
            ? 0
            : leaveOut(
                "SELECT row_no FROM stage_overlap SEMI JOIN (SELECT id FROM "
                    + LedgerDatabase.parquet(files)
                    + ") USING (id)");
    // Only now: one that is left out itself stands in nobody's way.
    return booked
        + leaveOut(
            "SELECT stage_overlap.row_no FROM stage_overlap JOIN bucket_now ON stage_overlap.id ="
                + " bucket_now.id AND bucket_now.row_no < stage_overlap.row_no WHERE"
                + " bucket_now.row_no NOT IN (SELECT row_no FROM known_row)");
  }

  /** Adds those of some rows to {@code known_row} of which the ledger has nothing yet. */
  private long leaveOut(String rows) throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE bucket_overlapping AS SELECT DISTINCT row_no FROM ("
            + rows
            + ") JOIN bucket_now USING (row_no) WHERE id NOT IN (SELECT id FROM bucket_before) AND"
            + " row_no NOT IN (SELECT row_no FROM known_row)");
    database.execute("INSERT INTO known_row SELECT row_no FROM bucket_overlapping");
    return database.number("SELECT count(*) FROM bucket_overlapping");
  }

  /** Of a bucket that was read more than once the largest counts. */
  private void findLargest() throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE bucket_now AS SELECT row_no, id, size, "
            + TIME
            + " FROM (SELECT row_no, id, "
            + TIME
            + ", "
            + SIZE
            + " AS size, row_number() OVER (PARTITION BY id ORDER BY size DESC, row_no) AS nth FROM"
            + " stage_event JOIN stage_bucket USING (row_no) LEFT JOIN stage_amount USING (row_no))"
            + " WHERE nth = 1");
  }

  /** What was booked of these buckets, less what was taken back; what was removed stays so. */
  private void loadBefore(Ledger.Snapshot ledger) throws SQLException {
    List<Path> removed = paths(ledger, Content.REMOVED_IDS);
    if (!removed.isEmpty()) {
      database.execute(
          "DELETE FROM bucket_now WHERE id IN (SELECT id FROM "
              + LedgerDatabase.parquet(removed)
              + ")");
    }
    List<Path> files =
        ledger.live(Content.EVENTS).stream()
            .filter(file -> stage.overlaps().mayBeBookedOn(EventBatch.dayOf(file)))
            .map(ledger::path)
            .toList();
    String events = EventSchema.events(files);
    database.execute(
        "CREATE OR REPLACE TABLE bucket_before AS SELECT *, "
            + SIZE
            + " AS size FROM (SELECT id, "
            + columns(COLUMNS_BUT_TIME, "sum(", ")")
            + " FROM "
            + events
            + " WHERE id IN (SELECT id FROM bucket_now) GROUP BY ALL) WHERE abs("
            + SIZE
            + ") > 1e-9");
  }

  private static List<Path> paths(Ledger.Snapshot ledger, Content content) {
    return ledger.live(content).stream().map(ledger::path).toList();
  }

  /** Columns of a query, with something before and after each amount. */
  private static String columns(List<EventSchema.Column> columns, String before, String after) {
    return columns.stream()
        .map(column ->
            isAmount(column)
                ? "("
                    + before
                    + column.quoted()
                    + after
                    + ")::"
                    + column.type()
                    + " AS "
                    + column.quoted()
                : column.quoted())
        .collect(Collectors.joining(", "));
  }

  private static boolean isAmount(EventSchema.Column column) {
    return column.type().equals("BIGINT") || column.type().equals("DOUBLE");
  }

  private void takeBack() throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE bucket_back AS SELECT -row_number() OVER (ORDER BY id) AS row_no,"
            + " before.*, bucket_now."
            + TIME
            + " FROM bucket_before before JOIN bucket_now USING (id) WHERE id IN (SELECT id FROM"
            + " bucket_revised)");
    stageKinds();
    String sameTexts =
        EventSchema.KIND_COLUMNS.stream()
            .map(EventSchema.Column::quoted)
            .map(name -> "coalesce(back." + name + ", '') = coalesce(stage_kind." + name + ", '')")
            .collect(Collectors.joining(" AND "));
    database.execute(
        "INSERT INTO stage_event BY NAME SELECT "
            + stage.source()
            + " AS source, row_no, id, kind, "
            + columns(EventSchema.SINGLE_COLUMNS, "-", "")
            + " FROM bucket_back AS back JOIN stage_kind ON "
            + sameTexts);
    if (database.number("SELECT count(*) FROM bucket_back WHERE " + anyAmount()) > 0) {
      stage.expectAmounts();
    }
    if (stage.hasAmounts()) {
      database.execute(
          "INSERT INTO stage_amount BY NAME SELECT row_no, "
              + columns(EventSchema.AMOUNT_COLUMNS, "-", "")
              + " FROM bucket_back");
    }
  }

  private static String anyAmount() {
    return EventSchema.AMOUNT_COLUMNS.stream()
        .map(column -> column.quoted() + " IS NOT NULL")
        .collect(Collectors.joining(" OR "));
  }

  /** What was booked may have other texts than what comes now. */
  private void stageKinds() throws SQLException {
    String texts =
        EventSchema.KIND_COLUMNS.stream()
            .map(column -> "coalesce(" + column.quoted() + ", '')")
            .collect(Collectors.joining(", "));
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT DISTINCT " + texts + " FROM bucket_back")) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= EventSchema.KIND_COLUMNS.size(); i++) {
          values.add(row.getString(i));
        }
        stage.kind(EventKind.of(values));
      }
    }
    stage.flush();
  }
}
