package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.DrawnFactors;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.UnitRate;
import io.gtrace.factor.Factor;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.uncertainty.Correlations;
import io.gtrace.uncertainty.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which factors make the interval of a figure as wide as it is.
 *
 * <p>The figure is drawn again with one factor alone and with all factors but that one. The first
 * tells what the factor does by itself, the second what is gone when it is known; the mean of the
 * two is its Shapley effect where factors interact in pairs only, as factors that multiply nearly
 * do. Constants that were fitted together count as one.
 */
final class Sensitivity {
  private final int drawCount;
  private final DrawnFactors drawnFactors;
  private final Correlations correlations;
  private final CardRow row;
  private final Footprint footprint;
  private final Set<Map.Entry<Driver, Double>> amounts;
  private final Impact impact;

  Sensitivity(Draws draws, Correlations correlations, CardRow row, Volumes volumes, Impact impact) {
    drawCount = draws.count();
    drawnFactors = new DrawnFactors(draws);
    this.correlations = correlations;
    this.row = row;
    footprint = row.price(volumes);
    amounts = volumes.asMap().entrySet();
    this.impact = impact;
  }

  /** Factors that are known or not known together, and what each of them means. */
  private record Group(String id, Set<String> meanings, Set<String> factors) {
    Group(String id) {
      this(id, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    String meaning() {
      return String.join(", ", meanings);
    }
  }

  /** Largest share first. */
  List<VarianceShare> shares() {
    double[] world = drawn(factor -> true);
    double all = variance(world);
    double requests = requestVariance();
    if (all + requests == 0) {
      return List.of();
    }
    List<VarianceShare> shares = new ArrayList<>();
    double sum = requests;
    for (Group group : groups()) {
      double alone = variance(drawn(factor -> group.factors().contains(factor.id())));
      double[] others = drawn(factor -> !group.factors().contains(factor.id()));
      double effect = Math.max(0, (alone + all - variance(others)) / 2);
      sum += effect;
      shares.add(
          new VarianceShare(group.id(), group.meaning(), effect, footprint.within(impact, others)));
    }
    shares.add(
        new VarianceShare(
            VarianceShare.REQUEST,
            "one request against another of the same volumes",
            requests,
            footprint.withoutVariation().within(impact, world)));
    double total = sum;
    return shares.stream()
        .map(each ->
            new VarianceShare(each.factor(), each.meaning(), each.share() / total, each.known()))
        .filter(each -> each.share() > 0)
        .sorted(Comparator.comparingDouble(VarianceShare::share).reversed())
        .toList();
  }

  private double requestVariance() {
    double energyKwh = footprint.median(Impact.ENERGY_KWH);
    return energyKwh == 0 ? 0 : Math.log1p(footprint.variationKwh2() / (energyKwh * energyKwh));
  }

  private List<Group> groups() {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Factor factor : factors()) {
      boolean law = correlations.names(factor.id());
      String id = law ? VarianceShare.LAW : factor.id();
      Group group = groups.computeIfAbsent(id, Group::new);
      group.factors().add(factor.id());
      group
          .meanings()
          .add(law ? "constants of the law, fitted to measurements together" : factor.meaning());
    }
    return List.copyOf(groups.values());
  }

  private List<Factor> factors() {
    FactorState.Recording recording = new FactorState.Recording();
    figure(recording);
    return recording.asked().stream().filter(factor -> !factor.scatter().isExact()).toList();
  }

  /** The figure in each draw, factors that are not picked at their medians. */
  private double[] drawn(Predicate<Factor> picked) {
    IdentityHashMap<Factor, Boolean> picks = new IdentityHashMap<>();
    double[] figures = new double[drawCount];
    for (int k = 0; k < figures.length; k++) {
      int draw = k;
      figures[k] =
          figure(factor ->
              picks.computeIfAbsent(factor, picked::test)
                  ? drawnFactors.of(factor, draw)
                  : factor.median());
    }
    return figures;
  }

  private double figure(FactorState state) {
    double insideKwh = 0;
    double networkKwh = 0;
    double embodiedKg = 0;
    for (Map.Entry<Driver, Double> volume : amounts) {
      UnitRate rate = row.rates().estimator().rate(volume.getKey(), state);
      insideKwh += volume.getValue() * rate.insideFacilityKwh();
      networkKwh += volume.getValue() * rate.networkKwh();
      embodiedKg += volume.getValue() * rate.embodiedKg();
    }
    SiteFactors site = row.siteFactors();
    double kwh = insideKwh * state.of(site.pue()) + networkKwh;
    return switch (impact) {
      case ENERGY_KWH -> kwh;
      case EMBODIED_KG -> embodiedKg;
      case OPERATIONAL_LOCATION_BASED_KG -> locationKg(kwh, state);
      case CARBON_KG -> locationKg(kwh, state) + embodiedKg;
      case OPERATIONAL_MARKET_BASED_KG ->
          times(kwh * site.unmatchedShare(), site.marketKgPerKwh(), state)
              * row.drawn().hour().marketBased();
      case MARGINAL_KG -> times(kwh, site.marginalKgPerKwh(), state);
      case WATER_ON_SITE_L -> insideKwh * state.of(site.wueLPerKwh());
      case WATER_ELECTRICITY_L -> kwh * state.of(site.gridWaterLPerKwh());
      case WATER_L ->
          insideKwh * state.of(site.wueLPerKwh()) + kwh * state.of(site.gridWaterLPerKwh());
    };
  }

  private double locationKg(double kwh, FactorState state) {
    return kwh
        * state.of(row.siteFactors().locationKgPerKwh())
        * row.drawn().hour().locationBased();
  }

  private static double times(double kwh, Optional<Factor> perKwh, FactorState state) {
    return perKwh.map(factor -> kwh * state.of(factor)).orElse(0.0);
  }

  /** Of the logarithm; figures that are nought in every draw vary by nothing. */
  private static double variance(double[] figures) {
    double mean = 0;
    double squares = 0;
    int counted = 0;
    for (double figure : figures) {
      if (figure > 0) {
        double log = Math.log(figure);
        counted++;
        double delta = log - mean;
        mean += delta / counted;
        squares += delta * (log - mean);
      }
    }
    return counted == 0 ? 0 : squares / counted;
  }
}
