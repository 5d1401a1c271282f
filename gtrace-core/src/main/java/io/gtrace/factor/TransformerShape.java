package io.gtrace.factor;

import java.util.OptionalInt;

/**
 * What the memory traffic and the arithmetic of a transformer follow from, beside its parameters.
 *
 * <p>Taken from the configuration file that is published with a model's weights. What is not
 * published is not guessed: such a model has no shape.
 *
 * @param layers blocks from input to output, of every kind: attention, state space, feed-forward
 *     where it is a block of its own
 * @param width numbers that stand for one token between layers, where known
 * @param kvBytesPerToken bytes of keys and values that one further token of a <em>long</em> context
 *     adds to the cache, over all layers, at 16 bits a number; a cache of 8-bit numbers holds half.
 *     With grouped heads: 2 (keys and values) · 2 bytes · layers that see the whole context · key
 *     heads · head size. Layers with a sliding window or a recurrent state add nothing once the
 *     window is full, so they do not count; with multi-head latent attention it is 2 bytes · layers
 *     · (latent rank + rotary size). Zero for an encoder, which keeps no cache.
 * @param window layers that see only the latest tokens
 * @param recurrentStateBytes state that the recurrent layers keep of a request, read and written
 *     for each token; 0 where there are none
 * @param experts its mixture of experts
 */
public record TransformerShape(
    int layers,
    OptionalInt width,
    long kvBytesPerToken,
    SlidingWindow window,
    long recurrentStateBytes,
    Experts experts) {

  public TransformerShape {
    if (layers < 1 || layers > 10_000) {
      throw new IllegalArgumentException("layers must be 1 to 10,000, not " + layers);
    }
    if (width.isPresent() && (width.getAsInt() < 1 || width.getAsInt() > 1_000_000)) {
      throw new IllegalArgumentException("width must be 1 to 1,000,000, not " + width.getAsInt());
    }
    if (kvBytesPerToken < 0) {
      throw new IllegalArgumentException(
          "kv_bytes_per_token must not be negative, is " + kvBytesPerToken);
    }
    if (recurrentStateBytes < 0) {
      throw new IllegalArgumentException(
          "recurrent_state_bytes must not be negative, is " + recurrentStateBytes);
    }
    if (experts.layers() > layers) {
      throw new IllegalArgumentException(
          "expert_layers must not be above layers, " + layers + ", but is " + experts.layers());
    }
  }

  /** Keys and values of layers that see only the latest {@code tokens}. */
  public record SlidingWindow(long kvBytesPerToken, int tokens) {
    /** Every layer sees the whole context. */
    public static final SlidingWindow NONE = new SlidingWindow(0, 0);

    public SlidingWindow {
      if (kvBytesPerToken < 0 || tokens < 0 || (kvBytesPerToken == 0) != (tokens == 0)) {
        throw new IllegalArgumentException(
            "windowed_kv_bytes_per_token and window_tokens must both be above 0 or both be left"
                + " empty");
      }
    }

    /** Bytes that one generated token reads after so many earlier ones. */
    public double readBytes(double contextTokens) {
      return kvBytesPerToken * Math.min(contextTokens, tokens);
    }
  }

  /**
   * A mixture of experts.
   *
   * @param count routed experts of one layer; 0 in a dense model. Shared experts, which every token
   *     uses, do not count
   * @param perToken routed experts that one token uses in a layer
   * @param layers layers that have experts
   */
  public record Experts(int count, int perToken, int layers) {
    /** A dense model. */
    public static final Experts NONE = new Experts(0, 0, 0);

    public Experts {
      if ((count == 0) != (perToken == 0)) {
        throw new IllegalArgumentException(
            "experts and experts_per_token must both be given or both be left empty");
      }
      if (count < 0 || perToken < 0 || perToken > count || layers < 0) {
        throw new IllegalArgumentException(
            "of "
                + count
                + " experts a token cannot use "
                + perToken
                + ", in "
                + layers
                + " layers");
      }
    }

    /** Whether a router picks experts for each token. */
    public boolean routed() {
      return count > 0;
    }
  }
}
