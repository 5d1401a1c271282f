package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A region of a public cloud.
 *
 * @param provider aws, azure, gcp ...
 * @param region the provider's own code, such as {@code eu-west-3}
 * @param name name for people
 * @param zone the most specific grid zone that feeds it
 * @param country ISO 3166-1 alpha-2
 * @param position the place of its city
 * @param pue power usage effectiveness
 * @param pueIsFleetAverage whether {@code pue} is the provider's average, not this region's
 * @param wueLPerKwh litres evaporated on site for each kWh of IT energy
 * @param wueIsFleetAverage whether {@code wueLPerKwh} is the provider's average
 * @param cfeShare share of carbon-free energy, hourly matched or annual as the provider publishes
 * @param marketKgPerKwh market-based intensity where the provider publishes it
 */
public record CloudRegion(
    String provider,
    String region,
    String name,
    String zone,
    String country,
    String city,
    Position position,
    double pue,
    boolean pueIsFleetAverage,
    double wueLPerKwh,
    boolean wueIsFleetAverage,
    OptionalDouble cfeShare,
    OptionalDouble marketKgPerKwh,
    List<String> aliases,
    Provenance provenance) {
  public CloudRegion {
    aliases = List.copyOf(aliases);
  }

  /** {@code provider/region}, unique over the catalogue. */
  public String id() {
    return provider + "/" + region;
  }
}
