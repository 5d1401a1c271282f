package io.gtrace.governance.facts;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * An amount in every joint draw of the factors, so that shares and differences of amounts keep what
 * errors they share. Amounts that other factors price share no draws: to put two of them together
 * throws {@link UnknownFactException}. Immutable.
 */
public final class DrawnAmount {
  /** Of an amount that no factors price. */
  private static final String NONE = "";

  private final String factorSet;
  private final double median;
  private final double[] draws;

  private DrawnAmount(String factorSet, double median, double[] draws) {
    this.factorSet = factorSet;
    this.median = median;
    this.draws = draws;
  }

  /** An impact of a footprint, which must be known. */
  public static DrawnAmount of(Footprint footprint, Impact impact) {
    return new DrawnAmount(
        footprint.factorSet(), footprint.median(impact), footprint.draws(impact));
  }

  /** The same amount in every draw of this one. */
  public DrawnAmount exactly(double value) {
    double[] same = new double[draws.length];
    Arrays.fill(same, value);
    return new DrawnAmount(NONE, value, same);
  }

  /** The amount with every factor at its median. */
  public double median() {
    return median;
  }

  /** The amount in each joint draw, a fresh array. */
  public double[] draws() {
    return draws.clone();
  }

  private DrawnAmount with(DrawnAmount other, DoubleBinaryOperator operation) {
    String shared = sharedWith(other);
    double[] result = new double[draws.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = operation.applyAsDouble(draws[k], other.draws[k]);
    }
    return new DrawnAmount(shared, operation.applyAsDouble(median, other.median), result);
  }

  private String sharedWith(DrawnAmount other) {
    if (factorSet.equals(NONE) || other.factorSet.equals(NONE)) {
      return factorSet.equals(NONE) ? other.factorSet : factorSet;
    }
    if (!factorSet.equals(other.factorSet)) {
      throw new UnknownFactException(
          "what is compared is priced by other factors, "
              + factorSet
              + " and "
              + other.factorSet
              + "; gtrace ledger reprice prices it anew");
    }
    return factorSet;
  }

  public DrawnAmount plus(DrawnAmount other) {
    return with(other, Double::sum);
  }

  public DrawnAmount minus(DrawnAmount other) {
    return with(other, (one, less) -> one - less);
  }

  public DrawnAmount over(DrawnAmount other) {
    return with(other, (one, divisor) -> one / divisor);
  }

  public DrawnAmount times(DrawnAmount other) {
    return with(other, (one, factor) -> one * factor);
  }

  public DrawnAmount times(double factor) {
    double[] result = draws.clone();
    for (int k = 0; k < result.length; k++) {
      result[k] *= factor;
    }
    return new DrawnAmount(factorSet, median * factor, result);
  }

  /** The amount with its interval. */
  public Estimate estimate() {
    return Estimate.of(median, draws.clone());
  }
}
