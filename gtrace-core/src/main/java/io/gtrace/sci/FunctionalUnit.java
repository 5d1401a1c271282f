package io.gtrace.sci;

import java.util.Locale;

/**
 * What a score is for one of: of the units of SCI for AI (Green Software Foundation 2025), those of
 * generative models. The standard's page, inference, character and workflow have no counterpart
 * among activities.
 */
public enum FunctionalUnit {
  /** Tokens processed, read or written. */
  TOKEN(Boundary.CONSUMER),
  IMAGE(Boundary.CONSUMER),
  /** Seconds of video. */
  SECOND_OF_VIDEO(Boundary.CONSUMER),
  /** Seconds of speech or music. */
  SECOND_OF_AUDIO(Boundary.CONSUMER),
  /** Floating-point operations of training. */
  FLOP(Boundary.PROVIDER),
  /** Tokens seen in training. */
  TRAINING_TOKEN(Boundary.PROVIDER),
  /** Parameters of the trained model, all of them. */
  PARAMETER(Boundary.PROVIDER);

  /** Whose part of the life cycle a score covers. */
  public enum Boundary {
    /**
     * Operation and monitoring: what it takes to answer. Training is left to the provider's score.
     */
    CONSUMER,
    /** Inception, design and development, deployment and retirement; here: the training run. */
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
