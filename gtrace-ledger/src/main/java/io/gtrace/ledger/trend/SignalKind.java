package io.gtrace.ledger.trend;

import java.util.Locale;

/** What the figures of a signal are. */
public enum SignalKind {
  /** Interest relative to its own largest value, as Google Trends publishes it: 0 to 100. */
  INDEX,
  /** So many posts, views, downloads, visits or users in each period. */
  COUNT;

  /** The name in files and options: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
