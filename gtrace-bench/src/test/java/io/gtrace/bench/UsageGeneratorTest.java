package io.gtrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.GTrace;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Dimension;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageAccountant;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageGeneratorTest {
  private static final long ROWS = 20_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() throws Exception {
    Path first = written("first", 1);
    Path again = written("again", 1);
    Path other = written("other", 2);

    assertThat(rowsOnlyIn(first, again)).isZero();
    assertThat(rowsOnlyIn(first, other)).isPositive();
  }

  @Test
  void allRowsAreAccountedAndSpreadOverModelsRegionsTeamsAndHours() throws Exception {
    Path file = written("usage", 1);
    UsageAccountant accountant =
        new UsageAccountant(
            GTrace.standard().card(),
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
            Reading.SILENT);

    Account account =
        accountant.account("usage", List.of(file), folder.resolve("refused.jsonl")).account();

    assertThat(account.refused()).isZero();
    assertThat(account.total().activities()).isBetween(ROWS - 720, ROWS);
    assertThat(account.by(Dimension.MODEL)).hasSizeGreaterThan(8);
    assertThat(account.by(Dimension.SITE)).hasSizeGreaterThan(5);
    assertThat(account.by(Dimension.TEAM)).hasSize(40);
    assertThat(account.by(Dimension.HOUR)).hasSizeGreaterThan(700);
  }

  private Path written(String name, long seed) throws Exception {
    Path file = folder.resolve(name + ".parquet");
    new UsageGenerator(seed).write(file, ROWS);
    return file;
  }

  private static long rowsOnlyIn(Path one, Path other) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM (FROM '" + one + "' EXCEPT ALL FROM '" + other + "')")) {
      count.next();
      return count.getLong(1);
    }
  }
}
