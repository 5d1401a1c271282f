package io.gtrace.ledger;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatDetection;
import io.gtrace.ledger.format.FormatReader;
import io.gtrace.ledger.format.ObjectReader.Place;
import io.gtrace.ledger.store.LedgerDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Usage in Parquet, read by the embedded database. Rows that are certainly right and priced by the
 * token are summed there, by what their price depends on; all others are read one by one and judged
 * like rows of any other format, so that there is one judge.
 */
final class ParquetUsage implements AutoCloseable {
  private static final String MEMORY_LIMIT = "400MB";
  private static final int ROWS_BETWEEN_PROGRESS = 10_000;
  private static final int ROWS_SHOWN = 20;
  static final String MAGIC = "PAR1";
  private static final String ENCRYPTED_MAGIC = "PARE";

  private static final Set<UsageColumn> TEXTS =
      Set.of(
          UsageColumn.MODEL,
          UsageColumn.MODALITY,
          UsageColumn.SITE,
          UsageColumn.TEAM,
          UsageColumn.APP);
  private static final Set<UsageColumn> COUNTS =
      Set.of(
          UsageColumn.REQUESTS,
          UsageColumn.INPUT_TOKENS,
          UsageColumn.CACHED_INPUT_TOKENS,
          UsageColumn.OUTPUT_TOKENS,
          UsageColumn.REASONING_TOKENS);
  private static final Set<UsageColumn> TOKENS_OF_A_CALL =
      Set.of(UsageColumn.INPUT_TOKENS, UsageColumn.OUTPUT_TOKENS);
  private static final Set<String> WHOLE_NUMBER_TYPES =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");
  private static final Set<String> MOMENT_TYPES =
      Set.of(
          "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMP_NS");

  private final UsageSource source;
  private final String table;
  private final Connection connection;
  private final Map<UsageColumn, List<StoredColumn>> columns = new EnumMap<>(UsageColumn.class);
  private Optional<FormatDefinition> format = Optional.empty();
  private final List<String> defined = new ArrayList<>();

  private record StoredColumn(String name, String type) {
    String quoted() {
      return '"' + name.replace("\"", "\"\"") + '"';
    }
  }

  private ParquetUsage(UsageSource source, String table, Connection connection) {
    this.source = source;
    this.table = table;
    this.connection = connection;
  }

  /**
   * @throws UsageException if it is not Parquet or has no column of usage
   */
  static ParquetUsage open(UsageSource source, SourceRows rows, RowSink sink) {
    Path path =
        source.path().orElseThrow(() -> new UsageException(source.name() + ": is not a file"));
    requireParquet(source, path);
    String table = "read_parquet(" + LedgerDatabase.file(path) + ", file_row_number=true)";
    try {
      ParquetUsage usage = new ParquetUsage(source, table, connection());
      try {
        usage.prepare(rows, sink);
        return usage;
      } catch (SQLException | RuntimeException failed) {
        usage.close();
        throw failed;
      }
    } catch (SQLException notParquet) {
      throw unreadable(source, notParquet);
    }
  }

  private static Connection connection() throws SQLException {
    Properties settings = new Properties();
    // Rows come as they are read; by default the whole result would be held first.
    settings.setProperty("jdbc_stream_results", "true");
    return DriverManager.getConnection("jdbc:duckdb:", settings);
  }

  /** Parquet begins and ends with the same sign. */
  private static void requireParquet(UsageSource source, Path path) {
    String start;
    String end;
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      start = fourBytes(file, 0);
      end = fourBytes(file, Math.max(0, file.size() - MAGIC.length()));
    } catch (IOException unreadable) {
      throw new UsageException(
          source.name() + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
    if (start.equals(ENCRYPTED_MAGIC)) {
      throw new UsageException(source.name() + ": is encrypted; write it without encryption");
    }
    if (!start.equals(MAGIC)) {
      throw new UsageException(
          source.name()
              + ": is not a Parquet file, though its name says so; if it is text, let its name end"
              + " in .csv or .jsonl");
    }
    if (!end.equals(MAGIC)) {
      throw new UsageException(
          source.name()
              + ": the file breaks off: the index at the end of every Parquet file is missing; copy"
              + " or write it again");
    }
  }

  private static String fourBytes(SeekableByteChannel file, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length());
    file.position(from);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = file.read(bytes);
    }
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  private static UsageException unreadable(UsageSource source, SQLException cause) {
    boolean memory = String.valueOf(cause.getMessage()).startsWith("Out of Memory");
    return new UsageException(
        source.name()
            + (memory
                ? ": takes more than " + MEMORY_LIMIT + " of memory to sum; split it"
                : ": is Parquet, but damaged or of a kind that cannot be read; write it again, or"
                    + " as CSV or JSON lines"),
        cause);
  }

