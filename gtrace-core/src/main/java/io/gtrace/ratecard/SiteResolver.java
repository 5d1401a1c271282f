package io.gtrace.ratecard;

import io.gtrace.estimate.Deployment;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridFactors;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.HostingProvider;
import io.gtrace.factor.HostingProvider.Middled;
import io.gtrace.factor.Place;
import io.gtrace.factor.Position;
import io.gtrace.site.Contract;
import io.gtrace.site.MatchedHours;
import io.gtrace.site.Site;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives the names of a site their meaning: which grid, which facility, which hardware. */
final class SiteResolver {
  private static final double SMALLEST_WUE_L_PER_KWH = 0.001;

  private final FactorCatalogue catalogue;
  private final Fallback fallback;

  SiteResolver(FactorCatalogue catalogue, Fallback fallback) {
    this.catalogue = catalogue;
    this.fallback = fallback;
  }

  /**
   * @param host who serves the model; tells where it runs if the site does not
   * @param accelerator the hardware named by the activity itself; empty for the site's usual
   * @param year year of the grid figures; empty for the newest
   * @throws IllegalArgumentException if the activity names other hardware than the site
   */
  SiteFactors resolve(
      Site site, HostingProvider host, Optional<Accelerator> accelerator, OptionalInt year) {
    if (site instanceof Site.EdgeDevice edge) {
      return edge(edge, accelerator, year);
    }
    if (site instanceof Site.ProviderDefault) {
      GridZone zone = catalogue.zone(host.zone(), Fallback.REFUSE);
      String runs = host.isKnown() ? host.name() + " is taken to run it" : "taken to run";
      String note = "no region given: " + runs + " on the grid of " + zone.name();
      return onGrid(zone, zone.id(), host, accelerator, year, List.of(note));
    }
    if (site instanceof Site.OwnDataCentre own) {
      return ownDataCentre(own, accelerator, year);
    }
    Place place = catalogue.place(site.label(), fallback);
    if (place instanceof Place.InCloud inCloud) {
      return inCloud(inCloud.region(), accelerator, year);
    }
    if (place instanceof Place.Own own) {
      return ownDataCentre(own.dataCentre(), accelerator, year);
    }
    GridZone zone = ((Place.OnGrid) place).zone();
    return onGrid(zone, zone.id(), host, accelerator, year, List.of());
  }

  private SiteFactors edge(Site.EdgeDevice edge, Optional<Accelerator> named, OptionalInt year) {
    Accelerator device = catalogue.accelerator(edge.device(), Accelerator.Kind.OF_PEOPLE, fallback);
    if (named.isPresent() && !named.get().id().equals(device.id())) {
      throw new IllegalArgumentException(
          "the accelerator "
              + named.get().id()
              + " contradicts the place "
              + edge.label()
              + ": name the same device in both, or a place without one, as in "
              + edge.zone());
    }
    GridZone zone = catalogue.zone(edge.zone(), fallback);
    Provenance byDefinition =
        new Provenance(
            Tier.DISCLOSED, "an edge device has no facility around it", 2026, "by definition");
    return site(
        device.id() + "@" + zone.id(),
        device.name() + " in " + zone.name(),
        zone,
        zone.position(),
        new Deployment.Edge(device),
        Factor.of("pue:none", "power usage effectiveness", "", Scatter.exactly(1), byDefinition),
        Factor.of(
            "wue:none", "water usage effectiveness", "L/kWh", Scatter.exactly(0), byDefinition),
        Optional.empty(),
        year);
  }

  private SiteFactors onGrid(
      GridZone zone,
      String id,
      HostingProvider host,
      Optional<Accelerator> accelerator,
      OptionalInt year,
      List<String> notes) {
    return site(
        id,
        zone.name(),
        zone,
        zone.position(),
        dataCentre(accelerator),
        Factor.of(
                "pue:" + host.id(),
                "power usage effectiveness of " + host.facilities(),
                "",
                pue(host.pue()),
                host.provenance())
            .withNotes(notes),
        Factor.of(
            "wue:" + host.id(),
            "water usage effectiveness of " + host.facilities(),
            "L/kWh",
            wue(host.wueLPerKwh()),
            host.provenance()),
        Optional.empty(),
        year);
  }

