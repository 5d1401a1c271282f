package io.gtrace.governance.routing;

import java.util.Locale;

/** What a placement may be chosen by. */
public enum Criterion {
  /** Location-based carbon of the electricity. */
  CARBON_KG("kgCO2e"),
  /** Water on site and of the electricity. */
  WATER_L("L"),
  /** Price of the electricity, in the currency of whoever gave it. */
  COST(""),
  /** Round trip between the users of the work and where it runs, weighted by energy. */
  LATENCY_MS("ms");

  private final String unit;

  Criterion(String unit) {
    this.unit = unit;
  }

  public String unit() {
    return unit;
  }

  /** The name in files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replaceAll("_.*", "");
  }
}
