package io.gtrace.sci;

import java.util.Locale;

/** What a score is for one of: the units of SCI for AI (2025), section 8. */
public enum FunctionalUnit {
  /** Tokens processed, read or written. */
  TOKEN(Boundary.CONSUMER),
  IMAGE(Boundary.CONSUMER),
  /** Seconds of video. */
  SECOND_OF_VIDEO(Boundary.CONSUMER),
  /** Seconds of speech or music; SCI for AI names no unit for sound, and prices by the second. */
  SECOND_OF_SOUND(Boundary.CONSUMER),
  /** Floating-point operations of training. */
  FLOP(Boundary.PROVIDER),
  /** Tokens seen in training. */
  TRAINING_TOKEN(Boundary.PROVIDER);

  /** Whose part of the life cycle a score covers. */
  public enum Boundary {
    /** Runtime operations. */
    CONSUMER,
    /** Data, training, integration and end of life; here: the training run. */
    PROVIDER;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Boundary boundary;

  FunctionalUnit(Boundary boundary) {
    this.boundary = boundary;
  }

  public Boundary boundary() {
    return boundary;
  }

  /** The unit in words, singular. */
  public String label() {
    return this == FLOP ? "FLOP" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
