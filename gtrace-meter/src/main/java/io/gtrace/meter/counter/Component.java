package io.gtrace.meter.counter;

import java.util.Locale;

/** A kind of part of a machine. */
public enum Component {
  PROCESSOR,
  MEMORY,
  GPU;

  /** The name in files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
