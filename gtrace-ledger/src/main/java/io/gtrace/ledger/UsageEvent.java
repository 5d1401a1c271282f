package io.gtrace.ledger;

import io.gtrace.activity.Activity;

/**
 * An event that a program knows without reading a file, as a server that was told of it.
 *
 * @param requestId tells the event from every other one and is the same whenever it is told of, in
 *     any format; not blank. Whoever has none makes one up, once, and keeps it for repeats. With a
 *     bar in it, as in {@code otel-genai-metrics|…}, it is that of a metered bucket: when that
 *     comes again, larger counts take the place of smaller ones
 * @param activity what was done: when, for whom, where and how much
 */
public record UsageEvent(String requestId, Activity activity) {
  /**
   * @throws IllegalArgumentException if the id is blank
   */
  public UsageEvent {
    // As files are read: blanks around an id are no part of it.
    requestId = requestId.strip();
    if (requestId.isEmpty()) {
      throw new IllegalArgumentException("an event needs a request id: it tells repeats");
    }
  }
}
