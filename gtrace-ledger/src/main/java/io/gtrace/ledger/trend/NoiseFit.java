package io.gtrace.ledger.trend;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/**
 * The scales of noises under which the readings, as they are near a path, are most probable, given
 * what scales usually are.
 */
final class NoiseFit {
  private static final int MOST_EVALUATIONS = 400;
  private static final double FARTHEST_LOG = 4;
  private static final double FIRST_STEP = 0.5;
  private static final double LAST_STEP = 1e-3;

  /** Wide enough to see past the unevenness of a cost that is not quite normal. */
  private static final double DIFFERENCE = 0.3;

  private final LinearPath linear;
  private final RealVector surprises;
  private final NoiseScales usual;
  private double[] best;
  private double leastCost = Double.POSITIVE_INFINITY;

  private NoiseFit(LinearPath linear, double[] path, NoiseScales usual) {
    this.linear = linear;
    this.usual = usual;
    surprises = new ArrayRealVector(linear.surprises(path), false);
    best = logs(usual);
  }

  static NoisePosterior fit(LinearPath linear, double[] path, NoiseScales usual) {
    NoiseFit fit = new NoiseFit(linear, path, usual);
    double[] middle = logs(fit.usual);
    double[] lower = new double[middle.length];
    double[] upper = new double[middle.length];
    for (int i = 0; i < middle.length; i++) {
      lower[i] = middle[i] - FARTHEST_LOG;
      upper[i] = middle[i] + FARTHEST_LOG;
    }
    try {
      new BOBYQAOptimizer(2 * middle.length + 1, FIRST_STEP, LAST_STEP)
          .optimize(
              new ObjectiveFunction(fit::cost),
              GoalType.MINIMIZE,
              new InitialGuess(fit.best.clone()),
              new SimpleBounds(lower, upper),
              new MaxEval(MOST_EVALUATIONS));
    } catch (MathIllegalStateException stoppedEarly) {
      // The best scales so far are as good as any that this many trials find.
    }
    return fit.posterior();
  }

  private NoisePosterior posterior() {
    double[] mode = best.clone();
    double[][] curvature = new double[mode.length][mode.length];
    double[] priorLogSds = new double[mode.length];
    double middle = cost(mode);
    for (int i = 0; i < mode.length; i++) {
      priorLogSds[i] = logSd(i);
      for (int j = 0; j <= i; j++) {
        double bend =
            i == j
                ? cost(moved(mode, i, 1, i, 0)) - 2 * middle + cost(moved(mode, i, -1, i, 0))
                : (cost(moved(mode, i, 1, j, 1))
                        - cost(moved(mode, i, 1, j, -1))
                        - cost(moved(mode, i, -1, j, 1))
                        + cost(moved(mode, i, -1, j, -1)))
                    / 4;
        curvature[i][j] = bend / (DIFFERENCE * DIFFERENCE);
        curvature[j][i] = curvature[i][j];
      }
    }
    return NoisePosterior.of(mode, curvature, priorLogSds, usual.noise().size());
  }

  private static double[] moved(double[] logs, int i, double stepsOfI, int j, double stepsOfJ) {
    double[] moved = logs.clone();
    moved[i] += stepsOfI * DIFFERENCE;
    moved[j] += stepsOfJ * DIFFERENCE;
    return moved;
  }

  private double cost(double[] logs) {
    CholeskyDecomposition root =
        PathFit.decomposed(linear.covariance(NoisePosterior.scales(logs, usual.noise().size())));
    RealMatrix triangle = root.getL();
    double cost = 0.5 * surprises.dotProduct(root.getSolver().solve(surprises));
    for (int i = 0; i < triangle.getRowDimension(); i++) {
      cost += Math.log(triangle.getEntry(i, i));
    }
    double[] middle = logs(usual);
    for (int i = 0; i < logs.length; i++) {
      double deviation = (logs[i] - middle[i]) / logSd(i);
      cost += 0.5 * deviation * deviation;
    }
    if (cost < leastCost) {
      leastCost = cost;
      best = logs.clone();
    }
    return cost;
  }

  private double logSd(int index) {
    if (index == 0) {
      return NoiseScales.LOG_SD_CHANGE;
    }
    return index <= usual.noise().size() ? NoiseScales.LOG_SD_NOISE : NoiseScales.LOG_SD_DRIFT;
  }

  private static double[] logs(NoiseScales scales) {
    double[] logs = new double[1 + scales.noise().size() + scales.drift().size()];
    logs[0] = Math.log(scales.change());
    for (int i = 0; i < scales.noise().size(); i++) {
      logs[1 + i] = Math.log(scales.noise().get(i));
    }
    for (int i = 0; i < scales.drift().size(); i++) {
      logs[1 + scales.noise().size() + i] = Math.log(scales.drift().get(i));
    }
    return logs;
  }
}
