package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moments come out as they were reported, whatever the clock of the machine. */
class LedgerMomentsTest {
  private final TimeZone before = TimeZone.getDefault();

  @TempDir Path folder;

  @AfterEach
  void putBackTheClock() {
    TimeZone.setDefault(before);
  }

  @Test
  void anHourThatTheMachineLeavesOutInSpringIsTold() throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(
        Files.writeString(
            folder.resolve("usage.jsonl"),
            """
            {"when":"2026-03-29T02:30:00Z","model":"gpt-4o","input_tokens":1,"output_tokens":2}
            {"when":"2026-03-29T02:30:00.25Z","model":"gpt-4o","input_tokens":1,"output_tokens":2}
            """));

    assertThat(ledger.rows("SELECT time FROM events ORDER BY time"))
        .extracting(row -> row.get(0))
        .containsExactly("2026-03-29T02:30:00Z", "2026-03-29T02:30:00.250Z");
    assertThat(ledger.rows("SELECT DISTINCT date_trunc('day', time)::DATE FROM events"))
        .extracting(row -> row.get(0))
        .containsExactly("2026-03-29");
  }
}
