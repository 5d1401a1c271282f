package io.gtrace.simulation.serving;

import io.gtrace.activity.Activity;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.simulation.Within;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What an output costs the accelerators that hold one copy of a model, by the number of outputs
 * that they make together: from 1 to the largest batch. Immutable.
 */
public final class BatchCurve {
  /** More requests than any server takes into one batch. */
  private static final int MOST = 65_536;

  /** What rounding may take from the rate of a larger batch. */
  private static final double ROUNDING = 1e-9;

  private final int largestBatch;
  private final double[] joules;
  private final double[] outputsPerS;
  private final double[] powerW;

  private BatchCurve(int largestBatch, double[] joules, double[] outputsPerS) {
    this.largestBatch = largestBatch;
    this.joules = joules;
    this.outputsPerS = outputsPerS;
    powerW = new double[joules.length];
    Arrays.setAll(powerW, batch -> joules[batch] * outputsPerS[batch]);
  }

  /**
   * A curve point by point.
   *
   * @param largestBatch 1 to 65,536
   * @param joules energy of an output by batch, J, above 0
   * @param seconds time in which a batch is made, s, above 0; a larger batch must not make fewer
   *     outputs a second
   */
  public static BatchCurve of(
      int largestBatch, IntToDoubleFunction joules, IntToDoubleFunction seconds) {
    Within.require("largest batch", largestBatch, 1, MOST);
    // One more than the largest, so that every number up to it has two neighbours.
    double[] joulesOf = new double[largestBatch + 2];
    double[] outputsPerS = new double[largestBatch + 2];
    for (int batch = 1; batch <= largestBatch; batch++) {
      joulesOf[batch] = joules.applyAsDouble(batch);
      double takesS = seconds.applyAsDouble(batch);
      Within.require("joules at batch " + batch, joulesOf[batch], Double.MIN_NORMAL, 1e15);
      Within.require("seconds at batch " + batch, takesS, 1e-9, 1e9);
      outputsPerS[batch] = batch / takesS;
      if (outputsPerS[batch] < outputsPerS[batch - 1] * (1 - ROUNDING)) {
        throw new IllegalArgumentException(
            "a batch of " + batch + " makes fewer outputs a second than one of " + (batch - 1));
      }
    }
    joulesOf[largestBatch + 1] = joulesOf[largestBatch];
    outputsPerS[largestBatch + 1] = outputsPerS[largestBatch];
    return new BatchCurve(largestBatch, joulesOf, outputsPerS);
  }

  /**
   * By the laws of the rate card, with every factor at its median.
   *
   * @param output a typical output: text, an image or a video; sizes that it leaves open are those
   *     of its model, an image that is given to be edited is attended to like a further one
   * @param accelerators how many make an output together, 1 to 1,024
   * @param largestBatch 1 to 65,536
   * @throws IllegalArgumentException if it is of another modality
   */
  public static BatchCurve of(
      FactorCatalogue catalogue,
      Activity output,
      Accelerator accelerator,
      int accelerators,
      int largestBatch) {
    return of(OutputLaw.of(catalogue, output, accelerator), accelerators, largestBatch);
  }

  static BatchCurve of(OutputLaw law, int accelerators, int largestBatch) {
    Within.require("accelerators of a replica", accelerators, 1, 1_024);
    return of(
        largestBatch,
        batch -> law.joules(accelerators, batch),
        batch -> law.seconds(accelerators, batch));
  }

  public int largestBatch() {
    return largestBatch;
  }

  /** Energy on the accelerators of one output in a batch of 1 to the largest, J. */
  public double joules(int batch) {
    return joules[batch];
  }

  /** Time in which a batch of 1 to the largest is made, s. */
  public double seconds(int batch) {
    return batch / outputsPerS[batch];
  }

  /** Outputs made a second in a batch of 0 to the largest. */
  public double outputsPerS(int batch) {
    return outputsPerS[batch];
  }

  /** Outputs made a second in the largest batch. */
  public double mostOutputsPerS() {
    return outputsPerS[largestBatch];
  }

  /**
   * Outputs made a second with so many in the making, 0 to the largest batch; between whole
   * numbers, some of many replicas have one more than the others.
   */
  double outputsPerS(double inProgress) {
    return between(outputsPerS, inProgress);
  }

  /** Power of the accelerators with so many in the making, idle ones left out, W. */
  double powerW(double inProgress) {
    return between(powerW, inProgress);
  }

  private static double between(double[] ofBatch, double inProgress) {
    int batch = (int) inProgress;
    return ofBatch[batch] + (inProgress - batch) * (ofBatch[batch + 1] - ofBatch[batch]);
  }
}
