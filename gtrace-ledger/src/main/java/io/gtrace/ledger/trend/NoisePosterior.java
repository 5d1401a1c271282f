package io.gtrace.ledger.trend;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * The scales of noises and how unsure they are: their logarithms are taken to be normal about the
 * most probable ones, with the curvature of the probability there (Laplace's approximation).
 */
final class NoisePosterior {
  private final double[] mode;

  private final RealMatrix root;
  private final int signals;

  private NoisePosterior(double[] mode, RealMatrix root, int signals) {
    this.mode = mode.clone();
    this.root = root;
    this.signals = signals;
  }

  /**
   * @param mode the logarithms of the scales, as {@link NoiseFit} orders them
   * @param curvature second derivatives of the negative logarithm of their probability
   * @param priorLogSds how unsure each was at first; no direction becomes less sure
   * @param signals how many there are
   */
  static NoisePosterior of(double[] mode, double[][] curvature, double[] priorLogSds, int signals) {
    EigenDecompositionSymmetric axes =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(curvature));
    double widest = Arrays.stream(priorLogSds).max().orElse(1);
    RealMatrix root = axes.getV().copy();
    for (int axis = 0; axis < mode.length; axis++) {
      double bend = Math.max(axes.getEigenvalue(axis), 1 / (widest * widest));
      for (int i = 0; i < mode.length; i++) {
        root.multiplyEntry(i, axis, 1 / Math.sqrt(bend));
      }
    }
    return new NoisePosterior(mode, root, signals);
  }

  /** The most probable scales. */
  NoiseScales mode() {
    return scales(mode, signals);
  }

  /** The scales at a point of standard normal scores. */
  NoiseScales at(double[] scores) {
    double[] logs = root.operate(scores);
    for (int i = 0; i < logs.length; i++) {
      logs[i] += mode[i];
    }
    return scales(logs, signals);
  }

  int dimensions() {
    return mode.length;
  }

  static NoiseScales scales(double[] logs, int signals) {
    List<Double> exponentials = Arrays.stream(logs).map(Math::exp).boxed().toList();
    return new NoiseScales(
        exponentials.get(0),
        exponentials.subList(1, 1 + signals),
        exponentials.subList(1 + signals, logs.length));
  }
}
