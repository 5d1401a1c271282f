package io.gtrace.activity;

/**
 * Sums over many token activities, as a database can form them.
 *
 * @param requests Σ requests
 * @param inputTokens Σ input tokens
 * @param cachedInputTokens Σ cached input tokens
 * @param outputTokens Σ output and reasoning tokens
 * @param inputTokenPairs Σ input × (cached + input / 2) / requests
 * @param contextTokenReads Σ output × (input + cached + output / 2) / requests
 */
public record TokenVolumeSums(
    double requests,
    double inputTokens,
    double cachedInputTokens,
    double outputTokens,
    double inputTokenPairs,
    double contextTokenReads) {

  /** The same without what was written: embeddings put out no tokens. */
  public TokenVolumeSums readOnly() {
    return new TokenVolumeSums(requests, inputTokens, cachedInputTokens, 0, inputTokenPairs, 0);
  }

  /** The sums as driver volumes. */
  public Volumes volumes() {
    return new Volumes.Builder()
        .add(Driver.REQUESTS, requests)
        .add(Driver.INPUT_TOKENS, inputTokens)
        .add(Driver.CACHED_INPUT_TOKENS, cachedInputTokens)
        .add(Driver.INPUT_TOKEN_PAIRS, inputTokenPairs)
        .add(Driver.OUTPUT_TOKENS, outputTokens)
        .add(Driver.CONTEXT_TOKEN_READS, contextTokenReads)
        .build();
  }
}
