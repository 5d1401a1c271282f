package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.FactorState;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Builds the derivation of what a card row prices. */
final class CardTrace {
  private final CardRow row;
  private final SiteFactors site;

  CardTrace(CardRow row) {
    this.row = row;
    site = row.siteFactors();
  }

  Trace explain(Volumes volumes, Footprint footprint) {
    List<Trace> drivers = new ArrayList<>();
    for (Map.Entry<Driver, Double> volume : volumes.asMap().entrySet()) {
      if (row.drivers().contains(volume.getKey())) {
        drivers.add(driver(volume.getKey(), volume.getValue()));
      }
    }
    Trace energy =
        bounded(
            "energy",
            "Σ volume × rate inside the facility × PUE + Σ volume × network rate",
            footprint.energyKwh(),
            "kWh",
            append(append(drivers, site.pue().trace()), hardware()));
    List<Trace> carbon = new ArrayList<>();
    carbon.add(
        bounded(
            "operational carbon, location-based",
            "energy × average carbon of grid" + hourFormula(),
            footprint.operationalLocationBasedKg(),
            "kgCO2e",
            gridParts(site.locationKgPerKwh())));
    carbon.add(
        bounded(
            "embodied carbon",
            "Σ volume × embodied rate",
            footprint.embodiedKg(),
            "kgCO2e",
            List.of()));
    Trace water =
        bounded(
            "water",
            "energy inside the facility / PUE × WUE + energy × water of electricity",
            footprint.waterL(),
            "L",
            List.of(site.wueLPerKwh().trace(), site.gridWaterLPerKwh().trace()));
    List<Trace> figures = new ArrayList<>();
    figures.add(
        bounded(
            "carbon",
            "operational location-based + embodied",
            footprint.carbonKg(),
            "kgCO2e",
            carbon));
    figures.add(energy);
    figures.add(water);
    other(
        "operational carbon, market-based",
        footprint.operationalMarketBasedKg(),
        site.marketKgPerKwh(),
        matched(),
        figures);
    other("marginal carbon", footprint.marginalKg(), site.marginalKgPerKwh(), List.of(), figures);
    return Trace.computed(
            row.model() + " at " + row.siteName(),
            "",
            footprint.median(Impact.CARBON_KG),
            "kgCO2e",
            figures)
        .withNotes(notes());
  }

  private static void other(
      String name,
      Optional<Quantity> figure,
      Optional<Factor> factor,
      List<Trace> matched,
      List<Trace> figures) {
    if (figure.isPresent() && factor.isPresent()) {
      List<Trace> parts = new ArrayList<>(List.of(factor.get().trace()));
      parts.addAll(matched);
      figures.add(
          bounded(
              name,
              (matched.isEmpty()
                      ? "energy × its carbon"
                      : "energy × (1 - matched share) × its carbon")
                  + "; not to be added to the location-based figure",
              figure.get(),
              "kgCO2e",
              parts));
    }
  }

  /** The share that clean energy matches, declared beside the PUE; none without such a contract. */
  private List<Trace> matched() {
    return site.matchedHours().stream()
        .map(hours ->
            new Trace(
                "matched share: consumption covered by contracted clean energy of the same hour, "
                    + (row.hour().equals("all")
                        ? "all hours of the year"
                        : "month and hour " + row.hour() + " UTC"),
                "",
                row.hourOfYear().matchedShareOf(hours),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                Optional.of(site.pue().provenance()),
                List.of(),
                List.of()))
        .toList();
  }

  /** Every fallback on the way to the model, the site and its factors, once. */
  List<String> notes() {
    Set<String> notes = new LinkedHashSet<>(row.modelNotes());
    for (Factor factor :
        List.of(site.pue(), site.wueLPerKwh(), site.locationKgPerKwh(), site.gridWaterLPerKwh())) {
      notes.addAll(factor.notes());
    }
    FactorState.Recording state = new FactorState.Recording();
    row.drivers().forEach(driver -> row.rates().estimator().rate(driver, state));
    state.asked().forEach(factor -> notes.addAll(factor.notes()));
    return List.copyOf(notes);
  }

  private Trace driver(Driver driver, double volume) {
    FactorState.Recording state = new FactorState.Recording();
    double kwh = row.rates().estimator().rate(driver, state).insideFacilityKwh();
    double networkKwh = row.rates().estimator().rate(driver, state).networkKwh();
    List<Trace> factors = state.asked().stream().map(Factor::trace).toList();
    Trace rate =
        Trace.computed(
            "rate of " + driver.label(),
            row.rates().estimator().formula(driver),
            kwh + networkKwh,
            "kWh per " + driver.unit(),
            factors);
    return Trace.computed(
        driver.label(),
        "volume × rate",
        volume * (kwh + networkKwh),
        "kWh",
        List.of(Trace.given("volume", volume, driver.unit()), rate));
  }

  /** What the formulas call power, bandwidth and rate. */
  private Trace hardware() {
    Accelerator accelerator = row.deployment().accelerator();
    List<Trace> sheet = new ArrayList<>();
    sheet.add(ofSheet("thermal design power", accelerator.thermalDesignPowerW(), "W"));
    accelerator.idlePowerW().ifPresent(watts -> sheet.add(ofSheet("idle power", watts, "W")));
    sheet.add(ofSheet("memory bandwidth", accelerator.memoryBandwidthGbPerS(), "GB/s"));
    sheet.add(ofSheet("memory", accelerator.memoryGb(), "GB"));
    sheet.add(ofSheet("rate in 16 bits", accelerator.bf16Tflops(), "10^12 FLOP/s"));
    accelerator
        .fp8Tflops()
        .ifPresent(rate -> sheet.add(ofSheet("rate in 8 bits", rate, "10^12 FLOP/s")));
    accelerator
        .fp4Tflops()
        .ifPresent(rate -> sheet.add(ofSheet("rate in 4 bits", rate, "10^12 FLOP/s")));
    return Trace.computed(
        "hardware: " + accelerator.name(),
        "power, bandwidth and rates of its data sheet",
        1,
        "device",
        sheet);
  }

  private Trace ofSheet(String name, double value, String unit) {
    return new Trace(
        name,
        "",
        value,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        unit,
        Optional.of(row.deployment().accelerator().provenance()),
        List.of(),
        List.of());
  }

  private String hourFormula() {
    return row.hourOfYear().profile().isPresent() ? " × hour of the day" : "";
  }

  private List<Trace> gridParts(Factor intensity) {
    Optional<HourlyProfile> profile = row.hourOfYear().profile();
    if (profile.isEmpty()) {
      return List.of(intensity.trace());
    }
    Trace hour =
        new Trace(
            "carbon in month and hour " + row.hour() + " UTC over that of the year",
            "",
            row.hourOfYear().ratios().locationBased(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "",
            Optional.of(profile.get().provenance()),
            List.of(),
            List.of());
    return List.of(intensity.trace(), hour);
  }

  private static List<Trace> append(List<Trace> traces, Trace last) {
    List<Trace> all = new ArrayList<>(traces);
    all.add(last);
    return all;
  }

  private static Trace bounded(
      String name, String formula, Quantity quantity, String unit, List<Trace> parts) {
    return Trace.computed(name, formula, quantity.median(), unit, parts)
        .within(quantity.low(), quantity.high());
  }
}
