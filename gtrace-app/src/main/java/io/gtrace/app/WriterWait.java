package io.gtrace.app;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for another writer of its ledger. */
final class WriterWait {
  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for another writer of the ledger (default: 60).")
  private int seconds;

  Duration duration() {
    if (seconds < 0) {
      throw new IllegalArgumentException("--wait must be 0 or more, not " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }
}