  private SiteFactors inCloud(
      CloudRegion region, Optional<Accelerator> accelerator, OptionalInt year) {
    GridZone zone = catalogue.zone(region.zone(), Fallback.REFUSE);
    double pueSd = scopeSd("pue", region.pueIsFleetAverage());
    double wueSd = scopeSd("wue", region.wueIsFleetAverage());
    Optional<Factor> market =
        region.marketKgPerKwh().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Factor.of(
                    "market:" + region.id(),
                    "market-based carbon of " + region.id(),
                    "kg/kWh",
                    Scatter.lognormal(
                        Math.max(region.marketKgPerKwh().getAsDouble(), 1e-6),
                        catalogue.assumption("grid-average-log-sd").median()),
                    region.provenance()));
    return site(
        region.id(),
        region.name(),
        zone,
        Optional.of(region.position()),
        dataCentre(accelerator),
        Factor.of(
                "pue:" + (region.pueIsFleetAverage() ? region.provider() : region.id()),
                "power usage effectiveness of " + region.id(),
                "",
                region.pue() > 1
                    ? new Scatter(region.pue(), pueSd, Shape.ABOVE_ONE)
                    : Scatter.exactly(1),
                region.provenance())
            .withNotes(fleetNote("PUE", region, region.pueIsFleetAverage())),
        Factor.of(
                "wue:" + (region.wueIsFleetAverage() ? region.provider() : region.id()),
                "water usage effectiveness of " + region.id(),
                "L/kWh",
                region.wueLPerKwh() > 0
                    ? Scatter.lognormal(region.wueLPerKwh(), wueSd)
                    : Scatter.exactly(0),
                region.provenance())
            .withNotes(fleetNote("WUE", region, region.wueIsFleetAverage())),
        market,
        year);
  }

  private SiteFactors ownDataCentre(
      Site.OwnDataCentre own, Optional<Accelerator> named, OptionalInt year) {
    GridZone zone = catalogue.zone(own.zone(), fallback);
    Provenance declared =
        new Provenance(Tier.DISCLOSED, "declared by the operator of " + own.name(), 2026, "own");
    Optional<Factor> market =
        annual(own)
            .map(contract ->
                Factor.of(
                    "market:" + own.name(),
                    "contracted electricity of " + own.name(),
                    "kg/kWh",
                    Scatter.exactly(contract.kgPerKwh()),
                    declared));
    Optional<MatchedHours> matched = hourly(own).map(Contract.Hourly::matched);
    Optional<Accelerator> accelerator =
        named.isPresent() ? named : own.accelerator().map(this::inDataCentre);
    SiteFactors site =
        site(
            own.name(),
            own.name(),
            zone,
            zone.position(),
            dataCentre(accelerator),
            Factor.of(
                    "pue:" + own.name(),
                    "power usage effectiveness of " + own.name(),
                    "",
                    Scatter.exactly(own.pue()),
                    declared)
                .withNotes(matched.isPresent() ? noteOfResidualMix(zone, year) : List.of()),
            Factor.of(
                "wue:" + own.name(),
                "water usage effectiveness of " + own.name(),
                "L/kWh",
                Scatter.exactly(own.wueLPerKwh()),
                declared),
            market,
            year);
    return matched.map(site::matching).orElse(site);
  }

  private static Optional<Contract.Annual> annual(Site.OwnDataCentre own) {
    return own.contract()
        .filter(Contract.Annual.class::isInstance)
        .map(Contract.Annual.class::cast);
  }

  private static Optional<Contract.Hourly> hourly(Site.OwnDataCentre own) {
    return own.contract()
        .filter(Contract.Hourly.class::isInstance)
        .map(Contract.Hourly.class::cast);
  }

  private List<String> noteOfResidualMix(GridZone zone, OptionalInt year) {
    return catalogue.grid(zone).residualMix(year).isPresent()
        ? List.of()
        : List.of(
            "no market-based figure: the residual mix of "
                + zone.id()
                + ", which what is not matched hour by hour has, is not known; give it in your"
                + " factor file under grid_intensities, quantity residual-mix");
  }

  private SiteFactors site(
      String id,
      String name,
      GridZone zone,
      Optional<Position> position,
      Deployment deployment,
      Factor pue,
      Factor wue,
      Optional<Factor> market,
      OptionalInt year) {
    GridFactors grid = catalogue.grid(zone);
    return new SiteFactors(
        id,
        name,
        zone,
        position,
        deployment,
        pue,
        wue,
        grid.locationBased(year),
        market.isPresent() ? market : grid.residualMix(year),
        Optional.empty(),
        grid.marginal(year),
        grid.waterLPerKwh());
  }

  private Accelerator inDataCentre(String name) {
    return catalogue.accelerator(name, Accelerator.Kind.IN_DATA_CENTRES, fallback);
  }

  private Deployment dataCentre(Optional<Accelerator> accelerator) {
    return new Deployment.DataCentre(
        accelerator.orElseGet(() -> catalogue.accelerator(RateCard.USUAL_ACCELERATOR)));
  }

  private double scopeSd(String quantity, boolean fleetAverage) {
    return catalogue
        .assumption(quantity + (fleetAverage ? "-fleet-log-sd" : "-region-log-sd"))
        .median();
  }

  private static List<String> fleetNote(String quantity, CloudRegion region, boolean fleetAverage) {
    return fleetAverage
        ? List.of(
            quantity + " of " + region.id() + " is not published: average of " + region.provider())
        : List.of();
  }

  private static Scatter pue(Middled pue) {
    return Scatter.of90(pue.low(), pue.middle(), pue.high(), Shape.ABOVE_ONE);
  }

  private static Scatter wue(Middled wue) {
    return Scatter.of90(
        Math.max(wue.low(), SMALLEST_WUE_L_PER_KWH),
        Math.max(wue.middle(), SMALLEST_WUE_L_PER_KWH),
        Math.max(wue.high(), SMALLEST_WUE_L_PER_KWH),
        Shape.LOGNORMAL);
  }
}
