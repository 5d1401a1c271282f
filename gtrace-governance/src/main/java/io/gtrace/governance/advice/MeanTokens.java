package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import java.util.Locale;

/** The tokens of the mean request of some work. */
final class MeanTokens {
  private MeanTokens() {}

  /** As options of commands; nothing where the work has no tokens. */
  static String options(Volumes volumes) {
    double requests = Math.max(1, volumes.get(Driver.REQUESTS));
    double input = volumes.get(Driver.INPUT_TOKENS) + volumes.get(Driver.CACHED_INPUT_TOKENS);
    double output = volumes.get(Driver.OUTPUT_TOKENS);
    return input + output == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " --input-tokens %.0f --output-tokens %.0f",
            input / requests,
            output / requests);
  }
}
