package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger on a disk that takes no more. The limit that the system puts on the size of a file stops
 * writes in the middle as a full disk does, and needs no disk of its own.
 */
class LedgerFullDiskTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir Path folder;

  @Test
  void staysAsItWasWhenTheDiskIsFullAndTakesEverythingOnceItIsNot() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "there is no prlimit");
    Path first = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 20));
    Path second =
        Files.writeString(
            folder.resolve("2.jsonl"), LedgerFixture.calls(20, 80).replace("2026-", "2025-"));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(first);

    // Too little for the name of the writer, for events, for a card, for a seal.
    for (int bytes : List.of(10, 1_000, 5_500, 40_000)) {
      String told;
      int exitCode;
      try (IngestProcess process =
          IngestProcess.start(folder.resolve("tmp"), ledger.folder(), 30, 0, second)) {
        process.awaitReady();
        limit(process, bytes);
        process.go();
        told = process.rest();
        exitCode = process.exitCode();
      }
      assertThat(exitCode).as(bytes + " bytes: " + told).isEqualTo(74);
      assertThat(told.lines()).as(told).hasSize(1);
      assertThat(told).doesNotContain("Exception").containsIgnoringCase("too large");
      ledger.requireIntact();
      assertThat(ledger.events()).isEqualTo(20);
    }

    ledger.read(second);
    assertThat(ledger.events()).isEqualTo(80);
    ledger.requireIntact();
    ledger.requireNothingUnsealed();
  }

  private static void limit(IngestProcess process, int bytes) throws Exception {
    Process prlimit =
        new ProcessBuilder(
                PRLIMIT.toString(), "--pid", Long.toString(process.pid()), "--fsize=" + bytes)
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }
}
