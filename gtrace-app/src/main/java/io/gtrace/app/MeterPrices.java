package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Place;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the energy of a measured command costs where it ran. */
final class MeterPrices {
  /** Any place does where only energy is asked for. */
  private static final String ANYWHERE = "WORLD";

  private static final String THIS_MACHINE = "this machine";

  private final RateCard card;
  private final Optional<Site> named;
  private final Optional<GridZone> zone;
  private final OptionalDouble gramsPerKwh;
  private final OptionalDouble pue;

  /**
   * @throws io.gtrace.factor.UnknownNameException if the place is not known
   */
  MeterPrices(
      RateCard card, Optional<String> region, Optional<Double> gramsPerKwh, Optional<Double> pue) {
    this.card = card;
    this.gramsPerKwh = optional(gramsPerKwh);
    this.pue = optional(pue);
    named = region.map(Site::parse);
    zone = named.flatMap(this::zone);
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /** The grid where a place means no more than that. */
  private Optional<GridZone> zone(Site site) {
    if (site instanceof Site.EdgeDevice edge) {
      // Told at once if it is not known.
      card.catalogue().zone(edge.zone(), Fallback.REFUSE);
      return Optional.empty();
    }
    Place place = card.catalogue().place(site.label(), Fallback.REFUSE);
    return place instanceof Place.OnGrid grid ? Optional.of(grid.zone()) : Optional.empty();
  }

  /** What carbon is known by. */
  enum Carbon {
    /** The place is not known. */
    UNKNOWN,
    /** The grid of the place. */
    OF_GRID,
    /** What the user says of the own electricity. */
    OWN_MIX
  }

  /**
   * What was paid.
   *
   * @param footprint of it; of its figures only the energy holds unless carbon is that of the grid
   * @param ownMixKg carbon by the user's own mix; empty without one
   */
  record Price(Footprint footprint, Carbon carbon, Optional<Quantity> ownMixKg) {}

  /** Where an activity on some hardware runs. */
  Site site(String accelerator) {
    if (pue.isPresent() || named.isEmpty()) {
      return new Site.OwnDataCentre(
          THIS_MACHINE, gridZone(), pue.orElse(1), 0, Optional.empty(), Optional.empty());
    }
    // A machine that somebody just has somewhere stands in no facility with an overhead.
    return zone.<Site>map(grid -> new Site.EdgeDevice(accelerator, grid.id()))
        .orElseGet(named::get);
  }

  private String gridZone() {
    if (zone.isPresent()) {
      return zone.get().id();
    }
    if (named.isEmpty()) {
      return ANYWHERE;
    }
    if (named.get() instanceof Site.EdgeDevice edge) {
      return edge.zone();
    }
    Place place = card.catalogue().place(named.get().label(), Fallback.REFUSE);
    return place instanceof Place.InCloud cloud
        ? cloud.region().zone()
        : place instanceof Place.Own own ? own.dataCentre().zone() : ANYWHERE;
  }

  /** The hardware that a place names itself; empty if it names none. */
  Optional<String> device() {
    return named
        .filter(Site.EdgeDevice.class::isInstance)
        .map(site -> ((Site.EdgeDevice) site).device());
  }

  Price price(Activity activity) {
    Footprint footprint = card.price(activity);
    if (gramsPerKwh.isPresent()) {
      double kgPerKwh = gramsPerKwh.getAsDouble() / 1_000;
      Quantity kwh = footprint.energyKwh();
      return new Price(
          footprint,
          Carbon.OWN_MIX,
          Optional.of(
              new Quantity(kwh.median() * kgPerKwh, kwh.low() * kgPerKwh, kwh.high() * kgPerKwh)));
    }
    return new Price(
        footprint, named.isPresent() ? Carbon.OF_GRID : Carbon.UNKNOWN, Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if a ledger could not price the run again as it is priced now
   */
  void requireBookable() {
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "--ledger needs --region: a ledger prices by the place where work was done");
    }
    if (gramsPerKwh.isPresent() || pue.isPresent()) {
      throw new IllegalArgumentException(
          "a ledger prices by factors, not by --grid-intensity or --pue: declare your data centre,"
              + " and its mix under grid_intensities, in a file for --factors, and name it as"
              + " --region");
    }
  }
}
