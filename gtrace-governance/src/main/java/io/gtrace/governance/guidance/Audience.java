package io.gtrace.governance.guidance;

import java.util.Locale;

/** Who asks what to do. */
public enum Audience {
  /** Who asks models for something. */
  USERS,
  /** Who serves models, or buys them for an organisation. */
  OPERATORS,
  /** Who makes rules. */
  REGULATORS;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
