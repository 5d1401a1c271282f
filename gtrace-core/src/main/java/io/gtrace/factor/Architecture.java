package io.gtrace.factor;

import java.util.Locale;

/** How a model is built, as far as its energy depends on it. */
public enum Architecture {
  DENSE,
  /** Mixture of experts: each token uses a part of the parameters. */
  MOE,
  /** Attention mixed with state-space layers. */
  HYBRID,
  DIFFUSION,
  /** Images or sound generated token by token. */
  AUTOREGRESSIVE,
  ENCODER,
  ENCODER_DECODER,
  UNKNOWN;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
