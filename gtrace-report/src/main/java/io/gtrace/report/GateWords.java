package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.gate.GateCheck;
import java.util.Locale;

/** A check of a gate in one line. */
public final class GateWords {
  private GateWords() {}

  /** As {@code carbon of one call (text) against before: +12 % (+10 to +15), allowed 5 %}. */
  public static String line(GateCheck check) {
    return check.title() + ": " + value(check) + ", " + limit(check);
  }

  private static String value(GateCheck check) {
    Estimate value = check.value();
    return switch (check.unit()) {
      case "kg" -> Figures.carbon(new Quantity(value.value(), value.low(), value.high()));
      case "%" ->
          Double.isInfinite(value.value())
              ? "no growth to tell"
              : String.format(
                  Locale.ROOT,
                  "%+.1f %% (%+.1f to %+.1f)",
                  value.value(),
                  value.low(),
                  value.high());
      default -> check.unit() + " " + Figures.rounded(value.value());
    };
  }

  private static String limit(GateCheck check) {
    return switch (check.unit()) {
      case "kg" -> "at most " + Figures.carbon(check.limit());
      case "%" -> String.format(Locale.ROOT, "at most %+.1f %%", check.limit());
      default -> "at least " + Figures.rounded(check.limit());
    };
  }
}
