package io.gtrace.meter.counter;

/** The time between one reading and the next. */
final class Elapsed {
  private boolean begun;
  private long lastNanos;

  /**
   * Takes note of a reading.
   *
   * @param nanos when it was
   * @return seconds since the reading before, 0 for the first
   */
  double secondsTo(long nanos) {
    double seconds = begun ? (nanos - lastNanos) / 1e9 : 0;
    begun = true;
    lastNanos = nanos;
    return seconds;
  }
}
