package io.gtrace.activity;

import java.math.BigDecimal;

/** Checks amounts on their way into an activity, naming the field in what it refuses. */
final class Amount {
  /** No model reads or writes more in one request; larger values are mistaken units. */
  static final double MAX_TOKENS_PER_REQUEST = 1e9;

  private static final double MAX_COUNT = 1e9;

  /** Larger limits are written as powers of ten. */
  private static final double MAX_WRITTEN_OUT = 1e6;

  private Amount() {}

  static long tokens(String field, long tokens, long requests) {
    if (tokens < 0) {
      throw new InvalidAmountException(field, "must be zero or more, not " + tokens);
    }
    if ((double) tokens > MAX_TOKENS_PER_REQUEST * (double) requests) {
      throw new InvalidAmountException(
          field,
          "is "
              + tokens
              + " for "
              + requests
              + (requests == 1 ? " request" : " requests")
              + "; more than 10^9 tokens a request is no real usage, check the unit");
    }
    return tokens;
  }

  static long count(String field, long count) {
    if (count < 1 || (double) count > MAX_COUNT) {
      throw new InvalidAmountException(field, "must be 1 to 10^9, not " + count);
    }
    return count;
  }

  /** Zero means: the model's own default. */
  static int size(String field, int size, int max) {
    if (size < 0 || size > max) {
      throw new InvalidAmountException(
          field, "must be 1 to " + max + " (0 for the model's default), not " + size);
    }
    return size;
  }

  static double quantity(String field, double value, double max, String unit) {
    if (!(value >= 0 && value <= max)) {
      throw new InvalidAmountException(
          field, "must be 0 to " + limit(max) + " " + unit + ", not " + value);
    }
    return value;
  }

  private static String limit(double max) {
    double exponent = Math.log10(max);
    return max >= MAX_WRITTEN_OUT && exponent == Math.rint(exponent)
        ? "10^" + Math.round(exponent)
        : BigDecimal.valueOf(max).stripTrailingZeros().toPlainString();
  }

  static String model(String model) {
    if (model.isBlank()) {
      throw new InvalidAmountException("model", "must not be empty");
    }
    return model;
  }
}
