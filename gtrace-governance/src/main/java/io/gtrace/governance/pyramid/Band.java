package io.gtrace.governance.pyramid;

import java.util.Locale;

/** What the levels of a part of the pyramid are about. */
public enum Band {
  READINESS,
  OPTIMISATION,
  STEWARDSHIP;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
