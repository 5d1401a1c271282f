package io.gtrace.footprint;

import io.gtrace.uncertainty.Scatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Energy, carbon and water of an activity or of any sum of activities. Immutable.
 *
 * <p>The median figures are there at once. An interval is computed when it is first asked for,
 * which takes some microseconds. It has two layers: the joint draws of the factors, whose errors
 * all activities share and which no number of activities averages out, and the variation of one
 * activity against another of the same volumes, which does average out.
 */
public final class Footprint {
  private static final int BASIC = Impact.CARBON_KG.ordinal();

  /** The draws of so many footprints stay in the cache of a core while parts are added to them. */
  private static final int LARGEST_BATCH = 32;

  private static final Impact[] IMPACTS = Impact.values();

  private final Supplier<String> factorSet;
  private final double[] medians;
  private final double variationKwh2;
  private final ImpactDraws draws;

  /** The joint draws of the impacts that are not sums of others. */
  @FunctionalInterface
  public interface ImpactDraws {
    /** A fresh array with one value for each draw; asked only for impacts that are known. */
    double[] of(Impact basic);

    /** The value in one of the draws. */
    default double of(Impact basic, int draw) {
      return of(basic)[draw];
    }

    /**
     * Those of several in their order, each array fresh: less work than one after the other where
     * they are made of the same parts.
     *
     * @param all of the same class as this
     */
    default List<double[]> ofAll(List<ImpactDraws> all, Impact basic) {
      return all.stream().map(each -> each.of(basic)).toList();
    }
  }

  /** Figures whose intervals were asked for, by impact: several threads may find the same. */
  private @Nullable Quantity @Nullable [] asked;

  private Footprint(
      Supplier<String> factorSet, double[] medians, double variationKwh2, ImpactDraws draws) {
    this.factorSet = factorSet;
    this.medians = medians;
    this.variationKwh2 = variationKwh2;
    this.draws = draws;
  }

  /**
   * @param factorSet digest of the factors that priced it
   * @param medians the seven basic impacts in the order of {@link Impact}; NaN for one that is not
   *     known; taken over, not copied
   * @param variationKwh2 variance of its energy from one activity to another of the same volumes,
   *     kWh², where factors are known; 0 if there is none
   * @param draws their joint draws
   */
  public static Footprint of(
      String factorSet, double[] medians, double variationKwh2, ImpactDraws draws) {
    return of(() -> factorSet, medians, variationKwh2, draws);
  }

  /**
   * The same of a factor set that is named when someone asks: to take the digest of all factors
   * costs more than a footprint.
   */
  public static Footprint of(
      Supplier<String> factorSet, double[] medians, double variationKwh2, ImpactDraws draws) {
    if (medians.length != BASIC) {
      throw new IllegalArgumentException("expected " + BASIC + " impacts, got " + medians.length);
    }
    return new Footprint(factorSet, medians, variationKwh2, draws);
  }

  /** Digest of the factors that priced it. */
  public String factorSet() {
    return factorSet.get();
  }

  public Quantity energyKwh() {
    return known(Impact.ENERGY_KWH);
  }

  /** Operational location-based plus embodied. */
  public Quantity carbonKg() {
    return known(Impact.CARBON_KG);
  }

  public Quantity operationalLocationBasedKg() {
    return known(Impact.OPERATIONAL_LOCATION_BASED_KG);
  }

  /** Empty where the market-based carbon of any part is not known. */
  public Optional<Quantity> operationalMarketBasedKg() {
    return quantity(Impact.OPERATIONAL_MARKET_BASED_KG);
  }

  /** Empty where the marginal carbon of any part is not known. */
  public Optional<Quantity> marginalKg() {
    return quantity(Impact.MARGINAL_KG);
  }

  public Quantity embodiedKg() {
    return known(Impact.EMBODIED_KG);
  }

  public Quantity waterL() {
    return known(Impact.WATER_L);
  }

  public Quantity waterOnSiteL() {
    return known(Impact.WATER_ON_SITE_L);
  }

  public Quantity waterElectricityL() {
    return known(Impact.WATER_ELECTRICITY_L);
  }

  /** The figure and its interval; empty where it is not known. */
  public Optional<Quantity> quantity(Impact impact) {
    return Double.isNaN(median(impact)) ? Optional.empty() : Optional.of(known(impact));
  }

