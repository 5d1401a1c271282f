package io.gtrace.app;

import io.gtrace.ledger.LedgerFollow;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and how a file is followed that others still write on. */
final class FollowOptions {
  private static final Duration POLL = Duration.ofSeconds(1);

  @Option(
      names = "--follow",
      description =
          "Go on reading the FILE as it grows or is rotated, until Ctrl-C; what was read is sealed"
              + " then.")
  private boolean follow;

  @Option(
      names = "--seal-every",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "With --follow: how long events wait for a batch at most (default: 300).")
  private int sealSeconds;

  @Option(
      names = "--seal-events",
      paramLabel = "EVENTS",
      defaultValue = "100000",
      description = "With --follow: how many events wait at most (default: 100000).")
  private long sealEvents;

  boolean isAsked() {
    return follow;
  }

  /**
   * @param writerWait how long to wait for another writer
   * @throws IllegalArgumentException if a number is out of its range
   */
  LedgerFollow.Options options(Duration writerWait) {
    return new LedgerFollow.Options(POLL, Duration.ofSeconds(sealSeconds), sealEvents, writerWait);
  }
}
