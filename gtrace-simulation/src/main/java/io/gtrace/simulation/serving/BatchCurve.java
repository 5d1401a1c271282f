package io.gtrace.simulation.serving;

import io.gtrace.activity.Activity;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
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

  private final double[] joules;
  private final double[] outputsPerS;

  private BatchCurve(double[] joules, double[] outputsPerS) {
    this.joules = joules;
    this.outputsPerS = outputsPerS;
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
    double[] joulesOf = new double[largestBatch + 1];
    double[] outputsPerS = new double[largestBatch + 1];
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
    return new BatchCurve(joulesOf, outputsPerS);
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
    Within.require("accelerators of a replica", accelerators, 1, 1_024);
    OutputLaw law = OutputLaw.of(catalogue, output, accelerator);
    return of(
        largestBatch,
        batch -> law.joules(accelerators, batch),
        batch -> law.seconds(accelerators, batch));
  }

  public int largestBatch() {
    return joules.length - 1;
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
    return outputsPerS[largestBatch()];
  }
}
