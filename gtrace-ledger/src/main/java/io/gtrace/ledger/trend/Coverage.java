package io.gtrace.ledger.trend;

import java.util.Locale;

/** What is known of a cell of the grid. */
public enum Coverage {
  /** A signal has a period that is no longer than it. */
  OBSERVED,
  /** Only longer periods cover it, such as a week its days. */
  SPREAD,
  /** No signal covers it: estimated from the cells before and after. */
  INTERPOLATED;

  /** The name in output: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
