package io.gtrace.meter;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How often a machine is read while something runs.
 *
 * @param interval between two readings, more than zero; longer where a reading takes long
 * @param live is told what it has come to after each reading but the last
 */
public record Sampling(Duration interval, Consumer<Metering> live) {
  /** The first readings come quickly, so that short commands are seen to use GPUs. */
  private static final Duration FIRST = Duration.ofMillis(50);

  /** A reading may take so much of the time until the next one: half a per cent. */
  private static final int REST_PER_READING = 200;

  /** What is waited for. */
  @FunctionalInterface
  interface End {
    /** Waits for it, but not for longer than this; tells whether it has come. */
    boolean within(Duration pause) throws InterruptedException;
  }

  /** Reads until the end, and once more then. */
  void until(End end, EnergyMetering metering) throws InterruptedException {
    Duration pause = shorter(interval, FIRST);
    while (!end.within(pause)) {
      Duration took = metering.read();
      live.accept(metering.result());
      pause = longer(shorter(pause.multipliedBy(2), interval), took.multipliedBy(REST_PER_READING));
    }
    metering.read();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
