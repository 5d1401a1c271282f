package io.gtrace.ledger;

import io.gtrace.ledger.store.LedgerDatabase;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.duckdb.DuckDBAppender;

/**
 * What is known of the times of staged buckets: in the table {@code stage_overlap} the ids that
 * buckets of other widths would have with the same calls in them, and the days that they are of.
 */
final class BucketOverlaps implements AutoCloseable {
  private final LedgerDatabase database;
  private final Set<String> days = new TreeSet<>();
  private boolean anyDay;
  private long others;
  private DuckDBAppender table;

  BucketOverlaps(LedgerDatabase database) throws SQLException {
    this.database = database;
    database.execute("CREATE TABLE stage_overlap (row_no BIGINT, id UUID)");
    table = database.appender("stage_overlap");
  }

  /** Takes note of a bucket, or of something else that grows, whose time moves on. */
  void bucket(Optional<BucketTime> time) {
    time.ifPresentOrElse(told -> days.addAll(told.days()), () -> anyDay = true);
  }

  /** Takes note of the id of another bucket that overlaps the one in a row. */
  void add(long row, long idHigh, long idLow) throws SQLException {
    table.beginRow().append(row).append(new UUID(idHigh, idLow)).endRow();
    others++;
  }

  /** Whether any bucket is of a width that others may overlap. */
  boolean areThere() {
    return others > 0;
  }

  /** Whether a file of events of a day may hold what was booked of these buckets. */
  boolean mayBeBookedOn(String day) {
    return anyDay || days.contains(day) || day.equals(EventBatch.UNDATED);
  }

  void flush() throws SQLException {
    table.flush();
  }

  void clear() throws SQLException {
    table.close();
    database.execute("TRUNCATE stage_overlap");
    table = database.appender("stage_overlap");
    days.clear();
    anyDay = false;
    others = 0;
  }

  @Override
  public void close() throws SQLException {
    table.close();
  }
}