  /** All figures that are known, with their intervals: less work than one after the other. */
  public Map<Impact, Quantity> quantities() {
    Map<Impact, double[]> drawn = new EnumMap<>(Impact.class);
    for (Impact basic : IMPACTS) {
      if (basic.ordinal() < BASIC && !Double.isNaN(medians[basic.ordinal()])) {
        drawn.put(basic, draws.of(basic));
      }
    }
    putSum(drawn, Impact.CARBON_KG, Impact.OPERATIONAL_LOCATION_BASED_KG, Impact.EMBODIED_KG);
    putSum(drawn, Impact.WATER_L, Impact.WATER_ON_SITE_L, Impact.WATER_ELECTRICITY_L);
    Map<Impact, Quantity> known = new EnumMap<>(Impact.class);
    drawn.forEach((impact, ofImpact) -> known.put(impact, within(impact, ofImpact)));
    return known;
  }

  private static void putSum(Map<Impact, double[]> drawn, Impact whole, Impact one, Impact other) {
    double[] first = drawn.get(one);
    double[] second = drawn.get(other);
    if (first != null && second != null) {
      drawn.put(whole, sum(first.clone(), second));
    }
  }

  /** The figure alone, without its interval: fast. NaN where it is not known. */
  public double median(Impact impact) {
    return switch (impact) {
      case CARBON_KG ->
          medians[Impact.OPERATIONAL_LOCATION_BASED_KG.ordinal()]
              + medians[Impact.EMBODIED_KG.ordinal()];
      case WATER_L ->
          medians[Impact.WATER_ON_SITE_L.ordinal()] + medians[Impact.WATER_ELECTRICITY_L.ordinal()];
      default -> medians[impact.ordinal()];
    };
  }

  /**
   * The figure in each joint draw of the factors, a fresh array; draw {@code k} of two footprints
   * of the same factor set belongs to the same state of the world.
   *
   * @throws IllegalStateException if the impact is not known
   */
  public double[] draws(Impact impact) {
    requireKnown(impact);
    return switch (impact) {
      case CARBON_KG ->
          sum(draws.of(Impact.OPERATIONAL_LOCATION_BASED_KG), draws.of(Impact.EMBODIED_KG));
      case WATER_L -> sum(draws.of(Impact.WATER_ON_SITE_L), draws.of(Impact.WATER_ELECTRICITY_L));
      default -> draws.of(impact);
    };
  }

  /**
   * The figure in one joint draw of the factors, as {@link #draws} has it.
   *
   * @throws IllegalStateException if the impact is not known
   */
  public double draw(Impact impact, int draw) {
    requireKnown(impact);
    return switch (impact) {
      case CARBON_KG ->
          draws.of(Impact.OPERATIONAL_LOCATION_BASED_KG, draw) + draws.of(Impact.EMBODIED_KG, draw);
      case WATER_L ->
          draws.of(Impact.WATER_ON_SITE_L, draw) + draws.of(Impact.WATER_ELECTRICITY_L, draw);
      default -> draws.of(impact, draw);
    };
  }

  /**
   * The figures of several with their intervals, in their order; empty where one is not known. All
   * processors find them, and in less work than one after the other where footprints are made of
   * the same parts.
   */
  public static List<Optional<Quantity>> quantities(List<Footprint> footprints, Impact impact) {
    int count = footprints.size();
    int processors = ForkJoinPool.getCommonPoolParallelism() + 1;
    int size = Math.min(LARGEST_BATCH, 1 + count / processors);
    IntStream.range(0, (count + size - 1) / size)
        .parallel()
        .forEach(batch ->
            findIntervals(
                footprints.subList(batch * size, Math.min(count, (batch + 1) * size)), impact));
    return footprints.stream().map(each -> each.quantity(impact)).toList();
  }

  private static void findIntervals(List<Footprint> footprints, Impact impact) {
    Map<Class<?>, List<Footprint>> unasked =
        footprints.stream()
            .filter(each -> !Double.isNaN(each.median(impact)))
            .filter(each -> each.asked(impact) == null)
            .collect(Collectors.groupingBy(each -> each.draws.getClass()));
    unasked
        .values()
        .forEach(alike -> {
          List<double[]> found = drawsOfAll(alike, impact);
          for (int i = 0; i < found.size(); i++) {
            Footprint footprint = alike.get(i);
            footprint.keep(impact, footprint.within(impact, found.get(i)));
          }
        });
  }

  private static List<double[]> drawsOfAll(List<Footprint> alike, Impact impact) {
    return switch (impact) {
      case CARBON_KG ->
          sums(
              drawsOfAll(alike, Impact.OPERATIONAL_LOCATION_BASED_KG),
              drawsOfAll(alike, Impact.EMBODIED_KG));
      case WATER_L ->
          sums(
              drawsOfAll(alike, Impact.WATER_ON_SITE_L),
              drawsOfAll(alike, Impact.WATER_ELECTRICITY_L));
      default -> {
        List<ImpactDraws> all = alike.stream().map(each -> each.draws).toList();
        yield all.get(0).ofAll(all, impact);
      }
    };
  }

