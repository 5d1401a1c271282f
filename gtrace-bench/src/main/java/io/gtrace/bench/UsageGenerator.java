package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes a month of made-up usage of one large company as Parquet, the same rows for the same seed.
 *
 * <p>Token counts are drawn from real requests ({@link TokenCounts}), input and output of one
 * request together. Everything around them is assumed: 40 teams of unequal size, each with one to
 * three applications, a usual and a second model and region; busy days and quiet nights and
 * weekends; half of the prompt of every third call found in a cache. Rows are in order of time, as
 * a log has them.
 */
final class UsageGenerator {
  static final Instant START = Instant.parse("2025-06-01T00:00:00Z"); // A Sunday.
  private static final int HOURS = 30 * 24;
  private static final int TEAMS = 40;
  private static final int USERS_OF_A_TEAM = 200;
  private static final long MICROS_PER_HOUR = Duration.ofHours(1).toNanos() / 1_000;
  private static final double USUAL_MODEL_SHARE = 0.8;
  private static final double USUAL_REGION_SHARE = 0.9;
  private static final double CACHE_HIT_SHARE = 1.0 / 3;

  private static final List<String> MODELS =
      List.of(
          "gpt-4o",
          "gpt-4o-mini",
          "gpt-4.1",
          "gpt-4.1-mini",
          "gpt-5",
          "gpt-5-mini",
          "o4-mini",
          "claude-sonnet-4-20250514",
          "claude-haiku-4-5-20251001",
          "gemini-2.5-flash",
          "gemini-2.5-pro",
          "mistral-large-latest",
          "llama-3.3-70b-instruct",
          "deepseek-r1-0528");
  private static final List<String> REGIONS =
      List.of(
          "azure/eastus",
          "azure/westeurope",
          "azure/swedencentral",
          "aws/us-east-1",
          "aws/us-west-2",
          "aws/eu-west-3",
          "aws/eu-central-1",
          "aws/ap-northeast-1",
          "gcp/us-central1",
          "gcp/europe-west4");

  private final SplittableRandom random;
  private final TokenCounts conversations;
  private final TokenCounts code;
  private final List<Team> teams = new ArrayList<>();
  private final double[] teamShareUpTo = new double[TEAMS];

  private record Team(
      String name,
      TokenCounts tokens,
      List<String> apps,
      String usualModel,
      String secondModel,
      String usualRegion,
      String secondRegion) {}

  UsageGenerator(long seed) throws IOException {
    random = new SplittableRandom(seed);
    conversations = TokenCounts.ofConversations();
    code = TokenCounts.ofCode();
    double size = 0;
    for (int t = 0; t < TEAMS; t++) {
      teams.add(team(t));
      size += 1.0 / (t + 1);
      teamShareUpTo[t] = size;
    }
  }

  private Team team(int number) {
    List<String> apps = new ArrayList<>();
    for (int a = 0; a <= random.nextInt(3); a++) {
      apps.add("app-%02d-%d".formatted(number, a));
    }
    return new Team(
        "team-%02d".formatted(number),
        number % 2 == 0 ? conversations : code,
        List.copyOf(apps),
        any(MODELS),
        any(MODELS),
        any(REGIONS),
        any(REGIONS));
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  /** Writes about so many rows, fewer by less than one an hour. */
  void write(Path file, long rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE usage (moment_us BIGINT, model VARCHAR, region VARCHAR, team VARCHAR,"
              + " app VARCHAR, user_id VARCHAR, input_tokens BIGINT, cached_input_tokens BIGINT,"
              + " output_tokens BIGINT)");
      try (DuckDBAppender appender =
          connection
              .unwrap(DuckDBConnection.class)
              .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "usage")) {
        append(appender, rows);
      }
      statement.execute(
          "COPY (SELECT make_timestamp(moment_us) AS timestamp, * EXCLUDE (moment_us) FROM usage)"
              + " TO '"
              + file.toString().replace("'", "''")
              + "' (FORMAT parquet)");
    }
  }

  private void append(DuckDBAppender appender, long rows) throws SQLException {
    double allWeight = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      allWeight += weight(hour);
    }
    for (int hour = 0; hour < HOURS; hour++) {
      long inHour = (long) (rows * weight(hour) / allWeight);
      long startUs = (START.getEpochSecond() / 3_600 + hour) * MICROS_PER_HOUR;
      for (long call = 0; call < inHour; call++) {
        double shareOfHour = (call + random.nextDouble()) / inHour;
        appendCall(appender, startUs + (long) (shareOfHour * MICROS_PER_HOUR));
      }
    }
  }

  /** How busy an hour is: most at 14:00 UTC, least at 02:00, a third of it at weekends. */
  private static double weight(int hour) {
    double ofDay = 1 + 0.8 * Math.cos((hour % 24 - 14) * Math.PI / 12);
    int dayOfWeek = hour / 24 % 7;
    return dayOfWeek == 0 || dayOfWeek == 6 ? ofDay / 3 : ofDay;
  }

  private void appendCall(DuckDBAppender appender, long momentUs) throws SQLException {
    Team team = drawTeam();
    int request = team.tokens().draw(random);
    long input = team.tokens().inputTokens(request);
    long cached = random.nextDouble() < CACHE_HIT_SHARE ? input / 2 : 0;
    appender
        .beginRow()
        .append(momentUs)
        .append(random.nextDouble() < USUAL_MODEL_SHARE ? team.usualModel() : team.secondModel())
        .append(random.nextDouble() < USUAL_REGION_SHARE ? team.usualRegion() : team.secondRegion())
        .append(team.name())
        .append(any(team.apps()))
        .append(team.name() + "-user-" + random.nextInt(USERS_OF_A_TEAM))
        .append(input - cached)
        .append(cached)
        .append(team.tokens().outputTokens(request))
        .endRow();
  }

  private Team drawTeam() {
    double point = random.nextDouble() * teamShareUpTo[TEAMS - 1];
    int team = 0;
    while (teamShareUpTo[team] < point) {
      team++;
    }
    return teams.get(team);
  }
}
