package io.gtrace.trace;

import java.util.Locale;
import java.util.Optional;

/** How well a value is known, best first. */
public enum Tier {
  /** Metered on the very thing. */
  MEASURED,
  /** Published by whoever makes or runs it. */
  DISCLOSED,
  /** Measured by others on the like. */
  BENCHMARKED,
  /** Computed from other values. */
  MODELLED,
  /** Assumed for want of anything better. */
  DEFAULT;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Tier> parse(String label) {
    for (Tier tier : values()) {
      if (tier.label().equals(label.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(tier);
      }
    }
    return Optional.empty();
  }

  /** The less certain of two. */
  public Tier orWorse(Tier other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
