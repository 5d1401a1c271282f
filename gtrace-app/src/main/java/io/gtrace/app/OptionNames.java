package io.gtrace.app;

import io.gtrace.activity.InvalidAmountException;
import java.util.Locale;

/** Turns the fields that an activity complains about into the options that fill them. */
final class OptionNames {
  private OptionNames() {}

  /** The complaint about an amount, about the option that gave it. */
  static String complaint(InvalidAmountException invalid) {
    return complaint(invalid, optionOf(invalid.field()));
  }

  static String complaint(InvalidAmountException invalid, String option) {
    String message = String.valueOf(invalid.getMessage());
    return option
        + message
            .substring(invalid.field().length())
            .replace("seconds times framesPerSecond", "--seconds times --fps");
  }

  private static String optionOf(String field) {
    return switch (field) {
      case "widthPx" -> "--width";
      case "heightPx" -> "--height";
      case "framesPerSecond" -> "--fps";
      case "activeParameters" -> "--active-params times 10^9";
      default -> "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    };
  }
}
