package io.gtrace.server.page;

import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rows of a catalogue are a user's own: added, or other than those that ship. */
final class OwnFactors {
  private final Set<String> shipped;

  private OwnFactors(Set<String> shipped) {
    this.shipped = shipped;
  }

  /** Told by what ships, row by row. */
  static OwnFactors beside(FactorCatalogue shipped) {
    return new OwnFactors(
        Stream.of(
                shipped.models().stream().map(Object::toString),
                shipped.regions().stream().map(Object::toString),
                shipped.zones().stream()
                    .map(zone -> zone.toString() + intensity(shipped, zone.id())),
                shipped.accelerators().stream().map(Object::toString),
                shipped.assumptions().stream().map(OwnFactors::text))
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String intensity(FactorCatalogue catalogue, String zone) {
    Factor factor =
        catalogue.grid(catalogue.zone(zone, Fallback.REFUSE)).locationBased(OptionalInt.empty());
    return text(factor);
  }

  private static String text(Factor factor) {
    return factor.id()
        + ' '
        + factor.median()
        + ' '
        + factor.scatter().low()
        + ' '
        + factor.scatter().high()
        + ' '
        + factor.provenance();
  }

  boolean isOwn(Object row) {
    return !shipped.contains(row.toString());
  }

  boolean isOwn(Factor assumption) {
    return !shipped.contains(text(assumption));
  }

  boolean isOwnZone(FactorCatalogue catalogue, GridZone zone) {
    return !shipped.contains(zone.toString() + intensity(catalogue, zone.id()));
  }
}
