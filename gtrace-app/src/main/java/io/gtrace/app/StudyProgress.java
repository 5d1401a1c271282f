package io.gtrace.app;

import io.gtrace.simulation.study.StudyRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a study has come and how long it will take, in one line on a terminal that is wiped at
 * the end. A run that is told to stop ends after the hour it is in.
 */
final class StudyProgress implements StudyRun.Progress, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(800);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final PrintWriter err;
  private final StopSignal stop;
  private final boolean terminal = Boolean.getBoolean("gtrace.terminal");
  private final Instant began = Instant.now();
  private Instant next = began.plus(PATIENCE);
  private boolean shown;

  StudyProgress(PrintWriter err, StopSignal stop) {
    this.err = err;
    this.stop = stop;
  }

  @Override
  public synchronized boolean at(double share) {
    Instant now = Instant.now();
    if (terminal && now.isAfter(next)) {
      next = now.plus(BETWEEN);
      shown = true;
      double seconds = Duration.between(began, now).toMillis() / 1e3;
      err.printf(
          Locale.ROOT,
          "\rgtrace: simulating, %3.0f %%, %.0f s left   ",
          100 * share,
          share > 0 ? seconds / share * (1 - share) : 0);
      err.flush();
    }
    return !stop.given();
  }

  @Override
  public void close() {
    if (shown) {
      err.print("\r" + " ".repeat(60) + "\r");
      err.flush();
    }
  }
}
