package io.gtrace.governance.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.governance.advice.Plan.Line;
import io.gtrace.governance.advice.Plan.Order;
import io.gtrace.ledger.LedgerAccount;
import io.gtrace.ledger.Saving;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The few savings that every report shows are those of a plan: same changes, same figures. */
class SavingsOfReportsTest {
  // Stockholm's hours are not told apart, so that the mean of the year prices both.
  private static final String CALLS =
      "{\"when\":\"2024-03-04T10:00:00Z\",\"model\":\"gpt-4o\",\"region\":\"aws/eu-north-1\","
          + "\"requests\":1000,\"input_tokens\":500000,\"output_tokens\":300000}\n";

  @TempDir Path folder;

  @Test
  void reportsAndPlansAgree() throws IOException {
    LedgerFixture ledger = LedgerFixture.of(folder, CALLS);
    List<Saving> savings =
        LedgerAccount.of(Ledger.open(ledger.folder()).snapshot(), ledger.card(), Period.ALL, "test")
            .savings();
    Replay replay = ledger.replay(Organisation.silent());
    requireSame(savings, "quarter shorter", replay, "shorter-outputs");
    requireSame(savings, "Cache prompts", replay, "prompt-caching");
  }

  private static void requireSame(
      List<Saving> savings, String words, Replay replay, String action) {
    Saving saving =
        savings.stream().filter(each -> each.action().contains(words)).findFirst().orElseThrow();
    Line line = Plan.of(replay, List.of(action), Order.CARBON).lines().get(0);
    double kg = saving.savedCarbonKg().median();
    assertThat(line.avoided().carbonKg().median()).as(action).isCloseTo(kg, within(1e-9 * kg));
  }
}
