package io.gtrace.governance.routing;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Place;
import io.gtrace.factor.Position;
import java.util.Optional;

/** What a place is called on a card, and where it lies. */
public final class Places {
  private Places() {}

  /** The canonical name, as {@link io.gtrace.ratecard.CardRow#site} of data centres there. */
  public static String id(Place place) {
    if (place instanceof Place.InCloud inCloud) {
      return inCloud.region().id();
    }
    return place instanceof Place.Own own
        ? own.dataCentre().name()
        : ((Place.OnGrid) place).zone().id();
  }

  /** Where it lies; of a country or an own data centre a point of its grid zone. */
  public static Optional<Position> position(FactorCatalogue catalogue, Place place) {
    if (place instanceof Place.InCloud inCloud) {
      return Optional.of(inCloud.region().position());
    }
    return place instanceof Place.Own own
        ? catalogue.zone(own.dataCentre().zone(), Fallback.ALLOW).position()
        : ((Place.OnGrid) place).zone().position();
  }
}
