package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The spend logs of LiteLLM come out of a real PostgreSQL, only what is new each time. */
class SpendLogTableTest {
  /** The columns that matter, as LiteLLM's schema.prisma makes them. */
  private static final String TABLE =
      """
      CREATE TABLE "LiteLLM_SpendLogs" (
        "request_id" TEXT PRIMARY KEY,
        "call_type" TEXT NOT NULL,
        "api_key" TEXT NOT NULL DEFAULT '',
        "spend" DOUBLE PRECISION NOT NULL DEFAULT 0.0,
        "total_tokens" INTEGER NOT NULL DEFAULT 0,
        "prompt_tokens" INTEGER NOT NULL DEFAULT 0,
        "completion_tokens" INTEGER NOT NULL DEFAULT 0,
        "startTime" TIMESTAMP(3) NOT NULL,
        "endTime" TIMESTAMP(3) NOT NULL,
        "model" TEXT NOT NULL DEFAULT '',
        "api_base" TEXT DEFAULT '',
        "user" TEXT DEFAULT '',
        "metadata" JSONB DEFAULT '{}',
        "cache_hit" TEXT DEFAULT '',
        "team_id" TEXT,
        "end_user" TEXT,
        "messages" JSONB DEFAULT '{}',
        "response" JSONB DEFAULT '{}',
        "status" TEXT);
      CREATE INDEX ON "LiteLLM_SpendLogs" ("startTime");
      """;

  private static final String SECRET = "s3cr3t/pass word";
  private static @Nullable EmbeddedPostgres server;

  @TempDir Path folder;
  private String address = "";
  private String ledger = "";

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    // A server that asks nobody would take any password.
    execute("CREATE ROLE reader LOGIN PASSWORD '" + SECRET + "'");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static EmbeddedPostgres server() {
    if (server == null) {
      throw new IllegalStateException("no server");
    }
    return server;
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeEach
  void table() throws SQLException {
    execute("DROP TABLE IF EXISTS \"LiteLLM_SpendLogs\"");
    execute(TABLE);
    execute("GRANT SELECT ON \"LiteLLM_SpendLogs\" TO reader");
    address =
        "postgres://reader:s3cr3t%2Fpass%20word@localhost:" + server().getPort() + "/postgres";
    ledger = folder.resolve("ledger").toString();
  }

  private static void insert(int from, int to, LocalDateTime first) throws SQLException {
    execute(
        "INSERT INTO \"LiteLLM_SpendLogs\" (request_id, call_type, prompt_tokens,"
            + " completion_tokens, \"startTime\", \"endTime\", model, team_id, messages, metadata)"
            + " SELECT 'r-' || i, 'acompletion', 100, 30, TIMESTAMP '"
            + first
            + "' + i / 3 * INTERVAL '1 second', now(), 'gpt-4o', 'search',"
            + " '{\"secret\": \"prompt\"}', '{\"additional_usage_values\":"
            + " {\"cache_read_input_tokens\": 40}}' FROM generate_series("
            + from
            + ", "
            + (to - 1)
            + ") AS i");
  }

  private Outcome ingest(String from) {
    return Outcome.of(
        "ingest",
        from,
        "--ledger",
        ledger,
        "--format",
        "json",
        "--quarantine",
        folder.resolve("quarantine.jsonl").toString());
  }

  private JsonNode ingested() {
    Outcome outcome = ingest(address);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.err()).doesNotContain("s3cr3t");
    return outcome.json();
  }

  @Test
  void everyRowComesOnceAndTheNextTimeOnlyWhatIsNew() throws SQLException {
    // Three at the same moment, and more than two pages.
    insert(0, 12_000, LocalDateTime.parse("2026-03-01T10:00:00"));
    assertThat(ingested().get("added").asInt()).isEqualTo(12_000);

    insert(12_000, 12_010, LocalDateTime.parse("2026-03-03T10:00:00"));
    JsonNode second = ingested();
    assertThat(second.get("added").asInt()).isEqualTo(10);
    // They lie within a day before the newest, so they are read again, and known.
    assertThat(second.get("duplicates").asInt()).isEqualTo(12_000);

    JsonNode third = ingested();
    assertThat(third.get("added").asInt()).isZero();
    assertThat(third.get("duplicates").asInt()).as("of the first day none").isEqualTo(10);
  }

