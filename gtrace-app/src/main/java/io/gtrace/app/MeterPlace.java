package io.gtrace.app;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a measured command runs, and what its electricity is made of. */
final class MeterPlace {
  private static final double HIGHEST_G_PER_KWH = 5_000;

  @Option(
      names = "--region",
      paramLabel = "PLACE",
      description = {
        "Where this machine stands: a country, state or province (FR, US-CA), a cloud region, or a"
            + " data centre of --factors. Without one, only energy is told."
      })
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--grid-intensity",
      paramLabel = "G/KWH",
      description = {
        "Carbon of your own electricity, as its supplier states it, in gCO2e for each kWh; in place of"
            + " that of the grid of --region."
      })
  private Optional<Double> gramsPerKwh = Optional.empty();

  @Option(
      names = "--pue",
      paramLabel = "RATIO",
      description = {
        "Energy of the facility over that of its IT, 1 to 5 (default: that of the cloud region or data"
            + " centre, else 1)."
      })
  private Optional<Double> pue = Optional.empty();

  /**
   * @throws io.gtrace.factor.UnknownNameException if the place is not known
   */
  MeterPrices prices(FactorFile factors) {
    if (pue.isPresent() && !(pue.get() >= 1 && pue.get() <= 5)) {
      throw new IllegalArgumentException("--pue must be 1 to 5, not " + pue.get());
    }
    if (gramsPerKwh.isPresent()
        && !(gramsPerKwh.get() >= 0 && gramsPerKwh.get() <= HIGHEST_G_PER_KWH)) {
      throw new IllegalArgumentException(
          "--grid-intensity must be 0 to 5000 g/kWh, not " + gramsPerKwh.get());
    }
    return new MeterPrices(LedgerCard.of(factors), region, gramsPerKwh, pue);
  }
}
