package io.gtrace.ledger;

import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Metered buckets, sums that only grow and jobs that go on come again with larger counts. The
 * larger ones take the place of the smaller ones as in any book: by a row that takes back what was
 * booked, under the id of the bucket and with all amounts negative, and one that books it anew.
 * What was sealed stays as it is. Smaller counts are older ones, and change nothing.
 */
final class BucketRevisions {
  /** Ids made of what tells a bucket from others begin with a format and a bar. */
  private static final String IS_BUCKET = "contains(request_id, '|')";

  /** Grows with what is in a bucket. */
  private static final String SIZE =
      Stream.concat(
              EventSchema.SUMMED.stream(),
              Stream.of("count", "seconds", "hours", "flop", "tokens")
                  .map(name -> "coalesce(reported_" + name + ", 0)"))
          .collect(Collectors.joining(" + ", "(", ")::DOUBLE"));

  private final LedgerDatabase database;

  BucketRevisions(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * Puts into the table {@code fresh_event} what staged buckets change.
   *
   * @param amounts whether staged events have other amounts than tokens
   * @return how many buckets are larger than the ledger has them
   */
  long apply(Ledger.Snapshot ledger, boolean amounts) throws SQLException {
    if (database.number(
            "SELECT count(*) FROM (SELECT 1 FROM stage_event WHERE " + IS_BUCKET + " LIMIT 1)")
        == 0) {
      return 0;
    }
    List<EventSchema.Column> columns =
        Stream.concat(
                EventSchema.COMMON_COLUMNS.stream(),
                amounts ? EventSchema.AMOUNT_COLUMNS.stream() : Stream.of())
            .toList();
    stageLargest(columns, amounts);
    try {
      loadBefore(ledger, columns, amounts);
    } catch (SQLException unreadable) {
      throw LedgerException.unreadable(unreadable);
    }
    database.execute(
        "CREATE OR REPLACE TABLE bucket_revised AS SELECT id FROM bucket_now JOIN (SELECT id,"
            + " sum(size) AS size_before FROM bucket_before GROUP BY id) USING (id)"
            // The same amounts summed in another order are no larger.
            + " WHERE size > size_before * (1 + 1e-9)");
    book(columns);
    return database.number("SELECT count(*) FROM bucket_revised");
  }

  private static String size(boolean amounts) {
    return amounts
        ? SIZE
        : EventSchema.SUMMED.stream().collect(Collectors.joining(" + ", "(", ")::DOUBLE"));
  }

  /** Of a bucket that was read more than once the largest counts. */
  private void stageLargest(List<EventSchema.Column> columns, boolean amounts) throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE bucket_now AS SELECT * EXCLUDE (nth) FROM (SELECT id, "
            + EventSchema.names(columns)
            + ", "
            + size(amounts)
            + " AS size, row_number() OVER (PARTITION BY id ORDER BY "
            + size(amounts)
            + " DESC, row_id) AS nth FROM arrived WHERE "
            + IS_BUCKET
            + ") WHERE nth = 1");
  }

  /** What was booked of these buckets, less what was taken back. */
  private void loadBefore(Ledger.Snapshot ledger, List<EventSchema.Column> columns, boolean amounts)
      throws SQLException {
    String events = EventSchema.events(paths(ledger, Content.EVENTS));
    database.execute(
        "CREATE OR REPLACE TABLE bucket_before AS SELECT *, "
            + size(amounts)
            + " AS size FROM (SELECT id, "
            + columns(columns, name -> "sum(" + name + ")")
            + " FROM "
            + events
            + " WHERE id IN (SELECT id FROM bucket_now) GROUP BY ALL) WHERE abs("
            + size(amounts)
            + ") > 1e-9");
    List<Path> removed = paths(ledger, Content.REMOVED_IDS);
    database.execute(
        "CREATE OR REPLACE TABLE bucket_removed AS "
            + (removed.isEmpty()
                ? "SELECT NULL::UUID AS id WHERE false"
                : "SELECT id FROM " + LedgerDatabase.parquet(removed)));
  }

  private static List<Path> paths(Ledger.Snapshot ledger, Content content) {
    return ledger.live(content).stream().map(ledger::path).toList();
  }

  /** Columns of a query, amounts changed in some way. */
  private static String columns(List<EventSchema.Column> columns, UnaryOperator<String> changed) {
    return columns.stream()
        .map(column ->
            isAmount(column)
                ? changed.apply(column.quoted()) + "::" + column.type() + " AS " + column.quoted()
                : column.quoted())
        .collect(Collectors.joining(", "));
  }

  private static boolean isAmount(EventSchema.Column column) {
    return column.type().equals("BIGINT") || column.type().equals("DOUBLE");
  }

  private void book(List<EventSchema.Column> columns) throws SQLException {
    String day = ", \"at\"::DATE AS day FROM ";
    database.execute("DELETE FROM fresh_event WHERE id IN (SELECT id FROM bucket_now)");
    database.execute(
        "INSERT INTO fresh_event BY NAME SELECT id, "
            + columns(columns, UnaryOperator.identity())
            + day
            + "bucket_now ANTI JOIN bucket_removed USING (id) WHERE id IN (SELECT id FROM"
            + " bucket_revised) OR id NOT IN (SELECT id FROM bucket_before)");
    database.execute(
        "INSERT INTO fresh_event BY NAME SELECT id, "
            + columns(columns, name -> "-" + name)
            + day
            + "bucket_before ANTI JOIN bucket_removed USING (id) WHERE id IN (SELECT id FROM"
            + " bucket_revised)");
  }
}
