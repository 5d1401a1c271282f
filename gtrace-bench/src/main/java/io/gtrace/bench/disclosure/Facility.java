package io.gtrace.bench.disclosure;

import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.UnitRate;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridFactors;
import io.gtrace.factor.HostingProvider;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the work of a row was done: with what the row states of the place, and for the rest with
 * what the product takes of the company that runs it. Carrying data over the network is left out:
 * no publisher counts it.
 *
 * @param boundary whose electricity counts
 * @param pue overhead of the facility; empty where the publisher leaves it out
 * @param kgPerKwh carbon of the electricity, where the row tells the grid
 * @param wueLPerKwh water evaporated on site for each kWh of the hardware, where known
 * @param gridWaterLPerKwh water to make the electricity; empty where the publisher leaves it out
 * @param withMaking whether the carbon of making the hardware counts
 */
record Facility(
    Boundary boundary,
    Optional<Factor> pue,
    Optional<Factor> kgPerKwh,
    Optional<Factor> wueLPerKwh,
    Optional<Factor> gridWaterLPerKwh,
    boolean withMaking) {
  private static final double G_PER_KG = 1000;

  static Facility of(FactorCatalogue catalogue, PublishedRow row, String subject) {
    Optional<HostingProvider> host =
        row.has("hosting")
            ? Optional.of(catalogue.hostingProvider(row.text("hosting")))
            : Optional.empty();
    Optional<GridFactors> grid =
        row.has("zone")
            ? Optional.of(catalogue.grid(catalogue.zone(row.text("zone"), Fallback.REFUSE)))
            : Optional.empty();
    Boundary boundary = row.boundary();
    Optional<Factor> pue = pue(row, subject, host);
    if (boundary == Boundary.FACILITY && pue.isEmpty()) {
      throw row.wrong("pue", "a facility needs this or hosting");
    }
    Optional<Factor> kgPerKwh = kgPerKwh(row, subject, grid);
    if (kgPerKwh.isEmpty() && (row.has("carbon_g") || row.has("carbon_t"))) {
      throw row.wrong("zone", "carbon needs this or intensity_g_per_kwh_low and _high");
    }
    Optional<Factor> wue = wueLPerKwh(row, subject, host);
    if (wue.isEmpty() && row.has("water_ml")) {
      throw row.wrong("wue_l_per_kwh", "water needs this or hosting");
    }
    return new Facility(
        boundary,
        pue,
        kgPerKwh,
        wue,
        row.text("water_scope").equals("on-site and electricity")
            ? grid.map(GridFactors::waterLPerKwh)
            : Optional.empty(),
        row.yes("carbon_includes_making"));
  }

  private static Optional<Factor> pue(
      PublishedRow row, String subject, Optional<HostingProvider> host) {
    if (row.has("pue")) {
      return Optional.of(
          OpenQuantity.of(row, subject, "pue", Scatter.exactly(row.requiredNumber("pue"))));
    }
    return host.map(provider ->
        Factor.of(
            "pue:" + provider.id(),
            "power usage effectiveness of " + provider.hosting(),
            "",
            Scatter.of90(
                provider.pue().low(),
                provider.pue().middle(),
                provider.pue().high(),
                Shape.ABOVE_ONE),
            provider.provenance()));
  }

  private static Optional<Factor> kgPerKwh(
      PublishedRow row, String subject, Optional<GridFactors> grid) {
    if (row.has("intensity_g_per_kwh_low")) {
      return Optional.of(OpenQuantity.between(row, subject, "intensity_g_per_kwh"))
          .map(Facility::inKg);
    }
    OptionalInt year = OptionalInt.of(row.count("year"));
    return grid.map(known -> known.locationBased(year));
  }

  private static Factor inKg(Factor grams) {
    Scatter scatter = grams.scatter();
    return Factor.of(
        grams.id(),
        grams.meaning(),
        "kg/kWh",
        new Scatter(
            scatter.median() / G_PER_KG, scatter.sdBelow(), scatter.sdAbove(), scatter.shape()),
        grams.provenance());
  }

  private static Optional<Factor> wueLPerKwh(
      PublishedRow row, String subject, Optional<HostingProvider> host) {
    if (row.has("wue_l_per_kwh")) {
      return Optional.of(
          OpenQuantity.of(
              row, subject, "wue_l_per_kwh", Scatter.exactly(row.requiredNumber("wue_l_per_kwh"))));
    }
    return host.map(provider ->
        Factor.of(
            "wue:" + provider.id(),
            "water usage effectiveness of " + provider.hosting(),
            "L/kWh",
            Scatter.of90(
                provider.wueLPerKwh().low(),
                provider.wueLPerKwh().middle(),
                provider.wueLPerKwh().high(),
                Shape.LOGNORMAL),
            provider.provenance()));
  }

  /** Electricity inside the boundary, kWh. */
  double kwh(UnitRate work, FactorState state) {
    return boundary.kwh(work) * pue.map(state::of).orElse(1.0);
  }

  /**
   * Carbon of that electricity and, where it counts, of making the hardware, kg.
   *
   * @throws java.util.NoSuchElementException if the row publishes no carbon
   */
  double carbonKg(UnitRate work, FactorState state) {
    return kwh(work, state) * state.of(kgPerKwh.orElseThrow())
        + (withMaking ? work.embodiedKg() : 0);
  }

  /**
   * Water evaporated on site and, where it counts, to make the electricity, L.
   *
   * @throws java.util.NoSuchElementException if the row publishes no water
   */
  double waterL(UnitRate work, FactorState state) {
    return boundary.kwh(work) * state.of(wueLPerKwh.orElseThrow())
        + kwh(work, state) * gridWaterLPerKwh.map(state::of).orElse(0.0);
  }
}
