package io.gtrace.example;

import io.gtrace.call.CallTotals;
import java.math.BigDecimal;
import java.math.MathContext;

/** One line about what calls cost. */
final class FootprintLine {
  private static final double MG_PER_KG = 1e6;
  private static final double MWH_PER_KWH = 1e6;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private FootprintLine() {}

  static String of(String name, CallTotals.Total total) {
    var energy = total.footprint().energyKwh();
    var carbon = total.footprint().carbonKg();
    return "%s (calls: %d): %s mWh, %s mg CO2e (%s to %s)"
        .formatted(
            name,
            total.calls(),
            rounded(energy.median() * MWH_PER_KWH),
            rounded(carbon.median() * MG_PER_KG),
            rounded(carbon.low() * MG_PER_KG),
            rounded(carbon.high() * MG_PER_KG));
  }

  private static String rounded(double amount) {
    return new BigDecimal(amount).round(THREE_DIGITS).toPlainString();
  }
}
