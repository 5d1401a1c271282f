package io.gtrace.factor;

import io.gtrace.trace.Provenance;

/**
 * Who serves a model when its user names no region.
 *
 * @param id as in {@link Model#provider}; {@code default} for all others
 * @param zone grid zone assumed
 * @param pue power usage effectiveness assumed, as a range with a middle
 * @param wueLPerKwh water usage effectiveness assumed
 * @param hosting whose data centres
 */
public record HostingProvider(
    String id,
    String name,
    String zone,
    Middled pue,
    Middled wueLPerKwh,
    String hosting,
    Provenance provenance) {

  private static final String ANY_OTHER = "default";

  /** Whether it has a row of its own; one without is priced as any other. */
  public boolean isKnown() {
    return !id.equals(ANY_OTHER);
  }

  /** Whose data centres, in the words of a trace. */
  public String facilities() {
    return isKnown() ? hosting : "a data centre whose operator is not known";
  }

  /** A most likely value between the ends of a 90 % interval. */
  public record Middled(double low, double middle, double high) {}
}
