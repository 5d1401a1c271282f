package io.gtrace.spark;

import java.io.Serializable;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Prices tokens, as SQL functions ask for it. Its implementations are safe for many threads. */
public interface TokenPricing extends Serializable {
  /** Stands for an amount or a moment that is NULL. */
  long ABSENT = Long.MIN_VALUE;

  /**
   * The price of some tokens.
   *
   * @param model as the log names it
   * @param region where; null for wherever the provider usually runs the model
   * @param inputTokens fresh ones, {@link #ABSENT} for 0
   * @param outputTokens visible ones, {@link #ABSENT} for 0
   * @param momentUs microseconds since 1970; {@link #ABSENT} for the newest year as a whole
   * @param cachedInputTokens {@link #ABSENT} for 0
   * @param reasoningTokens {@link #ABSENT} for 0
   * @param requests that the tokens belong to; {@link #ABSENT} for 1
   * @return null where that is no usage, or what is asked for is not known of it
   */
  @Nullable Double price(
      @Nullable UTF8String model,
      @Nullable UTF8String region,
      long inputTokens,
      long outputTokens,
      long momentUs,
      long cachedInputTokens,
      long reasoningTokens,
      long requests);

  /** An amount that may be absent. */
  static long or(long amount, long otherwise) {
    return amount == ABSENT ? otherwise : amount;
  }
}
