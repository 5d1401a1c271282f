package io.gtrace.ledger;

import io.gtrace.ledger.format.LineFormat;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * Numbers of events on their way into the table {@code stage_event}. They are handed over as lists
 * of many, which takes half the time of handing over each.
 */
final class EventBlocks implements AutoCloseable {
  private static final int EVENTS = 1 << 13;
  private static final int MOST_WAITING = 32;
  private static final int COUNTS = LineFormat.COUNTS.size();

  private final LedgerDatabase database;
  private final long[] idHigh = new long[EVENTS];
  private final long[] idLow = new long[EVENTS];
  private final boolean[] noId = new boolean[EVENTS];
  private final long[] kinds = new long[EVENTS];
  private final long[] whenUs = new long[EVENTS];
  private final boolean[] noTime = new boolean[EVENTS];
  private final long[] users = new long[EVENTS];
  private final boolean[] noUser = new boolean[EVENTS];
  private final long[][] counts = new long[COUNTS][EVENTS];
  private DuckDBAppender blocks;
  private int size;
  private int waiting;
  private long rowsBefore;

  EventBlocks(LedgerDatabase database) throws SQLException {
    this.database = database;
    String numbers =
        EventSchema.SUMMED.stream()
            .map(name -> name + " BIGINT[]")
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE TABLE stage_block (source INTEGER, rows_before BIGINT, id_high UBIGINT[], id_low"
            + " UBIGINT[], kind BIGINT[], when_us BIGINT[], user_hash UBIGINT[], "
            + numbers
            + ")");
    blocks = database.appender("stage_block");
  }

  /** Begins an event; what is not told of it is not there. */
  void begin(int kind) {
    kinds[size] = kind;
    noId[size] = true;
    noTime[size] = true;
    noUser[size] = true;
  }

  void id(long high, long low) {
    idHigh[size] = high;
    idLow[size] = low;
    noId[size] = false;
  }

  void whenUs(long sinceEpoch) {
    whenUs[size] = sinceEpoch;
    noTime[size] = false;
  }

  void user(long hash) {
    users[size] = hash;
    noUser[size] = false;
  }

  /**
   * @param place in {@link LineFormat#COUNTS}
   */
  void count(int place, long count) {
    counts[place][size] = count;
  }

  /**
   * Ends an event.
   *
   * @param source the number of its source
   */
  void end(int source) throws SQLException {
    size++;
    if (size == EVENTS) {
      append(source);
      if (waiting >= MOST_WAITING) {
        unpack();
      }
    }
  }

  /** Makes all events visible to queries; those that come later may be of another source. */
  void flush(int source) throws SQLException {
    append(source);
    unpack();
  }

  private void append(int source) throws SQLException {
    if (size == 0) {
      return;
    }
    blocks.beginRow().append(source).append(rowsBefore);
    append(idHigh, noId);
    append(idLow, noId);
    blocks.append(some(kinds));
    append(whenUs, noTime);
    append(users, noUser);
    for (long[] each : counts) {
      blocks.append(some(each));
    }
    blocks.endRow();
    rowsBefore += size;
    size = 0;
    waiting++;
  }

  private void append(long[] values, boolean[] absent) throws SQLException {
    boolean any = false;
    for (int i = 0; i < size && !any; i++) {
      any = absent[i];
    }
    if (any) {
      blocks.append(some(values), size == EVENTS ? absent : Arrays.copyOf(absent, size));
    } else {
      blocks.append(some(values));
    }
  }

  private long[] some(long[] values) {
    return size == EVENTS ? values : Arrays.copyOf(values, size);
  }

  private void unpack() throws SQLException {
    if (waiting == 0) {
      return;
    }
    String numbers =
        EventSchema.SUMMED.stream()
            .map(name -> "unnest(" + name + ") AS " + name)
            .collect(Collectors.joining(", "));
    blocks.close();
    database.execute(
        "INSERT INTO stage_event SELECT source, row_no, (high::UHUGEINT * 18446744073709551616 +"
            + " low)::UUID, kind, make_timestamp(when_us), user_hash, "
            + String.join(", ", EventSchema.SUMMED)
            + " FROM (SELECT source, rows_before + unnest(range(len(kind))) AS row_no,"
            + " unnest(id_high) AS high, unnest(id_low) AS low, unnest(kind) AS kind,"
            + " unnest(when_us) AS when_us, unnest(user_hash) AS user_hash, "
            + numbers
            + " FROM stage_block)");
    database.execute("TRUNCATE stage_block");
    blocks = database.appender("stage_block");
    waiting = 0;
  }

  /** Forgets all; rows are counted anew. */
  void clear() throws SQLException {
    size = 0;
    rowsBefore = 0;
    waiting = 0;
    blocks.close();
    database.execute("TRUNCATE stage_block");
    blocks = database.appender("stage_block");
  }

  @Override
  public void close() throws SQLException {
    blocks.close();
  }
}
