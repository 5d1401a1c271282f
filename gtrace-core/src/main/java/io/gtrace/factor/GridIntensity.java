package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import java.util.Locale;

/**
 * Carbon of one kWh of a zone's electricity in one year.
 *
 * @param zone grid zone
 * @param basis what kind of figure it is
 * @param kgPerKwh kgCO2e/kWh
 * @param provenance source; its year is the year of the figure
 */
public record GridIntensity(String zone, Basis basis, double kgPerKwh, Provenance provenance) {

  /** The question an intensity answers. */
  public enum Basis {
    /** Average of the generation mix, plants and fuels over their life cycle. */
    AVERAGE_LIFECYCLE,
    /** Average of the generation mix, stack emissions only. */
    AVERAGE_DIRECT,
    /** Operating margin: what one more kWh causes. */
    MARGINAL_OPERATING,
    /** What is left of the mix when all contracted electricity is taken out. */
    RESIDUAL_MIX;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