  private static List<double[]> sums(List<double[]> some, List<double[]> others) {
    for (int i = 0; i < some.size(); i++) {
      sum(some.get(i), others.get(i));
    }
    return some;
  }

  private void requireKnown(Impact impact) {
    if (Double.isNaN(median(impact))) {
      throw new IllegalStateException(impact + " is not known here");
    }
  }

  /** This and another footprint together, draw by draw: shared errors stay shared. */
  public Footprint plus(Footprint other) {
    if (!factorSet().equals(other.factorSet())) {
      throw new IllegalArgumentException(
          "footprints of different factor sets cannot be added: "
              + factorSet()
              + ", "
              + other.factorSet());
    }
    return new Footprint(
        factorSet,
        sum(medians.clone(), other.medians),
        variationKwh2 + other.variationKwh2,
        new DrawsOfSum(draws, other.draws));
  }

  /** Does not call itself: a footprint may have been added up from any number of others. */
  private record DrawsOfSum(ImpactDraws one, ImpactDraws other) implements ImpactDraws {
    @Override
    public double[] of(Impact basic) {
      Deque<ImpactDraws> open = new ArrayDeque<>();
      open.push(other);
      ImpactDraws first = one;
      while (first instanceof DrawsOfSum sum) {
        open.push(sum.other());
        first = sum.one();
      }
      double[] total = first.of(basic);
      while (!open.isEmpty()) {
        ImpactDraws next = open.pop();
        if (next instanceof DrawsOfSum sum) {
          open.push(sum.other());
          open.push(sum.one());
        } else {
          sum(total, next.of(basic));
        }
      }
      return total;
    }
  }

  /** This many times the same. */
  public Footprint times(double factor) {
    return new Footprint(
        factorSet,
        scale(medians.clone(), factor),
        variationKwh2 * factor * factor,
        impact -> scale(draws.of(impact), factor));
  }

  /**
   * This many times the same, where how many is uncertain itself.
   *
   * @param factor its median
   * @param factorDraws the factor in each joint draw
   */
  public Footprint times(double factor, double[] factorDraws) {
    double[] drawn = factorDraws.clone();
    return new Footprint(
        factorSet,
        scale(medians.clone(), factor),
        variationKwh2 * factor * factor,
        impact -> {
          double[] product = draws.of(impact);
          for (int k = 0; k < product.length; k++) {
            product[k] *= drawn[k];
          }
          return product;
        });
  }

  /** As if all activities of the same volumes were alike. */
  public Footprint withoutVariation() {
    return new Footprint(factorSet, medians, 0, draws);
  }

  private Quantity known(Impact impact) {
    Quantity known = asked(impact);
    if (known == null) {
      known = within(impact, draws(impact));
      keep(impact, known);
    }
    return known;
  }

  private @Nullable Quantity asked(Impact impact) {
    @Nullable Quantity[] kept = asked;
    return kept == null ? null : kept[impact.ordinal()];
  }

  private void keep(Impact impact, Quantity found) {
    @Nullable Quantity[] kept = asked;
    if (kept == null) {
      kept = new Quantity[IMPACTS.length];
      asked = kept;
    }
    kept[impact.ordinal()] = found;
  }

  /**
   * The figure with the interval of other draws, such as those of a world in which more is known.
   *
   * @param otherDraws of that impact; reordered
   */
  public Quantity within(Impact impact, double[] otherDraws) {
    double median = median(impact);
    double[] bounds = DrawnBounds.of(otherDraws);
    return new Quantity(median, widened(bounds[0], median), widened(bounds[1], median));
  }

  /**
   * A bound of the shared draws moved away from the median by the variation between activities:
   * half-widths of logarithms add as squares, as for independent lognormal errors. Relative
   * variation is taken to be that of energy for every impact.
   */
  private double widened(double bound, double median) {
    double energyKwh = medians[Impact.ENERGY_KWH.ordinal()];
    if (variationKwh2 == 0 || !(bound > 0 && median > 0 && energyKwh > 0)) {
      return bound;
    }
    double logSd = Math.sqrt(Math.log1p(variationKwh2 / (energyKwh * energyKwh)));
    double halfWidth = Math.log(bound / median);
    double both = Math.hypot(halfWidth, Scatter.Z95 * logSd);
    return median * Math.exp(Math.copySign(both, halfWidth));
  }

  /** Variance of the energy from one activity to another of the same volumes, kWh². */
  public double variationKwh2() {
    return variationKwh2;
  }

  private static double[] sum(double[] target, double[] other) {
    for (int i = 0; i < target.length; i++) {
      target[i] += other[i];
    }
    return target;
  }

  private static double[] scale(double[] target, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] *= factor;
    }
    return target;
  }

  @Override
  public String toString() {
    return "Footprint" + Arrays.toString(medians);
  }
}
