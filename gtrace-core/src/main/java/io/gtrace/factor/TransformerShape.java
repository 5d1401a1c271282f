package io.gtrace.factor;

/**
 * What the memory traffic and the arithmetic of a transformer follow from, beside its parameters.
 *
 * <p>Taken from the configuration file that is published with a model's weights. What is not
 * published is not guessed: such a model has no shape.
 *
 * @param layers blocks from input to output, of every kind: attention, state space, feed-forward
 *     where it is a block of its own
 * @param kvBytesPerToken bytes of keys and values that one further token of a <em>long</em> context
 *     adds to the cache, over all layers, at 16 bits a number; a cache of 8-bit numbers holds half.
 *     With grouped heads: 2 (keys and values) · 2 bytes · layers that see the whole context · key
 *     heads · head size. Layers with a sliding window or a recurrent state add nothing once the
 *     window is full, so they do not count; with multi-head latent attention it is 2 bytes · layers
 *     · (latent rank + rotary size). Zero for an encoder, which keeps no cache.
 * @param experts routed experts of one mixture layer; 0 in a dense model. Shared experts, which
 *     every token uses, do not count
 * @param expertsPerToken routed experts that one token uses in a layer; 0 in a dense model
 */
public record TransformerShape(int layers, long kvBytesPerToken, int experts, int expertsPerToken) {

  public TransformerShape {
    if (layers < 1 || layers > 10_000) {
      throw new IllegalArgumentException("layers must be 1 to 10,000, not " + layers);
    }
    if (kvBytesPerToken < 0) {
      throw new IllegalArgumentException(
          "kv_bytes_per_token must not be negative, is " + kvBytesPerToken);
    }
    if (experts < 0 || expertsPerToken < 0 || expertsPerToken > experts) {
      throw new IllegalArgumentException(
          "of "
              + experts
              + " experts a token cannot use "
              + expertsPerToken
              + ": experts and experts_per_token must be 0, or at least 1 and in this order");
    }
    if ((experts == 0) != (expertsPerToken == 0)) {
      throw new IllegalArgumentException(
          "experts and experts_per_token must both be given or both be left empty");
    }
  }

  /** Whether a router picks experts for each token. */
  public boolean routed() {
    return experts > 0;
  }
}
