package io.gtrace.governance.pyramid;

import java.util.Locale;

/** What comes of holding a value against its threshold. */
public enum Verdict {
  /** Also the less favourable end of the interval meets the threshold. */
  PASS,
  FAIL,
  /** Something that is needed is missing, faulty or not worth enough. */
  UNKNOWN,
  /** The interval straddles the threshold. */
  INDETERMINATE,
  /** It does not concern the organisation, for a recorded reason. */
  NOT_APPLICABLE;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Of two criteria of one indicator, what holds of both: the worse. */
  Verdict and(Verdict other) {
    return badness() >= other.badness() ? this : other;
  }

  private int badness() {
    return switch (this) {
      case NOT_APPLICABLE -> 0;
      case PASS -> 1;
      case INDETERMINATE -> 2;
      case UNKNOWN -> 3;
      case FAIL -> 4;
    };
  }
}