  @Test
  void aLongCallThatIsWrittenLateIsNotMissed() throws SQLException {
    insert(0, 10, LocalDateTime.parse("2026-03-01T12:00:00"));
    assertThat(ingested().get("added").asInt()).isEqualTo(10);
    insert(10, 11, LocalDateTime.parse("2026-03-01T10:30:00"));
    assertThat(ingested().get("added").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsReadIsWhatAnExportOfTheTableGives() throws IOException, SQLException {
    insert(0, 3, LocalDateTime.parse("2026-03-01T10:00:00"));
    ingested();
    Path export = folder.resolve("export.csv");
    try (Connection connection = server().getPostgresDatabase().getConnection();
        var out = Files.newOutputStream(export)) {
      connection
          .unwrap(org.postgresql.PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY \"LiteLLM_SpendLogs\" TO STDOUT (FORMAT csv, HEADER)", out);
    }
    JsonNode again = ingest(export.toString()).json();
    assertThat(again.get("added").asInt()).isZero();
    assertThat(again.get("duplicates").asInt()).isEqualTo(3);

    JsonNode rows =
        Outcome.of(
                "query",
                "--ledger",
                ledger,
                "SELECT team, input_tokens, cached_input_tokens, output_tokens FROM events LIMIT 1",
                "--format",
                "json")
            .jsonLines()
            .get(0);
    assertThat(rows.toString())
        .isEqualTo(
            "{\"team\":\"search\",\"input_tokens\":60,\"cached_input_tokens\":40,"
                + "\"output_tokens\":30}");
  }

  @Test
  void aClockThatIsAheadKeepsNoLaterCallFromBeingRead() throws SQLException {
    insert(0, 1, LocalDateTime.parse("2099-03-01T10:00:00"));
    assertThat(ingest(address).json().get("refused").asInt()).isEqualTo(1);
    insert(1, 2, LocalDateTime.now(java.time.ZoneOffset.UTC).minusHours(2));
    assertThat(ingest(address).json().get("added").asInt()).isEqualTo(1);
  }

  @Test
  void ofMetadataOnlyWhatTellsUsageLeavesTheDatabase() throws IOException, SQLException {
    execute(
        "INSERT INTO \"LiteLLM_SpendLogs\" (request_id, call_type, \"startTime\", \"endTime\","
            + " metadata) VALUES ('r', 'acompletion', '2026-03-01T10:00:00', now(),"
            + " '{\"error_information\": \"secret words\", \"user_api_key_team_alias\": \"search\","
            + " \"additional_usage_values\": {\"cache_read_input_tokens\": 40, \"x\": \"secret\"}}')");
    try (SpendLogTable table =
            SpendLogTable.open(
                DatabaseAddress.parse(address, java.util.Map.of()), java.util.Optional.empty());
        java.io.InputStream rows = table.open()) {
      assertThat(new String(rows.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("search", "40")
          .doesNotContain("secret");
    }
  }

  @Test
  void promptsAreNotAskedFor() throws SQLException {
    // Whoever may not read prompts can still be accounted.
    execute("REVOKE SELECT ON \"LiteLLM_SpendLogs\" FROM reader");
    execute(
        "GRANT SELECT (request_id, call_type, \"startTime\", api_base, cache_hit, status, model,"
            + " team_id, end_user, \"user\", metadata, prompt_tokens, completion_tokens) ON"
            + " \"LiteLLM_SpendLogs\" TO reader");
    insert(0, 5, LocalDateTime.parse("2026-03-01T10:00:00"));
    assertThat(ingested().get("added").asInt()).isEqualTo(5);
  }

  @Test
  void aTransactionCannotWrite() throws SQLException {
    insert(0, 1, LocalDateTime.parse("2026-03-01T10:00:00"));
    execute(
        "CREATE TABLE IF NOT EXISTS tampering (x INTEGER); GRANT ALL ON tampering TO reader;"
            + " CREATE OR REPLACE FUNCTION tampered() RETURNS TEXT LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO tampering VALUES (1); RETURN 'done'; END $$");
    execute("ALTER TABLE \"LiteLLM_SpendLogs\" RENAME TO spend");
    execute(
        "CREATE VIEW \"LiteLLM_SpendLogs\" AS SELECT request_id, tampered() AS call_type, model,"
            + " \"startTime\", prompt_tokens, completion_tokens FROM spend");
    execute("GRANT SELECT ON \"LiteLLM_SpendLogs\" TO reader");
    Outcome outcome = ingest(address);
    execute("DROP VIEW \"LiteLLM_SpendLogs\"");
    execute("ALTER TABLE spend RENAME TO \"LiteLLM_SpendLogs\"");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("read-only transaction").hasLineCount(1);
  }

  @Test
  void whatCannotBeReadIsToldInOneLineWithoutThePassword() throws SQLException {
    String port = Integer.toString(server().getPort());
    execute("DROP TABLE \"LiteLLM_SpendLogs\"");
    for (String wrong :
        List.of(
            address,
            address.replace("/postgres", "/s3cr3t-nowhere").replace("s3cr3t-", ""),
            address.replace(port, "1"),
            "postgres://reader:s3cr3t@",
            "postgres://reader:s3cr3t%zz@localhost:" + port + "/postgres",
            "postgresql://reader:s3cr3t@localhost:" + port + "/post gres")) {
      Outcome outcome = ingest(wrong);
      assertThat(outcome.exitCode()).as(wrong + outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(outcome.err())
          .startsWith("gtrace: ")
          .hasLineCount(1)
          .doesNotContain("s3cr3t", "Exception");
    }
  }

  @Test
  void theLedgerKeepsNoPassword() throws IOException, SQLException {
    insert(0, 1, LocalDateTime.parse("2026-03-01T10:00:00"));
    ingested();
    assertThat(Files.readString(Path.of(ledger, "seals", "000001.json")))
        .contains("localhost", "LiteLLM_SpendLogs", "2026-03-01 10:00:00")
        .doesNotContain("s3cr3t", "reader");
  }
}
