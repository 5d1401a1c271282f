package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer at a time, and readers meanwhile. */
class LedgerConcurrencyTest {
  @TempDir Path folder;

  @Test
  void takesTheFilesOfTwoProcessesOneAfterTheOther() throws Exception {
    Path one = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 60));
    Path other = Files.writeString(folder.resolve("2.jsonl"), LedgerFixture.calls(40, 100));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    try (IngestProcess first =
            IngestProcess.start(folder.resolve("tmp1"), ledger.folder(), 15, 60, one);
        IngestProcess second =
            IngestProcess.start(folder.resolve("tmp2"), ledger.folder(), 15, 60, other)) {
      first.awaitReady();
      second.awaitReady();
      first.go();
      second.go();
      String told = first.rest() + second.rest();
      assertThat(first.exitCode()).as(told).isZero();
      assertThat(second.exitCode()).as(told).isZero();
    }
    assertThat(ledger.events()).isEqualTo(100);
    ledger.requireIntact();
    ledger.requireNothingUnsealed();
  }

  @Test
  void saysWhoWritesAndLetsNobodyElse() throws Exception {
    Path usage = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 20));
    LedgerFixture fixture = new LedgerFixture(folder.resolve("ledger"));
    Ledger ledger = Ledger.openOrCreate(fixture.folder());
    try (LedgerWriter writer = ledger.writer(Duration.ZERO, LedgerFixture.NOW)) {
      assertThat(writer.nextBatch()).isEqualTo(1);
      assertThatThrownBy(() -> fixture.read(usage))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("is being written by this process");
      // A vain try in this process must not let go of its lock.
      try (IngestProcess other =
          IngestProcess.start(folder.resolve("tmp"), fixture.folder(), 15, 0, usage)) {
        other.awaitReady().go();
        assertThat(other.rest())
            .contains("process " + ProcessHandle.current().pid() + " since 2026-11-25T12:00:00Z");
        assertThat(other.exitCode()).isEqualTo(5);
      }
    }
    assertThat(fixture.read(usage).added()).isEqualTo(20);
  }

  @Test
  void needsNobodyToRemoveTheLockOfADeadWriter() throws Exception {
    Path usage = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 400));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    try (IngestProcess killed =
        IngestProcess.start(folder.resolve("tmp"), ledger.folder(), 10, 0, usage)) {
      killed.awaitReady().go();
      Path head = ledger.folder().resolve("HEAD");
      while (killed.isAlive() && !Files.exists(head)) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> ledger.read(usage))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("process " + killed.pid());
      killed.kill();
    }
    assertThat(Files.readString(ledger.folder().resolve("lock"))).isNotEmpty();
    ledger.read(usage);
    assertThat(ledger.events()).isEqualTo(400);
  }

  @Test
  void answersReadersFromOneBatchOrTheNextWhileItIsWritten() throws Exception {
    int batches = 6;
    Path usage = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 20 * batches));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    Map<Long, Double> answers = new HashMap<>();
    try (IngestProcess writing =
        IngestProcess.start(folder.resolve("tmp"), ledger.folder(), 20, 0, usage)) {
      writing.awaitReady().go();
      while (!Files.exists(ledger.folder().resolve("ledger.json")) && writing.isAlive()) {
        Thread.onSpinWait();
      }
      while (writing.isAlive()) {
        QueryLine total = ledger.total();
        answers.put(total.activities(), energyKwh(total));
      }
      assertThat(writing.rest()).contains("added " + 20 * batches);
    }
    QueryLine end = ledger.total();
    answers.put(end.activities(), energyKwh(end));
    answers.remove(0L);
    LedgerFixture till = new LedgerFixture(folder.resolve("till"));
    for (int batch = 1; batch <= batches; batch++) {
      till.read(
          Files.writeString(folder.resolve("till.jsonl"), LedgerFixture.calls(0, 20 * batch)));
      Double answer = answers.remove(20L * batch);
      if (answer != null) {
        assertThat(answer).isCloseTo(energyKwh(till.total()), Percentage.withPercentage(1e-7));
      }
    }
    assertThat(answers).as("answers between batches").isEmpty();
  }

  private static double energyKwh(QueryLine line) {
    return line.activities() == 0 ? 0 : line.footprint().median(Impact.ENERGY_KWH);
  }
}
