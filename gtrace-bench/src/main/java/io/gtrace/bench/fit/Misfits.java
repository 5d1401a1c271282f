package io.gtrace.bench.fit;

import io.gtrace.bench.fit.LawFit.Miss;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * How the fitted law misses models: those that it has not seen, from which follows the spread of
 * any unmeasured model, and each measured one.
 *
 * <p>The spread is the scale of Tukey's h distribution with h = 0.2, as the product draws it
 * (heavy-lognormal), whose 90 % interval holds 90 % of the unseen rows.
 */
final class Misfits {
  /** Half of the width of a 90 % interval on the scale of logarithms, for a scale of one. */
  private static final double HALF_WIDTH = Math.log(residual(1).high());

  /** Of the scatter of one model: meters repeat themselves to some per cent. */
  private static final double LEAST = 0.02;

  /** Few rows of one model tell little of their scatter: the common one counts as so many. */
  private static final double ROWS_OF_COMMON_SCATTER = 5;

  private final List<Miss> misses;

  Misfits(List<Miss> misses) {
    this.misses = misses;
  }

  /** Of one law in the product: a fit may serve several, such as images and videos. */
  Misfits of(String law) {
    return new Misfits(
        misses.stream().filter(miss -> miss.row().figure().law().equals(law)).toList());
  }

  /** The laws that the rows belong to, in order of name. */
  List<String> laws() {
    return misses.stream().map(miss -> miss.row().figure().law()).distinct().sorted().toList();
  }

  List<Miss> misses() {
    return misses;
  }

  /** The misfit of a model that was not measured, as the product draws it. */
  Scatter unmeasured() {
    return residual(scale(misses, Miss::unseen));
  }

  private static Scatter residual(double logSd) {
    return new Scatter(1, logSd, Shape.HEAVY_LOGNORMAL);
  }

  /** What the uncertainty of the constants does not explain already. */
  private static double scale(List<Miss> misses, ToDoubleFunction<Miss> logError) {
    double[] scales =
        misses.stream()
            .mapToDouble(miss -> {
              double error = logError.applyAsDouble(miss);
              double left = error * error - Scatter.Z95 * Scatter.Z95 * miss.logVariance();
              return Math.sqrt(Math.max(0, left)) / HALF_WIDTH;
            })
            .toArray();
    return quantile(scales, 0.9);
  }

  /**
   * The misfit of one measured model on one accelerator.
   *
   * @param logMedian median of log of measured over computed energy
   * @param logSd scale of single rows about it
   */
  record Misfit(
      String model,
      String backbone,
      String accelerator,
      int rows,
      double logMedian,
      double logSd) {}

  List<Misfit> measured() {
    Map<String, List<Miss>> cells =
        misses.stream()
            .collect(
                Collectors.groupingBy(
                    miss -> miss.row().figure().model().id() + "@" + miss.row().accelerator(),
                    TreeMap::new,
                    Collectors.toList()));
    List<Misfit> misfits = new ArrayList<>();
    double common = quantile(cells.values().stream().mapToDouble(Misfits::within).toArray(), 0.5);
    for (List<Miss> cell : cells.values()) {
      double rows = cell.size();
      double logSd =
          Math.sqrt(
              (rows * square(within(cell)) + ROWS_OF_COMMON_SCATTER * square(common))
                  / (rows + ROWS_OF_COMMON_SCATTER));
      MeasuredRow first = cell.get(0).row();
      misfits.add(
          new Misfit(
              first.figure().model().id(),
              first.backbone(),
              first.accelerator(),
              cell.size(),
              middle(cell),
              logSd));
    }
    misfits.sort(Comparator.comparing(Misfit::model).thenComparing(Misfit::accelerator));
    return misfits;
  }

  private static double middle(List<Miss> cell) {
    return quantile(cell.stream().mapToDouble(miss -> -miss.seen()).toArray(), 0.5);
  }

  private static double within(List<Miss> cell) {
    double middle = middle(cell);
    return Math.max(LEAST, scale(cell, miss -> -miss.seen() - middle));
  }

  private static double quantile(double[] values, double probability) {
    return Quantile.withDefaults().evaluate(values, probability);
  }

  private static double square(double value) {
    return value * value;
  }
}
