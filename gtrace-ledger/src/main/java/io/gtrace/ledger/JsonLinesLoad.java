package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.TextGeneration;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.UserKey;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * Lets the embedded database itself read a file of JSON lines into the stage, several times as fast
 * as record by record. It takes a file only if every record of it is certainly right and priced by
 * its tokens; else nothing of it is taken, and the file is left to the reader that judges each.
 */
final class JsonLinesLoad {
  private static final String MOST_TOKENS = "500000000";
  private static final List<UsageColumn> COUNTS =
      List.of(
          UsageColumn.INPUT_TOKENS,
          UsageColumn.CACHED_INPUT_TOKENS,
          UsageColumn.OUTPUT_TOKENS,
          UsageColumn.REASONING_TOKENS);
  private static final List<UsageColumn> TEXTS =
      List.of(UsageColumn.TEAM, UsageColumn.APP, UsageColumn.USER, UsageColumn.REQUEST_ID);

  private final LedgerDatabase database;
  private final EventStage stage;
  private final UserKey users;
  private final Instant earliest;
  private final Instant now;

  /**
   * @param earliest no usage can be earlier
   * @param now no usage can be later
   */
  JsonLinesLoad(
      LedgerDatabase database, EventStage stage, UserKey users, Instant earliest, Instant now) {
    this.database = database;
    this.stage = stage;
    this.users = users;
    this.earliest = earliest;
    this.now = now;
  }

  /** What was taken. */
  record Taken(long events, long leftOut) {}

  /**
   * Takes a file.
   *
   * @param rules how its records are read
   * @param defaults hold where a record does not say otherwise
   * @param reader judges what all that the records name is
   * @return empty if the file was left alone
   */
  Optional<Taken> take(
      Path file, RuleSql rules, Map<UsageColumn, String> defaults, UsageReader reader)
      throws SQLException {
    try {
      database.execute(loading(file, rules, defaults));
    } catch (SQLException notLines) {
      // The reader says what is wrong with it.
      return Optional.empty();
    }
    long records = database.number("SELECT count(*) FROM loaded");
    long odd = database.number("SELECT count(*) FROM loaded WHERE kept AND NOT plain");
    if (records == 0 || odd > 0 || !resolve(reader)) {
      return Optional.empty();
    }
    hashUsers();
    long events = database.number("SELECT count(*) FROM loaded WHERE kept");
    database.execute(
        "INSERT INTO stage_event SELECT "
            + stage.source()
            + ", NULL, coalesce(request_id, ''), moment, resolved, model, site, coalesce(team, ''),"
            + " coalesce(app, ''), hash, requests, input_tokens, cached_input_tokens, output_tokens,"
            + " reasoning_tokens, NULL FROM loaded JOIN loaded_key USING (model, modality, site)"
            + " LEFT JOIN loaded_user USING (\"user\") WHERE kept");
    stage.loaded(events);
    return Optional.of(new Taken(events, records - events));
  }

  private String loading(Path file, RuleSql rules, Map<UsageColumn, String> defaults) {
    String texts =
        TEXTS.stream()
            .map(column -> text(column, rules, defaults) + " AS \"" + column.label() + '"')
            .collect(Collectors.joining(", "));
    String counts =
        COUNTS.stream()
            .map(column -> rules.column(column) + " AS " + column.label())
            .collect(Collectors.joining(", "));
    String others =
        List.of(UsageColumn.values()).stream()
            .filter(UsageColumn::isAmount)
            .filter(column -> column != UsageColumn.REQUESTS && !COUNTS.contains(column))
            .map(rules::column)
            .filter(sql -> !sql.startsWith("NULL"))
            .collect(Collectors.joining(", "));
    String numbers =
        COUNTS.stream()
            .map(column ->
                "coalesce(try_cast("
                    + column.label()
                    + " AS BIGINT), CASE WHEN "
                    + column.label()
                    + " IS NULL THEN 0 ELSE -1 END) AS "
                    + column.label())
            .collect(Collectors.joining(", "));
    return "CREATE OR REPLACE TABLE loaded AS SELECT * EXCLUDE (\"when\", other, named_tokens),"
        + " kept AND coalesce(model, '') <> '' AND lower(modality) IN ('', 'text', 'embedding')"
        + " AND other IS NULL AND named_tokens AND requests BETWEEN 1 AND 1000000000 AND "
        + COUNTS.stream()
            .map(column -> column.label() + " BETWEEN 0 AND " + MOST_TOKENS)
            .collect(Collectors.joining(" AND "))
        + " AND (\"when\" IS NULL OR coalesce(moment BETWEEN "
        + moment(earliest)
        + " AND "
        + moment(now)
        + ", false)) AS plain FROM (SELECT * REPLACE ("
        + numbers
        + ", coalesce(try_cast(requests AS BIGINT), CASE WHEN requests IS NULL THEN 1 ELSE -1 END)"
        + " AS requests), "
        + MOMENT
        + " AS moment, (input_tokens IS NOT NULL OR output_tokens IS NOT NULL) AS named_tokens"
        + " FROM (SELECT "
        + text(UsageColumn.MODEL, rules, defaults)
        + " AS model, coalesce("
        + text(UsageColumn.MODALITY, rules, defaults)
        + ", '') AS modality, coalesce("
        + text(UsageColumn.SITE, rules, defaults)
        + ", '') AS site, "
        + rules.column(UsageColumn.WHEN)
        + " AS \"when\", "
        + rules.column(UsageColumn.REQUESTS)
        + " AS requests, "
        + counts
        + ", "
        + texts
        + ", "
        + (others.isEmpty() ? "NULL" : "coalesce(" + others + ")")
        + " AS other, "
        + rules.kept()
        + " AS kept FROM read_ndjson("
        + LedgerDatabase.text(file.toString())
        + ", ignore_errors = true, columns = {"
        + rules.fields()
        + "})))";
  }

