package io.gtrace.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDatabaseTest {
  private static final String THREADS = "SELECT current_setting('threads')";

  @Test
  void statementsAreSharedAgainAfterAWhileOfOneThreadEach() throws SQLException {
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty());
        LedgerDatabase again = database.again()) {
      long threads = database.number(THREADS);
      database.useOneThread();
      assertThat(again.number(THREADS)).isEqualTo(1);
      database.useAllThreads();
      assertThat(again.number(THREADS)).isEqualTo(threads);
    }
  }

  @Test
  void filesAreAlikeWithTheSameColumnsOfTheSameTypes(@TempDir Path folder) throws SQLException {
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      Path file = written(database, folder.resolve("it's [1].parquet"), "1 AS a, 2 AS b");
      Path same = written(database, folder.resolve("2.parquet"), "3 AS b, 4 AS a");
      Path more = written(database, folder.resolve("3.parquet"), "1 AS a, 2 AS b, 3 AS c");
      Path wider = written(database, folder.resolve("4.parquet"), "1 AS a, 2::BIGINT AS b");

      assertThat(database.haveAlike(List.of(file, same), List.of("b", "a"))).isTrue();
      assertThat(database.haveAlike(List.of(file, same), List.of("a", "c"))).isFalse();
      assertThat(database.haveAlike(List.of(file, more), List.of("a"))).isFalse();
      assertThat(database.haveAlike(List.of(file, wider), List.of("a"))).isFalse();
    }
  }

  private static Path written(LedgerDatabase database, Path file, String columns)
      throws SQLException {
    database.copy("SELECT " + columns, file);
    return file;
  }
}
