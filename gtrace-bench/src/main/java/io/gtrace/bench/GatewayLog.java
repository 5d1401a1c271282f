package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes usage as the log of a gateway: JSON lines with the fields of LiteLLM, about 510 bytes
 * each. Ids of requests are random, as gateways make them, and the same for the same seed.
 */
final class GatewayLog {
  /** The fields that an ingest reads, as the database alone would load them. */
  static final String COLUMNS =
      "request_id: 'VARCHAR', call_type: 'VARCHAR', startTime: 'TIMESTAMP', model: 'VARCHAR',"
          + " model_group: 'VARCHAR', api_base: 'VARCHAR', end_user: 'VARCHAR', \"user\": 'VARCHAR',"
          + " team_alias: 'VARCHAR', team_id: 'VARCHAR', prompt_tokens: 'BIGINT',"
          + " completion_tokens: 'BIGINT', cache_hit: 'VARCHAR', status: 'VARCHAR', metadata:"
          + " 'STRUCT(user_api_key_team_alias VARCHAR, user_api_key_alias VARCHAR,"
          + " additional_usage_values STRUCT(cache_read_input_tokens BIGINT, prompt_tokens_details"
          + " STRUCT(cached_tokens BIGINT), completion_tokens_details STRUCT(reasoning_tokens"
          + " BIGINT)))'";

  private GatewayLog() {}

  /**
   * The log in a folder, which is written if it is not there.
   *
   * @param rows about so many lines
   */
  static Path in(Path folder, long rows, long seed) throws IOException {
    Path file = folder.resolve("gateway-" + rows + "-" + seed + ".jsonl");
    if (Files.exists(file)) {
      return file;
    }
    System.err.println("bench: writing " + file);
    Path usage = folder.resolve("unfinished.parquet");
    Path unfinished = folder.resolve("unfinished.jsonl");
    try {
      new UsageGenerator(seed).write(usage, rows);
      write(usage, unfinished, seed);
    } catch (SQLException notWritten) {
      throw new IOException(file + " cannot be written", notWritten);
    }
    Files.delete(usage);
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path usage, Path lines, long seed) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'chatcmpl-' || md5('"
              + seed
              + " ' || row_number() OVER ())[:29] AS request_id, 'acompletion' AS call_type,"
              + " md5(team) || md5(app) AS api_key, input_tokens + cached_input_tokens AS"
              + " prompt_tokens, output_tokens AS completion_tokens, strftime(\"timestamp\","
              + " '%Y-%m-%dT%H:%M:%S.%fZ') AS \"startTime\", model, CASE split_part(region, '/', 1)"
              + " WHEN 'azure' THEN 'https://' || split_part(region, '/', 2) ||"
              + " '.api.cognitive.microsoft.com' WHEN 'aws' THEN 'https://bedrock-runtime.' ||"
              + " split_part(region, '/', 2) || '.amazonaws.com' ELSE 'https://' ||"
              + " split_part(region, '/', 2) || '-aiplatform.googleapis.com' END AS api_base,"
              + " user_id AS \"user\", team AS team_id, {user_api_key_alias: app,"
              + " additional_usage_values: {prompt_tokens_details: {cached_tokens:"
              + " cached_input_tokens}}} AS metadata, 'False' AS cache_hit FROM '"
              + usage.toString().replace("'", "''")
              + "') TO '"
              + lines.toString().replace("'", "''")
              + "' (FORMAT json)");
    }
  }
}
