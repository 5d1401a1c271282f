package io.gtrace.governance.advice;

import java.util.Locale;

/** What it takes to make a change, as G-TRACE rates it. */
public enum Effort {
  /** A setting or a sentence in a prompt: hours. */
  SETTING,
  /** Code in the application or its gateway: days. */
  CODE,
  /** A project with tests of quality or contracts: weeks. */
  PROJECT,
  /** Buildings and hardware: months. */
  INVESTMENT;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
