package io.gtrace.app;

import io.gtrace.ledger.Reading;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How far reading has come, in one line on a terminal that is wiped at the end. */
final class ProgressLine implements Reading, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(800);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final PrintWriter err;
  private final boolean terminal;
  private Instant next = Instant.now().plus(PATIENCE);
  private boolean shown;

  private ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** The launcher knows whether standard error is a terminal; Java cannot tell. */
  static ProgressLine on(PrintWriter err) {
    return new ProgressLine(err, Boolean.getBoolean("gtrace.terminal"));
  }

  @Override
  public void progress(long bytes, long of, long activities) {
    Instant now = Instant.now();
    if (!terminal || now.isBefore(next)) {
      return;
    }
    next = now.plus(BETWEEN);
    shown = true;
    String share =
        bytes > 0 && bytes <= of ? String.format(Locale.ROOT, "%d %%, ", 100 * bytes / of) : "";
    err.print(
        "\rgtrace: reading, "
            + share
            + Numbers.counted((double) activities, "activity", "activities"));
    err.flush();
  }

  @Override
  public void close() {
    if (shown) {
      err.print("\r" + " ".repeat(60) + "\r");
      err.flush();
    }
  }
}
