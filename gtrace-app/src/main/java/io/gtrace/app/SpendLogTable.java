package io.gtrace.app;

import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.UsageFeed;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table {@code LiteLLM_SpendLogs} of a running LiteLLM: a read-only transaction, one page after
 * another in order of time. Of its columns, and of the objects in them, only what tells usage is
 * asked for, so prompts and completions never leave the database.
 */
final class SpendLogTable implements UsageFeed, AutoCloseable {
  /**
   * A call is written down when it ends, with the time of its beginning. LiteLLM gives up calls
   * after 6,000 s unless told otherwise, and writes with a delay, which is long where it could not
   * reach its database; what is asked for twice is known.
   */
  private static final String OVERLAP = "1 day";

  private static final String TABLE = "\"LiteLLM_SpendLogs\"";
  private static final String FORMAT = "litellm-spend-logs";
  private static final int ROWS_OF_A_PAGE = 5_000;
  private static final int LOGIN_SECONDS = 30;

  private final DatabaseAddress address;
  private final Connection connection;
  private final String columns;
  private final Optional<String> since;
  private Optional<String> mark = Optional.empty();

  private SpendLogTable(
      DatabaseAddress address, Connection connection, String columns, Optional<String> since) {
    this.address = address;
    this.connection = connection;
    this.columns = columns;
    this.since = since;
  }

  /** What the table of a database is called, also before it is opened. */
  static String nameAt(DatabaseAddress address) {
    return address + "/LiteLLM_SpendLogs";
  }

  /**
   * Opens the table.
   *
   * @param since the mark of an earlier reading; empty to read all
   * @throws UsageException if there is no such database or table, or it may not be read
   */
  static SpendLogTable open(DatabaseAddress address, Optional<String> since) {
    try {
      DriverManager.setLoginTimeout(LOGIN_SECONDS);
      Connection connection =
          DriverManager.getConnection(address.forDriver(), address.credentials());
      try {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
          statement.execute("SET TIME ZONE 'UTC'");
        }
        return new SpendLogTable(address, connection, columns(address, connection), since);
      } catch (SQLException | RuntimeException failed) {
        connection.close();
        throw failed;
      }
    } catch (SQLException failed) {
      throw new UsageException(address + ": cannot be read: " + reason(failed), failed);
    }
  }

  private static String columns(DatabaseAddress address, Connection connection)
      throws SQLException {
    Set<String> there = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('"
                    + TABLE
                    + "') AND attnum > 0 AND NOT attisdropped")) {
      while (row.next()) {
        there.add(row.getString(1));
      }
    }
    if (!there.contains("request_id") || !there.contains("startTime")) {
      throw new UsageException(
          address
              + ": has no table LiteLLM_SpendLogs that this user can see; LiteLLM makes it in the"
              + " database that its DATABASE_URL names");
    }
    FormatDefinition format = Formats.shipped().named(FORMAT);
    Map<String, List<String>> wanted =
        format.paths().stream()
            .map(path -> path.split("\\.", 2))
            .filter(path -> there.contains(path[0]))
            .collect(
                Collectors.groupingBy(
                    path -> path[0],
                    LinkedHashMap::new,
                    Collectors.mapping(
                        path -> path.length > 1 ? path[1] : "", Collectors.toList())));
    return wanted.entrySet().stream()
        .map(column -> column(column.getKey(), column.getValue()))
        .collect(Collectors.joining(", "));
  }

  /**
   * A column of a query.
   *
   * @param inside paths within its object; empty for the whole
   */
  private static String column(String name, List<String> inside) {
    if (inside.contains("")) {
      return '"' + name + '"';
    }
    return inside.stream()
        .map(
            path -> "'" + path + "', \"" + name + "\"::jsonb #> '{" + path.replace('.', ',') + "}'")
        .collect(Collectors.joining(", ", "jsonb_build_object(", ") AS \"" + name + '"'));
  }

  private static String reason(SQLException failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("").strip();
  }

  @Override
  public String name() {
    return nameAt(address);
  }

  @Override
  public InputFormat format() {
    return InputFormat.named(FORMAT);
  }

  @Override
  public InputStream open() {
    return new Pages();
  }

  @Override
  public Optional<String> mark() {
    return mark;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // It was only read, so nothing is lost.
    }
  }

  /** The rows as the database writes them in JSON, one a line. */
  private final class Pages extends InputStream {
    private InputStream page = InputStream.nullInputStream();
    private String lastTime = "";
    private String lastId = "";
    private boolean atEnd;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = page.read(into, at, length);
      while (read < 0 && !atEnd) {
        next();
        read = page.read(into, at, length);
      }
      return read;
    }

    private void next() throws IOException {
      try (PreparedStatement query = connection.prepareStatement(query())) {
        int parameter = 1;
        if (!lastTime.isEmpty()) {
          query.setString(parameter++, lastTime);
          query.setString(parameter, lastId);
        } else if (since.isPresent()) {
          query.setString(parameter, since.get());
        }
        StringBuilder lines = new StringBuilder();
        int rows = 0;
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            lines.append(row.getString(1)).append('\n');
            lastTime = row.getString(2);
            lastId = row.getString(3);
            mark = Optional.of(row.getString(4));
            rows++;
          }
        }
        atEnd = rows < ROWS_OF_A_PAGE;
        page = new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
      } catch (SQLException failed) {
        throw new IOException(reason(failed), failed);
      }
    }

    private String query() {
      String from =
          !lastTime.isEmpty()
              ? " WHERE (\"startTime\", request_id) > (?::timestamp, ?)"
              : since.isPresent()
                  ? " WHERE \"startTime\" >= ?::timestamp - INTERVAL '" + OVERLAP + "'"
                  : "";
      return "SELECT row_to_json(page)::text, page.\"startTime\"::timestamp::text, page.request_id,"
          // A clock that is ahead must not keep later calls from being asked for.
          + " least(page.\"startTime\"::timestamp, now()::timestamp)::text"
          + " FROM (SELECT "
          + columns
          + " FROM "
          + TABLE
          + from
          + " ORDER BY \"startTime\", request_id LIMIT "
          + ROWS_OF_A_PAGE
          + ") AS page";
    }
  }
}
