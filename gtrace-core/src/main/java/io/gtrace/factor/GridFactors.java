package io.gtrace.factor;

import io.gtrace.factor.GridIntensity.Basis;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Carbon and water of a zone's electricity. Where the zone itself has no figure, the zone it lies
 * in stands for it: the notes of the factor say so and its interval is wider.
 */
public final class GridFactors {
  private final FactorCatalogue catalogue;
  private final GridZone zone;

  GridFactors(FactorCatalogue catalogue, GridZone zone) {
    this.catalogue = catalogue;
    this.zone = zone;
  }

  public GridZone zone() {
    return zone;
  }

  /**
   * Average carbon of the mix over the life cycle of plants and fuels, kg/kWh.
   *
   * @param year the year asked for; empty for the newest
   */
  public Factor locationBased(OptionalInt year) {
    List<String> notes = new ArrayList<>();
    double fallbackSd = 0;
    for (GridZone at = zone; ; at = parentOf(at)) {
      Optional<Factor> found = averageOf(at, year, fallbackSd, notes);
      if (found.isPresent()) {
        return found.get();
      }
      fallbackSd = Math.hypot(fallbackSd, stepSd(at));
      notes.add("no grid intensity for " + at.id() + ": taken from " + at.parent());
    }
  }

  /** Carbon that one more kWh causes, kg/kWh; empty where neither zone nor country has a figure. */
  public Optional<Factor> marginal(OptionalInt year) {
    return ofZoneOrCountry(Basis.MARGINAL_OPERATING, "marginal carbon of grid", year);
  }

  /** Carbon of what is left of the mix without contracts, kg/kWh, where published. */
  public Optional<Factor> residualMix(OptionalInt year) {
    return ofZoneOrCountry(Basis.RESIDUAL_MIX, "residual mix of grid", year);
  }

  /** Water consumed to make one kWh, litres. */
  public Factor waterLPerKwh() {
    List<String> notes = new ArrayList<>();
    double sd = catalogue.assumption("grid-water-log-sd").median();
    for (GridZone at = zone; ; at = parentOf(at)) {
      Optional<GridImpacts> found = catalogue.impacts(at.id());
      if (found.isPresent()) {
        GridImpacts impacts = found.get();
        return Factor.of(
                "grid-water:" + at.id(),
                "water of electricity in " + at.name(),
                "L/kWh",
                Scatter.lognormal(impacts.waterLPerKwh(), sd),
                impacts.provenance())
            .withNotes(notes);
      }
      sd = Math.hypot(sd, stepSd(at));
      notes.add("no water figure for " + at.id() + ": taken from " + at.parent());
    }
  }

  private Optional<Factor> averageOf(
      GridZone at, OptionalInt year, double fallbackSd, List<String> notes) {
    NavigableMap<Integer, GridIntensity> lifecycle =
        catalogue.intensities(at.id(), Basis.AVERAGE_LIFECYCLE);
    if (!lifecycle.isEmpty()) {
      return Optional.of(
          factor(
              at, "average carbon of grid", nearest(lifecycle, year), 1, year, fallbackSd, notes));
    }
    NavigableMap<Integer, GridIntensity> direct =
        catalogue.intensities(at.id(), Basis.AVERAGE_DIRECT);
    if (direct.isEmpty()) {
      return Optional.empty();
    }
    Factor upstream = catalogue.assumption("grid-upstream-uplift");
    List<String> withUplift = new ArrayList<>(notes);
    withUplift.add(
        "only stack emissions are published for "
            + at.id()
            + ": multiplied by "
            + upstream.median()
            + " for fuels and plants");
    return Optional.of(
        factor(
            at,
            "average carbon of grid",
            nearest(direct, year),
            upstream.median(),
            year,
            Math.hypot(fallbackSd, logSdOf(upstream)),
            withUplift));
  }

  /**
   * Of a factor u above one, whose log of u - 1 scatters by its sd: d ln u = (u - 1) / u d ln(u -
   * 1).
   */
  private static double logSdOf(Factor aboveOne) {
    return aboveOne.scatter().sd() * (aboveOne.median() - 1) / aboveOne.median();
  }

  private Optional<Factor> ofZoneOrCountry(Basis basis, String meaning, OptionalInt year) {
    List<String> notes = new ArrayList<>();
    double fallbackSd = 0;
    for (GridZone at = zone; isAtMostCountry(at); at = parentOf(at)) {
      NavigableMap<Integer, GridIntensity> known = catalogue.intensities(at.id(), basis);
      if (!known.isEmpty()) {
        return Optional.of(factor(at, meaning, nearest(known, year), 1, year, fallbackSd, notes));
      }
      fallbackSd = Math.hypot(fallbackSd, stepSd(at));
      notes.add("no figure for " + at.id() + ": taken from " + at.parent());
    }
    return Optional.empty();
  }

  private Factor factor(
      GridZone at,
      String meaning,
      GridIntensity intensity,
      double uplift,
      OptionalInt year,
      double furtherSd,
      List<String> notes) {
    int known = intensity.provenance().year();
    int gap = Math.abs(year.orElse(known) - known);
    List<String> all = new ArrayList<>(notes);
    if (gap > 0) {
      all.add("grid carbon of " + known + " stands for " + year.getAsInt());
    }
    double drift = catalogue.assumption("grid-drift-log-sd-per-year").median() * Math.sqrt(gap);
    double sd = Math.hypot(Math.hypot(baseSd(intensity), drift), furtherSd);
    Provenance provenance = intensity.provenance();
    return Factor.of(
            "grid:" + intensity.basis().label() + ":" + at.id(),
            meaning + " in " + at.name() + ", " + known,
            "kg/kWh",
            Scatter.lognormal(intensity.kgPerKwh() * uplift, sd),
            notes.isEmpty()
                ? provenance
                : new Provenance(
                    provenance.tier().orWorse(Tier.MODELLED),
                    provenance.source(),
                    provenance.year(),
                    provenance.licence()))
        .withNotes(all);
  }

  private double baseSd(GridIntensity intensity) {
    String id =
        intensity.basis() == Basis.MARGINAL_OPERATING
            ? "grid-marginal-log-sd"
            : "grid-average-log-sd";
    return catalogue.assumption(id).median();
  }

  /** Scatter of zones within the zone one level up, so of taking the wider one's figure. */
  private double stepSd(GridZone from) {
    String id =
        switch (from.kind()) {
          case "country" -> "grid-country-from-continent-log-sd";
          case "continent" -> "grid-continent-from-world-log-sd";
          case "unknown" -> "grid-unknown-place-log-sd";
          default -> "grid-part-from-country-log-sd";
        };
    return catalogue.assumption(id).median();
  }

  private GridZone parentOf(GridZone at) {
    return catalogue
        .parent(at)
        .orElseThrow(() -> new IllegalStateException("grid zone " + at.id() + " has no parent"));
  }

  private static boolean isAtMostCountry(GridZone at) {
    return !at.kind().equals("continent") && !at.kind().equals("world");
  }

  /** The newest figure not after the year asked for; else the oldest. */
  private static GridIntensity nearest(
      NavigableMap<Integer, GridIntensity> byYear, OptionalInt year) {
    Map.Entry<Integer, GridIntensity> entry =
        year.isEmpty() ? byYear.lastEntry() : byYear.floorEntry(year.getAsInt());
    return (entry == null ? byYear.firstEntry() : entry).getValue();
  }
}
