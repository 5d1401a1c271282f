package io.gtrace.bench.fit;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * Most probable logs of positive constants: errors of log energy follow a Student t with 3 degrees
 * of freedom, constants their lognormal priors. Every model weighs the same however often it was
 * measured, and all less than their rows would, because rows of one model err together.
 *
 * @param <R> a measured row
 */
final class RobustFit<R> {
  private static final double FREEDOM = 3;
  private static final double LOG_SD = 0.12;
  private static final double ROW_WEIGHT = 0.7;
  private static final double STEP = 1e-5;

  private final List<LogParameter> parameters;
  private final ToDoubleBiFunction<R, double[]> logError;

  /**
   * @param logError log of predicted over measured, for a row and the logs of the constants
   */
  RobustFit(List<LogParameter> parameters, ToDoubleBiFunction<R, double[]> logError) {
    this.parameters = parameters;
    this.logError = logError;
  }

  /**
   * @param logs most probable logs of the constants, in order
   * @param covariance of those logs, by the curvature there
   */
  record Fitted(RealVector logs, RealMatrix covariance) {}

  /** From the middles of the priors. */
  Fitted fit(List<R> rows, double[] weights) {
    return fit(rows, weights, parameters.stream().mapToDouble(LogParameter::priorLog).toArray());
  }

  /** From logs of constants that are thought to be close. */
  Fitted fit(List<R> rows, double[] weights, double[] start) {
    Optimum optimum =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(start)
                    .target(new double[rows.size() + parameters.size()])
                    .model(point -> valueAndJacobian(rows, weights, point))
                    .lazyEvaluation(false)
                    .maxEvaluations(400)
                    .maxIterations(200)
                    .build());
    RealMatrix jacobian = optimum.getJacobian();
    DecompositionSolver solver =
        new LUDecomposition(jacobian.transposeMultiply(jacobian)).getSolver();
    return new Fitted(optimum.getPoint(), solver.getInverse());
  }

  private Pair<RealVector, RealMatrix> valueAndJacobian(
      List<R> rows, double[] weights, RealVector point) {
    double[] logs = point.toArray();
    double[] values = residuals(rows, weights, logs);
    double[][] jacobian = new double[values.length][logs.length];
    for (int p = 0; p < logs.length; p++) {
      double[] moved = logs.clone();
      moved[p] += STEP;
      double[] movedValues = residuals(rows, weights, moved);
      for (int i = 0; i < values.length; i++) {
        jacobian[i][p] = (movedValues[i] - values[i]) / STEP;
      }
    }
    return new Pair<>(
        new ArrayRealVector(values, false), new Array2DRowRealMatrix(jacobian, false));
  }

  private double[] residuals(List<R> rows, double[] weights, double[] logs) {
    double[] residuals = new double[rows.size() + parameters.size()];
    for (int i = 0; i < rows.size(); i++) {
      double error = logError.applyAsDouble(rows.get(i), logs) / LOG_SD;
      double robust = Math.sqrt((FREEDOM + 1) * Math.log1p(error * error / FREEDOM));
      residuals[i] = Math.copySign(robust, error) * weights[i] * ROW_WEIGHT;
    }
    for (int p = 0; p < parameters.size(); p++) {
      LogParameter parameter = parameters.get(p);
      residuals[rows.size() + p] = (logs[p] - parameter.priorLog()) / parameter.priorLogSd();
    }
    return residuals;
  }
}
