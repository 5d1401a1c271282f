package io.gtrace.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