  private void prepare(SourceRows rows, RowSink sink) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "CREATE TEMP TABLE refused_group (model VARCHAR, modality VARCHAR, site VARCHAR)");
      Map<String, String> stored = new LinkedHashMap<>();
      try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
        while (described.next()) {
          stored.put(described.getString(1), described.getString(2));
        }
      }
      stored.remove("file_row_number");
      List<String> names = List.copyOf(stored.keySet());
      format = rows.format(this::look);
      if (format.isPresent()) {
        stored.keySet().stream().filter(this::isWanted).forEach(defined::add);
        return;
      }
      List<Optional<UsageColumn>> meant = UsageHeader.read(source, 1, names, sink);
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        meant
            .get(i)
            .ifPresent(column ->
                columns
                    .computeIfAbsent(column, missing -> new ArrayList<>())
                    .add(new StoredColumn(name, String.valueOf(stored.get(name)))));
      }
    }
  }

  /** Shows some rows. */
  private void look(FormatDetection detection) {
    StringBuilder lines = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT to_json(row) FROM (SELECT * EXCLUDE (file_row_number) FROM "
                    + table
                    + " LIMIT "
                    + ROWS_SHOWN
                    + ") row")) {
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
    } catch (SQLException broken) {
      throw unreadable(source, broken);
    }
    detection.lookAtJson(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private boolean isWanted(String column) {
    return format.stream()
        .flatMap(definition ->
            Stream.concat(
                definition.paths().stream(),
                definition.records().stream().flatMap(step -> step.keys().stream())))
        .anyMatch(path -> path.equals(column) || path.startsWith(column + "."));
  }

  /** Reads each row as the record of a format that it would be as JSON. */
  private void defined(FormatDefinition definition, RowSink sink) throws SQLException {
    JsonFactory json = new JsonFactory();
    DefinedRows rows = new DefinedRows(definition, source.defaults(), sink);
    FormatReader reader = new FormatReader(definition, json, rows);
    String wanted =
        defined.stream()
            .map(
                name -> "'" + name.replace("'", "''") + "': " + new StoredColumn(name, "").quoted())
            .collect(Collectors.joining(", ", "{", "}"));
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT file_row_number, to_json("
                    + wanted
                    + ") FROM "
                    + table
                    + " ORDER BY file_row_number")) {
      long read = 0;
      while (result.next()) {
        try (JsonParser parser =
            json.createParser(ObjectReadContext.empty(), result.getString(2))) {
          parser.nextToken();
          reader.read(parser, new Place(result.getLong(1) + 1, true, false));
        }
        reader.release();
        if (++read % ROWS_BETWEEN_PROGRESS == 0) {
          sink.progress(0);
        }
      }
    } finally {
      rows.finish();
    }
  }

  /** Sums what can be summed into cells and gives every other row to the reader. */
  void account(Cells cells, UsageReader reader, FactorCatalogue catalogue, Instant now) {
    try {
      if (format.isPresent() || !canSum()) {
        each(reader);
        reader.requireColumns();
        return;
      }
      String plain = plain(catalogue.firstYear(), now);
      long summed = sum(cells, reader, plain);
      if (summed < rowCount()) {
        rows(
            reader,
            "NOT coalesce("
                + plain
                + ", false) OR ("
                + text(UsageColumn.MODEL)
                + ", "
                + text(UsageColumn.MODALITY)
                + ", "
                + text(UsageColumn.SITE)
                + ") IN (SELECT (model, modality, site) FROM refused_group)");
      }
      if (summed == 0) {
        reader.requireColumns();
      }
    } catch (SQLException broken) {
      throw unreadable(source, broken);
    }
  }

  /** Gives every row to a sink. */
  void each(RowSink sink) {
    try {
      if (format.isPresent()) {
        defined(format.get(), sink);
      } else {
        rows(sink, "true");
      }
    } catch (SQLException broken) {
      throw unreadable(source, broken);
    }
  }

  private boolean canSum() {
    return columns.entrySet().stream()
        .allMatch(entry ->
            entry.getValue().stream().allMatch(stored -> canSum(entry.getKey(), stored.type())));
  }

  private static boolean canSum(UsageColumn column, String type) {
    if (TEXTS.contains(column)) {
      return type.equals("VARCHAR");
    }
    if (COUNTS.contains(column)) {
      return WHOLE_NUMBER_TYPES.contains(type);
    }
    return column != UsageColumn.WHEN || MOMENT_TYPES.contains(type);
  }

  /** What a column holds: NULL where the file has none. */
  private String value(UsageColumn column) {
    List<StoredColumn> stored = columns.getOrDefault(column, List.of());
    return switch (stored.size()) {
      case 0 -> "NULL";
      case 1 -> stored.get(0).quoted();
      default ->
          stored.stream()
              .map(StoredColumn::quoted)
              .collect(Collectors.joining(", ", "coalesce(", ")"));
    };
  }

  /** Amounts that are there under several names must be the same. */
  private String agreeing() {
    StringBuilder condition = new StringBuilder();
    for (UsageColumn column : COUNTS) {
      List<StoredColumn> stored = columns.getOrDefault(column, List.of());
      for (int i = 1; i < stored.size(); i++) {
        for (int j = 0; j < i; j++) {
          condition
              .append(" AND coalesce(")
              .append(stored.get(i).quoted())
              .append(" = ")
              .append(stored.get(j).quoted())
              .append(", true)");
        }
      }
    }
    return condition.toString();
  }

  private long rowCount() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + table)) {
      counted.next();
      return counted.getLong(1);
    }
  }

  private String text(UsageColumn column) {
    String otherwise = source.defaults().getOrDefault(column, "");
    String literal = "'" + otherwise.replace("'", "''") + "'";
    if (!columns.containsKey(column)) {
      return literal;
    }
    // Without a default, blanks are left to whoever reads the group: there are fewer groups.
    return otherwise.isEmpty()
        ? "coalesce(" + value(column) + ", '')"
        : "coalesce(nullif(trim(" + value(column) + "), ''), " + literal + ")";
  }

  private String count(UsageColumn column, int absent) {
    return columns.containsKey(column)
        ? "coalesce(" + value(column) + ", " + absent + ")::BIGINT"
        : absent + "::BIGINT";
  }

  private String moment() {
    return moment("us");
  }

  private String moment(String unit) {
    return columns.containsKey(UsageColumn.WHEN)
        ? "epoch_" + unit + "(" + value(UsageColumn.WHEN) + ")"
        : "NULL::BIGINT";
  }

  private boolean storesNanoseconds() {
    return columns.getOrDefault(UsageColumn.WHEN, List.of()).stream()
        .anyMatch(stored -> stored.type().equals("TIMESTAMP_NS"));
  }

  /**
   * Stricter than the parser, never laxer: what it lets through, the parser would too, and products
   * of two counts stay below 2^63.
   */
  private String plain(int firstYear, Instant now) {
    String tokens =
        COUNTS.stream()
            .filter(column -> column != UsageColumn.REQUESTS && columns.containsKey(column))
            .map(column -> count(column, 0) + " BETWEEN 0 AND 500000000")
            .collect(Collectors.joining(" AND "));
    String requests =
        columns.containsKey(UsageColumn.REQUESTS)
            ? " AND " + count(UsageColumn.REQUESTS, 1) + " BETWEEN 1 AND 1000000000"
            : "";
    Instant first = Instant.parse(firstYear + "-01-01T00:00:00Z");
    String when =
        columns.containsKey(UsageColumn.WHEN)
            ? " AND ("
                + moment()
                + " IS NULL OR "
                + moment()
                + " BETWEEN "
                + first.toEpochMilli() * 1_000
                + " AND "
                + now.toEpochMilli() * 1_000
                + ")"
            : "";
    String hasTokens =
        columns.keySet().stream()
            .filter(TOKENS_OF_A_CALL::contains)
            .map(column -> value(column) + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    return "("
        + text(UsageColumn.MODEL)
        + " <> '' AND lower("
        + text(UsageColumn.MODALITY)
        + ") IN ('', 'text', 'embedding') AND ("
        + (hasTokens.isEmpty() ? "false" : hasTokens)
        + ")"
        + (tokens.isEmpty() ? "" : " AND " + tokens)
        + requests
        + when
        + agreeing()
        + notTraining()
        + ")";
  }

  /** Hardware beside no kind of work means training. */
  private String notTraining() {
    return columns.containsKey(UsageColumn.ACCELERATOR)
        ? " AND ("
            + text(UsageColumn.MODALITY)
            + " <> '' OR coalesce(trim("
            + value(UsageColumn.ACCELERATOR)
            + "::VARCHAR), '') = '')"
        : "";
  }

  private long sum(Cells cells, UsageReader reader, String plain) throws SQLException {
    boolean many = columns.containsKey(UsageColumn.REQUESTS);
    // Whole numbers are summed exactly, so that the order of threads does not show.
    String groups =
        "CREATE TEMP TABLE usage_group AS WITH usage AS (SELECT "
            + text(UsageColumn.MODEL)
            + " AS model, "
            + text(UsageColumn.MODALITY)
            + " AS modality, "
            + text(UsageColumn.SITE)
            + " AS site, "
            + text(UsageColumn.TEAM)
            + " AS team, "
            + text(UsageColumn.APP)
            + " AS app, "
            + moment()
            + " // 3600000000 AS hour, "
            + moment(storesNanoseconds() ? "ns" : "us")
            + " AS moment, "
            + count(UsageColumn.REQUESTS, 1)
            + " AS requests, "
            + count(UsageColumn.INPUT_TOKENS, 0)
            + " AS input, "
            + count(UsageColumn.CACHED_INPUT_TOKENS, 0)
            + " AS cached, "
            + count(UsageColumn.OUTPUT_TOKENS, 0)
            + " + "
            + count(UsageColumn.REASONING_TOKENS, 0)
            + " AS output FROM "
            + table
            + " WHERE "
            + plain
            + ") SELECT model, modality, site, team, app, hour, count(*) AS activities,"
            + " sum(requests)::DOUBLE AS requests, sum(input)::DOUBLE AS input,"
            + " sum(cached)::DOUBLE AS cached, sum(output)::DOUBLE AS output, "
            + (many
                ? "sum(input::DOUBLE * (2 * cached + input) / requests) / 2 AS input_pairs,"
                    + " sum(output::DOUBLE * (2 * (input + cached) + output) / requests) / 2 AS context_reads"
                : "sum(input * (2 * cached + input))::DOUBLE / 2 AS input_pairs,"
                    + " sum(output * (2 * (input + cached) + output))::DOUBLE / 2 AS context_reads")
            + ", min(moment) AS first, max(moment) AS last FROM usage GROUP BY ALL";
    GroupedUsage grouped =
        new GroupedUsage(cells, reader, storesNanoseconds() ? ChronoUnit.NANOS : ChronoUnit.MICROS);
    try (Statement statement = connection.createStatement()) {
      statement.execute(groups);
      // Texts are slow to hand over: each once, and the many groups refer to them by number.
      statement.execute(
          "CREATE TEMP TABLE usage_key AS SELECT row_number() OVER () AS key, * FROM"
              + " (SELECT DISTINCT model, modality, site, team, app FROM usage_group)");
      try (ResultSet keys =
          statement.executeQuery("SELECT key, model, modality, site, team, app FROM usage_key")) {
        while (keys.next()) {
          grouped.addKey(keys);
        }
      }
      try (ResultSet sums =
          statement.executeQuery(
              "SELECT key, hour, activities, requests, input, cached, output, input_pairs,"
                  + " context_reads, first, last FROM usage_group"
                  + " JOIN usage_key USING (model, modality, site, team, app)")) {
        while (sums.next()) {
          grouped.add(sums);
        }
      }
    }
    keep(grouped.refused());
    return grouped.activities();
  }

  private void keep(Set<GroupedUsage.PriceKey> refused) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO refused_group VALUES (?, ?, ?)")) {
      for (GroupedUsage.PriceKey group : refused) {
        insert.setString(1, group.model());
        insert.setString(2, group.modality());
        insert.setString(3, group.site());
        insert.executeUpdate();
      }
    }
  }

  private void rows(RowSink sink, String condition) throws SQLException {
    List<UsageColumn> present = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    columns.forEach((column, stored) ->
        stored.forEach(one -> {
          present.add(column);
          selected.add("CAST(" + one.quoted() + " AS VARCHAR)");
        }));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT file_row_number, "
                    + String.join(", ", selected)
                    + " FROM "
                    + table
                    + " WHERE "
                    + condition
                    + " ORDER BY file_row_number")) {
      long read = 0;
      while (rows.next()) {
        RowValues values = new RowValues();
        for (int i = 0; i < present.size(); i++) {
          String value = rows.getString(i + 2);
          if (value != null) {
            values.put(present.get(i), value);
          }
        }
        sink.row(values.row(rows.getLong(1) + 1, source.defaults()));
        if (++read % ROWS_BETWEEN_PROGRESS == 0) {
          sink.progress(0);
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