  /**
   * Times as text are of UTC where they name no zone; counts since 1970 tell their unit by size.
   */
  private static final String MOMENT =
      "coalesce(try_cast(\"when\" AS TIMESTAMPTZ)::TIMESTAMP, CASE WHEN try_cast(\"when\" AS DOUBLE)"
          + " < 1e11 THEN make_timestamp((try_cast(\"when\" AS DOUBLE) * 1e6)::BIGINT) WHEN"
          + " try_cast(\"when\" AS DOUBLE) < 1e14 THEN make_timestamp((try_cast(\"when\" AS DOUBLE) *"
          + " 1e3)::BIGINT) END)";

  private static String moment(Instant instant) {
    return "TIMESTAMP '" + instant.toString().replace('T', ' ').replace("Z", "") + "'";
  }

  private static String text(UsageColumn column, RuleSql rules, Map<UsageColumn, String> defaults) {
    String otherwise = defaults.getOrDefault(column, "");
    return otherwise.isEmpty()
        ? rules.column(column)
        : "coalesce(" + rules.column(column) + ", " + LedgerDatabase.text(otherwise) + ")";
  }

  /** Finds out what each model, modality and site means; whether all are priced by the token. */
  private boolean resolve(UsageReader reader) throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE loaded_key (model VARCHAR, modality VARCHAR, site VARCHAR,"
            + " resolved VARCHAR)");
    List<List<String>> keys = new ArrayList<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT DISTINCT model, modality, site FROM loaded WHERE kept ORDER BY ALL")) {
      while (row.next()) {
        keys.add(List.of(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    try (PreparedStatement insert =
        database.connection().prepareStatement("INSERT INTO loaded_key VALUES (?, ?, ?, ?)")) {
      for (List<String> key : keys) {
        Optional<String> modality = modality(key, reader);
        if (modality.isEmpty()) {
          return false;
        }
        for (int i = 0; i < key.size(); i++) {
          insert.setString(i + 1, key.get(i));
        }
        insert.setString(key.size() + 1, modality.get());
        insert.executeUpdate();
      }
    }
    return true;
  }

  private static Optional<String> modality(List<String> key, UsageReader reader) {
    RowValues values = new RowValues();
    values.put(UsageColumn.MODEL, key.get(0));
    values.put(UsageColumn.MODALITY, key.get(1));
    values.put(UsageColumn.SITE, key.get(2));
    values.put(UsageColumn.INPUT_TOKENS, "0");
    values.put(UsageColumn.OUTPUT_TOKENS, "0");
    try {
      Activity example = reader.parser().parse(values.row(0, Map.of()));
      reader.priced(example);
      return example instanceof TextGeneration || example instanceof Embedding
          ? Optional.of(example.modality().label())
          : Optional.empty();
    } catch (RefusedRowException toBeJudgedRowByRow) {
      return Optional.empty();
    }
  }

  private void hashUsers() throws SQLException {
    database.execute("CREATE OR REPLACE TABLE loaded_user (\"user\" VARCHAR, hash UBIGINT)");
    List<String> distinct = new ArrayList<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT DISTINCT \"user\" FROM loaded WHERE kept AND \"user\" IS NOT NULL")) {
      while (row.next()) {
        distinct.add(row.getString(1));
      }
    }
    try (DuckDBAppender appender = database.appender("loaded_user")) {
      for (String user : distinct) {
        appender.beginRow().append(user).append(users.hash(user)).endRow();
      }
    }
  }
}
