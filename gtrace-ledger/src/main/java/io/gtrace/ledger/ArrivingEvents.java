package io.gtrace.ledger;

import io.gtrace.ledger.format.LineFormat;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/**
 * Numbers of events on their way into the table {@code stage_event}. The database fetches them
 * column by column as the rows of a table function, which takes a third of the time of handing over
 * each, and half of that of lists.
 */
final class ArrivingEvents {
  private static final String FUNCTION = "arriving_events";
  private static final int FIRST_ROOM = 1 << 10;
  private static final int MOST_WAITING = 1 << 15;

  private static final int SOURCE = 0;
  private static final int KIND = 1;
  private static final int ID_HIGH = 2;
  private static final int ID_LOW = 3;
  private static final int WHEN_US = 4;
  private static final int USER = 5;
  private static final int ROW_NO = 6;
  private static final int FIRST_COUNT = 7;
  private static final List<String> COLUMNS =
      Stream.concat(
              Stream.of("source", "kind", "high", "low", "when_us", "user_no", "row_no"),
              EventSchema.SUMMED.stream())
          .toList();

  /** What an event may lack, as bits. */
  private static final byte WITH_ID = 1;

  private static final byte WITH_TIME = 2;
  private static final byte WITH_USER = 4;

  private static final String UNSIGNED = " + 9223372036854775808)::UHUGEINT";

  private final LedgerDatabase database;
  private final Fetch fetch = new Fetch();
  private int size;
  private long rowsBefore;

  ArrivingEvents(LedgerDatabase database) throws SQLException {
    this.database = database;
    database.register(FUNCTION, fetch);
  }

  /**
   * Begins an event; what is not told of it is not there.
   *
   * @param source the number of its source
   */
  void begin(int source, int kind) throws SQLException {
    if (size == MOST_WAITING) {
      flush();
    }
    fetch.makeRoom(size);
    fetch.told[size] = 0;
    fetch.numbers[SOURCE][size] = source;
    fetch.numbers[KIND][size] = kind;
    size++;
  }

  void id(long high, long low) {
    set(ID_HIGH, high ^ Long.MIN_VALUE);
    set(ID_LOW, low ^ Long.MIN_VALUE);
    fetch.told[size - 1] |= WITH_ID;
  }

  void whenUs(long sinceEpoch) {
    set(WHEN_US, sinceEpoch);
    fetch.told[size - 1] |= WITH_TIME;
  }

  void user(long hash) {
    set(USER, hash ^ Long.MIN_VALUE);
    fetch.told[size - 1] |= WITH_USER;
  }

  /**
   * @param place in {@link LineFormat#COUNTS}
   */
  void count(int place, long count) {
    set(FIRST_COUNT + place, count);
  }

  private void set(int column, long number) {
    fetch.numbers[column][size - 1] = number;
  }

  /** Makes all events visible to queries. */
  void flush() throws SQLException {
    if (size == 0) {
      return;
    }
    fetch.begin(size, rowsBefore);
    database.execute(insert());
    rowsBefore += size;
    size = 0;
  }

  /** Numbers without a sign come with the first bit flipped: the database takes signed ones. */
  private String insert() {
    return "INSERT INTO stage_event SELECT "
        + asked(SOURCE)
        + "::INTEGER, row_no, ((high::HUGEINT"
        + UNSIGNED
        + " * 18446744073709551616 + (low::HUGEINT"
        + UNSIGNED
        + ")::UUID, kind::INTEGER, make_timestamp(when_us), (user_no::HUGEINT"
        + UNSIGNED
        + "::UBIGINT"
        + IntStream.range(FIRST_COUNT, COLUMNS.size())
            .mapToObj(column -> ", " + asked(column))
            .collect(Collectors.joining())
        + " FROM "
        + FUNCTION
        + "()";
  }

  /** The name of a column, or the one number that it has: the database need not fetch that. */
  private String asked(int column) {
    return fetch.isConstant(column) ? Long.toString(fetch.numbers[column][0]) : COLUMNS.get(column);
  }

  /** Forgets all; rows are counted anew. */
  void clear() {
    size = 0;
    rowsBefore = 0;
  }

  /** Tells the database the events that wait, a chunk with every call and one call at a time. */
  private static final class Fetch implements DuckDBTableFunction<String, int[], String> {
    private long[][] numbers = new long[COLUMNS.size()][0];
    private byte[] told = new byte[0];
    private int from;
    private int to;
    private long rowsBefore;

    void makeRoom(int events) {
      if (events == told.length) {
        int room = Math.max(FIRST_ROOM, 2 * events);
        told = Arrays.copyOf(told, room);
        for (int column = 0; column < numbers.length; column++) {
          numbers[column] = Arrays.copyOf(numbers[column], room);
        }
      }
    }

    void begin(int events, long before) {
      from = 0;
      to = events;
      rowsBefore = before;
    }

    boolean isConstant(int column) {
      long[] of = numbers[column];
      int row = 1;
      while (row < to && of[row] == of[0]) {
        row++;
      }
      return row == to;
    }

    @Override
    public String bind(DuckDBTableFunctionBindInfo binding) {
      COLUMNS.forEach(column -> binding.addResultColumn(column, DuckDBColumnType.BIGINT));
      binding.setCardinality(to, true);
      return FUNCTION;
    }

    @Override
    public int[] init(DuckDBTableFunctionInitInfo init) {
      init.setMaxThreads(1);
      int[] asked = new int[Math.toIntExact(init.getColumnCount())];
      for (int place = 0; place < asked.length; place++) {
        asked[place] = Math.toIntExact(init.getColumnIndex(place));
      }
      return asked;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
      int rows = (int) Math.min(chunk.capacity(), to - from);
      if (rows > 0) {
        int[] asked = call.getInitData();
        for (int place = 0; place < asked.length; place++) {
          write(chunk.vector(place), asked[place], rows);
        }
        from += rows;
      }
      return rows;
    }

    private void write(DuckDBWritableVector vector, int column, int rows) {
      switch (column) {
        case ROW_NO -> writeRowNo(vector, rows);
        case ID_HIGH -> write(vector, column, rows, WITH_ID);
        case WHEN_US -> write(vector, column, rows, WITH_TIME);
        case USER -> write(vector, column, rows, WITH_USER);
        default -> {
          long[] of = numbers[column];
          for (int row = 0; row < rows; row++) {
            vector.setLong(row, of[from + row]);
          }
        }
      }
    }

    private void writeRowNo(DuckDBWritableVector vector, int rows) {
      for (int row = 0; row < rows; row++) {
        vector.setLong(row, rowsBefore + from + row);
      }
    }

    private void write(DuckDBWritableVector vector, int column, int rows, byte ifTold) {
      long[] of = numbers[column];
      for (int row = 0; row < rows; row++) {
        if ((told[from + row] & ifTold) == 0) {
          vector.setNull(row);
        } else {
          vector.setLong(row, of[from + row]);
        }
      }
    }
  }
}
