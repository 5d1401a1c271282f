package io.gtrace.activity;

import java.util.Locale;
import java.util.Optional;

/** What a generative model puts out, or {@link #TRAINING} where a model itself is made. */
public enum Modality {
  TEXT,
  EMBEDDING,
  IMAGE,
  VIDEO,
  SPEECH_TO_TEXT,
  TEXT_TO_SPEECH,
  MUSIC,
  TRAINING,
  /** A model used on hardware of one's own, by what a meter told; what it puts out is not told. */
  INFERENCE;

  /** Whether it is priced by the hardware it ran on, and not by the model. */
  public boolean goesByHardware() {
    return this == TRAINING || this == INFERENCE;
  }

  /** The name in files and on the command line: lower case, words joined by hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The modality with this {@link #label}, in any case, {@code _} and {@code -} alike. */
  public static Optional<Modality> parse(String label) {
    String wanted = label.strip().replace('-', '_').toUpperCase(Locale.ROOT);
    for (Modality modality : values()) {
      if (modality.name().equals(wanted)) {
        return Optional.of(modality);
      }
    }
    return Optional.empty();
  }
}
