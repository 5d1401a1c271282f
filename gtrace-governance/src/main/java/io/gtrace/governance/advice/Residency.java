package io.gtrace.governance.advice;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.ratecard.CardRow;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which area a site lies in: its region, grid zone, country, continent and union of countries. */
final class Residency {
  /** Member states of the European Union since 2020. */
  private static final Set<String> EU =
      Set.of(
          "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
          "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");

  /** What the European Economic Area adds. */
  private static final Set<String> EEA_BESIDES_EU = Set.of("IS", "LI", "NO");

  private final FactorCatalogue catalogue;

  Residency(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** All names of areas that a site lies in, upper case. */
  Set<String> areas(CardRow row) {
    Set<String> areas = new HashSet<>();
    areas.add(row.site().toUpperCase(Locale.ROOT));
    Optional<GridZone> at = Optional.of(row.zone());
    while (at.isPresent()) {
      areas.add(at.get().id().toUpperCase(Locale.ROOT));
      at = parent(at.get());
    }
    if (areas.stream().anyMatch(EU::contains)) {
      areas.add("EU");
      areas.add("EEA");
    }
    if (areas.stream().anyMatch(EEA_BESIDES_EU::contains)) {
      areas.add("EEA");
    }
    return areas;
  }

  /** Whether a word names an area or a place. */
  boolean isKnown(String area) {
    String upper = area.toUpperCase(Locale.ROOT);
    return upper.equals("EU") || upper.equals("EEA") || catalogue.findPlace(area).isPresent();
  }

  /** The continent that a site lies on; empty where nothing is known of it. */
  Optional<GridZone> continent(CardRow row) {
    Optional<GridZone> at = Optional.of(row.zone());
    while (at.isPresent() && !at.get().kind().equals("continent")) {
      at = parent(at.get());
    }
    return at;
  }

  private Optional<GridZone> parent(GridZone zone) {
    return zone.parent().isEmpty()
        ? Optional.empty()
        : Optional.of(catalogue.zone(zone.parent(), Fallback.REFUSE));
  }
}
