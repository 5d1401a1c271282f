package io.gtrace.example;

import io.gtrace.call.CallTotals;
import java.util.Locale;

/** One line about what calls cost. */
final class FootprintLine {
  private static final double G_PER_KG = 1e3;
  private static final double WH_PER_KWH = 1e3;

  private FootprintLine() {}

  static String of(String name, CallTotals.Total total) {
    var carbon = total.footprint().carbonKg();
    return String.format(
        Locale.ROOT,
        "%s: %d calls, %.3g Wh, %.3g g CO2e (90 %% interval: %.3g to %.3g)",
        name,
        total.calls(),
        total.footprint().energyKwh().median() * WH_PER_KWH,
        carbon.median() * G_PER_KG,
        carbon.low() * G_PER_KG,
        carbon.high() * G_PER_KG);
  }
}
