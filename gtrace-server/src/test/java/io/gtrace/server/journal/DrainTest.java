package io.gtrace.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.server.TestServer;
import io.gtrace.server.journal.Journal.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
  private static final String CALL =
      "{\"request_id\": \"one\", \"model\": \"gpt-4o\", \"region\": \"FR\","
          + " \"output_tokens\": 100}\n";

  @TempDir private Path folder;

  /** A clock by which the first batch ends in an error of the machine. */
  private static final class FailingOnce implements InstantSource {
    private final CountDownLatch failures = new CountDownLatch(1);
    private final CountDownLatch further = new CountDownLatch(1);

    @Override
    public Instant instant() {
      if (failures.getCount() > 0) {
        failures.countDown();
        throw new OutOfMemoryError("for a test");
      }
      further.countDown();
      return Instant.parse("2026-03-01T00:00:00Z");
    }
  }

  @Test
  void whatTakesLongBetweenBatchesIsNoTrouble() {
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));
    try (Journal journal = Journal.open(folder.resolve("journal"), Limits.STANDARD);
        Drain drain =
            new Drain(
                journal,
                ledger,
                TestServer::ratecard,
                clock,
                "test",
                folder,
                Duration.ofMillis(1))) {
      drain.between(() -> {
        journal.append(CALL.getBytes(StandardCharsets.UTF_8));
        try (LedgerWriter held = ledger.writer(Duration.ZERO, clock)) {
          assertThat(held.nextBatch()).isEqualTo(1);
          assertThat(drain.trouble()).isEmpty();
        }
      });
      while (journal.storedBytes() > 0) {
        Thread.onSpinWait();
      }
      assertThat(drain.trouble()).isEmpty();
    }
    assertThat(ledger.snapshot().events()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeTakenByAnErrorIsTakenLater() throws InterruptedException {
    FailingOnce clock = new FailingOnce();
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    try (Journal journal = Journal.open(folder.resolve("journal"), Limits.STANDARD)) {
      journal.append(CALL.getBytes(StandardCharsets.UTF_8));
      Drain drain =
          new Drain(
              journal, ledger, TestServer::ratecard, clock, "test", folder, Duration.ofMillis(10));
      try {
        assertThat(clock.further.await(60, TimeUnit.SECONDS)).as("a second attempt").isTrue();
      } finally {
        drain.close();
      }
      assertThat(drain.trouble()).isEmpty();
      assertThat(journal.storedBytes()).isZero();
      assertThat(ledger.snapshot().events()).isEqualTo(1);
    }
  }
}
