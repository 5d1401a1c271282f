package io.gtrace.activity;

/**
 * Token counts as driver volumes. Of a bucket of requests only the sums are known, so each request
 * is taken to be of mean length; the pair volumes of unequal requests are larger.
 */
final class TokenVolumes {
  private TokenVolumes() {}

  static Volumes of(double requests, double input, double cached, double output) {
    double readBefore = input + cached;
    return new Volumes.Builder()
        .add(Driver.REQUESTS, requests)
        .add(Driver.INPUT_TOKENS, input)
        .add(Driver.CACHED_INPUT_TOKENS, cached)
        .add(Driver.INPUT_TOKEN_PAIRS, input * (cached + input / 2) / requests)
        .add(Driver.OUTPUT_TOKENS, output)
        .add(Driver.CONTEXT_TOKEN_READS, output * (readBefore + output / 2) / requests)
        .build();
  }
}
