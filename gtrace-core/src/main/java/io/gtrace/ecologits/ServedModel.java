package io.gtrace.ecologits;

import java.util.OptionalDouble;

/**
 * A text model and how fast it is served.
 *
 * @param activeParametersB parameters that act on a token, 10^9, above 0
 * @param totalParametersB parameters stored, 10^9, above 0
 * @param tokensPerS published output tokens per second, above 0
 * @param timeToFirstTokenS published seconds before the first token, zero or more
 */
public record ServedModel(
    ValueRange activeParametersB,
    ValueRange totalParametersB,
    OptionalDouble tokensPerS,
    OptionalDouble timeToFirstTokenS) {

  public ServedModel {
    requireAboveZero("active parameters", activeParametersB.low());
    requireAboveZero("total parameters", totalParametersB.low());
    tokensPerS.ifPresent(speed -> requireAboveZero("tokens per second", speed));
    timeToFirstTokenS.ifPresent(seconds -> {
      if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "time to first token must be zero or more seconds, not " + seconds);
      }
    });
  }

  private static void requireAboveZero(String what, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be above zero, not " + value);
    }
  }
}
