package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that tell no year are of the year in which they were written, whenever they are read. */
class LogYearTest {
  @TempDir Path folder;

  @Test
  void aLogThatIsReadLaterIsOfTheYearInWhichItWasWritten() throws IOException {
    Path log = folder.resolve("vllm.log");
    try (InputStream sample =
        LogYearTest.class.getResourceAsStream("/io/gtrace/ledger/formats/vllm-logs.log")) {
      assertThat(sample).isNotNull();
      Files.write(log, sample.readAllBytes());
    }
    Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2025-12-31T23:30:00Z")));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(log);
    assertThat(ledger.rows("SELECT DISTINCT year(time) FROM events"))
        .containsExactly(List.of("2025"));
  }
}
