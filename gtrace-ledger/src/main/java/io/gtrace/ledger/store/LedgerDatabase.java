package io.gtrace.ledger.store;

import io.gtrace.activity.Driver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBuilder;

/** The embedded database as the ledger uses it: in memory, within bounds, in UTC. */
public final class LedgerDatabase implements AutoCloseable {
  private static final String MEMORY_LIMIT = "800MB";

  /** Some failures of the disk come as an object of JSON within the message. */
  private static final Pattern MESSAGE =
      Pattern.compile("\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Connection connection;
  private boolean oneThread;

  private LedgerDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param spill a folder for what does not fit into memory; empty for none
   */
  public static LedgerDatabase open(Optional<Path> spill) throws SQLException {
    Properties settings = new Properties();
    // Rows come as they are read; by default the whole result would be held first.
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("autoinstall_known_extensions", "false");
    LedgerDatabase database =
        new LedgerDatabase(DriverManager.getConnection("jdbc:duckdb:", settings));
    try {
      database.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
      database.execute("SET TimeZone = 'UTC'");
      database.execute("SET temp_directory = " + text(spill.map(Path::toString).orElse("")));
      return database;
    } catch (SQLException failed) {
      database.close();
      throw failed;
    }
  }

  /** Another connection to the same database, for another thread. */
  public LedgerDatabase again() throws SQLException {
    return new LedgerDatabase(connection.unwrap(DuckDBConnection.class).duplicate());
  }

  /**
   * Leaves each statement, of all connections, to the thread that asks for it: for short ones, and
   * for several at a time. Who shares a statement with others and has nothing left to do keeps a
   * processor busy until they have ended. To be asked for by one connection alone, while no
   * statement is under way.
   */
  public void useOneThread() throws SQLException {
    if (!oneThread) {
      execute("SET threads = 1");
      oneThread = true;
    }
  }

  /** Shares each statement among as many threads as there are processors, as at first. */
  public void useAllThreads() throws SQLException {
    if (oneThread) {
      execute("RESET threads");
      oneThread = false;
    }
  }

  public Connection connection() {
    return connection;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes the answer to a query into a Parquet file. */
  public void copy(String query, Path file) throws SQLException {
    execute(
        "COPY ("
            + query
            + ") TO "
            + text(file.toString())
            + " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)");
  }

  /** The one number that a query answers with; 0 for NULL. */
  public long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getLong(1);
    }
  }

  /** The drivers of which any cell of a table has a volume, and requests, so that there is one. */
  public Set<Driver> driversOf(String cells) throws SQLException {
    String asked =
        Stream.of(Driver.values())
            .map(driver -> "coalesce(bool_or(" + driver.label() + " <> 0), false)")
            .collect(Collectors.joining(", "));
    Set<Driver> drivers = EnumSet.of(Driver.REQUESTS);
    try (Statement statement = connection.createStatement();
        ResultSet any = statement.executeQuery("SELECT " + asked + " FROM " + cells)) {
      any.next();
      for (Driver driver : Driver.values()) {
        if (any.getBoolean(driver.ordinal() + 1)) {
          drivers.add(driver);
        }
      }
    }
    return drivers;
  }

  /** Adds rows to a table; several threads may do so one after the other, never at once. */
  public DuckDBAppender appender(String table) throws SQLException {
    DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("main", table);
    appender.unsafeBreakThreadConfinement();
    return appender;
  }

  /**
   * Lets queries ask for the rows of a function.
   *
   * @param name it is called in queries
   * @param function asked only for the columns that a query needs; kept until the database is
   *     closed
   */
  public void register(String name, DuckDBTableFunction<?, ?, ?> function) throws SQLException {
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder.withName(name).withFunction(function).withProjectionPushdown().register(connection);
    } finally {
      // The driver notes every function that ever was, for whoever asks; a server has one a batch.
      DuckDBDriver.clearFunctionsRegistry();
    }
  }

  /** Why it failed, in one line: what follows are queries that nobody asked. */
  public static String reason(SQLException failed) {
    String line = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    Matcher inner = MESSAGE.matcher(line);
    return inner.find() ? inner.group(1).replace("\\\"", "'") : line;
  }

  /** A text in a query. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Several files as one table. */
  public static String parquet(Collection<Path> files) {
    return "read_parquet(" + list(files) + ", hive_partitioning = false)";
  }

  /** Several files as one table, of which some may lack columns that others have. */
  public static String parquetByName(Collection<Path> files) {
    return "read_parquet(" + list(files) + ", hive_partitioning = false, union_by_name = true)";
  }

  /** Whether all files have the same columns of the same types, and some of certain names. */
  boolean haveAlike(Collection<Path> files, Collection<String> names) throws SQLException {
    // The first row of a file is no column but stands for all of them.
    String columns =
        "SELECT list(name || ' ' || type ORDER BY name) AS columns, list(name) AS names"
            + " FROM parquet_schema("
            + list(files)
            + ") WHERE type IS NOT NULL GROUP BY file_name";
    return number(
            "SELECT (count(DISTINCT columns) = 1 AND list_has_all(any_value(names), "
                + names.stream()
                    .map(LedgerDatabase::text)
                    .collect(Collectors.joining(", ", "[", "]"))
                + "))::INTEGER FROM ("
                + columns
                + ")")
        == 1;
  }

  /** A file to read, in a query: signs that stand for others in patterns are those of its name. */
  public static String file(Path file) {
    return text(file.toString().replaceAll("[\\[*?]", "[$0]"));
  }

  static String list(Collection<Path> files) {
    return files.stream().map(LedgerDatabase::file).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
