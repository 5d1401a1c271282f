package io.gtrace.governance.gate;

import io.gtrace.governance.facts.Estimate;

/**
 * One thing that a pipeline asks for, and what came of it.
 *
 * @param id as {@code budget}, {@code min-level} or {@code sci-regression-text}
 * @param title what is asked for
 * @param outcome whether it holds
 * @param value what was found
 * @param limit what it may be at most; of a level, at least
 * @param unit of both
 */
public record GateCheck(
    String id, String title, Outcome outcome, Estimate value, double limit, String unit) {

  /** Whether what is asked for holds. */
  public enum Outcome {
    /** By the whole interval. */
    PASS,
    /** By the median, while the interval reaches beyond the limit. */
    UNCERTAIN,
    FAIL
  }

  static GateCheck atMost(String id, String title, Estimate value, double limit, String unit) {
    // What is not known is not within a limit.
    Outcome outcome =
        !(value.value() <= limit)
            ? Outcome.FAIL
            : value.high() <= limit ? Outcome.PASS : Outcome.UNCERTAIN;
    return new GateCheck(id, title, outcome, value, limit, unit);
  }
}
