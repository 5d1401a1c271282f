package io.gtrace.ledger.trend;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * The model seen from one path of logarithms, about which sums are linear: the covariances of the
 * readings with each other and with the path, but for the scales of the noises.
 *
 * <p>The logarithm of the volume is a random walk from an unknown level. A signal is the volume
 * times an unknown factor, times a drift that fades within {@value #DRIFT_DAYS} days, times noise.
 */
final class LinearPath {
  /** How long a signal strays from the volume: own estimate. */
  static final double DRIFT_DAYS = 7;

  /** Of level and factors, as standard deviation of the logarithm: as good as unknown. */
  static final double UNKNOWN = 10;

  private static final double UNKNOWN_VARIANCE = UNKNOWN * UNKNOWN;

  private final Scene scene;
  private final double[][] slopes;

  /** For a walk with a variance of one a day: covariances of cells (rows) and readings. */
  private final double[][] walkByCell;

  private final double[][] walk;

  /**
   * What is observed, and on what grid.
   *
   * @param level a guess of the logarithm of the volume of a cell
   * @param factors a guess of the logarithm of the factor of each signal
   * @param exact for each signal: whether it is the volume itself, without factor, drift and noise
   */
  record Scene(
      int cells,
      double daysPerCell,
      double level,
      List<Double> factors,
      List<Boolean> exact,
      List<LogReading> readings) {
    Scene {
      factors = List.copyOf(factors);
      exact = List.copyOf(exact);
      readings = List.copyOf(readings);
    }

    Scene withReadings(List<LogReading> newReadings) {
      return new Scene(cells, daysPerCell, level, factors, exact, newReadings);
    }

    boolean isExact(LogReading reading) {
      return reading.isAnchor() || exact.get(reading.signal());
    }

    double expected(LogReading reading) {
      return level + (isExact(reading) ? 0 : factors.get(reading.signal()));
    }
  }

  LinearPath(Scene scene, double[] about) {
    this.scene = scene;
    int count = scene.readings().size();
    slopes = new double[count][];
    walkByCell = new double[scene.cells()][count];
    for (int i = 0; i < count; i++) {
      slopes[i] = scene.readings().get(i).slopes(about);
      byCell(i, scene.readings().get(i).first());
    }
    walk = new double[count][count];
    for (int i = 0; i < count; i++) {
      int first = scene.readings().get(i).first();
      for (int j = 0; j < count; j++) {
        for (int c = 0; c < slopes[i].length; c++) {
          walk[i][j] += slopes[i][c] * walkByCell[first + c][j];
        }
      }
    }
  }

  /** Σ slope(s) × min(s, t), with cells counted from one, for every cell t. */
  private void byCell(int reading, int first) {
    double[] slope = slopes[reading];
    double below = 0;
    double above = 0;
    for (double each : slope) {
      above += each;
    }
    for (int t = 0; t < scene.cells(); t++) {
      int inside = t - first;
      if (inside >= 0 && inside < slope.length) {
        below += slope[inside] * (t + 1);
        above -= slope[inside];
      }
      walkByCell[t][reading] = (below + above * (t + 1)) * scene.daysPerCell();
    }
  }

  /** The covariance of the readings, errors included. */
  RealMatrix covariance(NoiseScales scales) {
    List<LogReading> readings = scene.readings();
    int count = readings.size();
    double[][] covariance = new double[count][count];
    double perDay = scales.change() * scales.change();
    for (int i = 0; i < count; i++) {
      LogReading one = readings.get(i);
      for (int j = 0; j <= i; j++) {
        double both =
            UNKNOWN_VARIANCE
                + perDay * (walk[i][j] + walk[j][i]) / 2
                + signalCovariance(one, readings.get(j), scales);
        covariance[i][j] = both;
        covariance[j][i] = both;
      }
      covariance[i][i] += errorVariance(one, scales);
    }
    return new Array2DRowRealMatrix(covariance, false);
  }

  private double signalCovariance(LogReading one, LogReading other, NoiseScales scales) {
    if (scene.isExact(one) || scene.isExact(other)) {
      return 0;
    }
    double factor = one.signal() == other.signal() ? UNKNOWN_VARIANCE : 0;
    if (one.group() != other.group()) {
      return factor;
    }
    double drift = scales.drift().get(one.group());
    return factor + drift * drift * Math.exp(-Math.abs(one.day() - other.day()) / DRIFT_DAYS);
  }

  double errorVariance(LogReading reading, NoiseScales scales) {
    double noise = scene.isExact(reading) ? 0 : scales.noise().get(reading.signal());
    return reading.variance() + noise * noise;
  }

  /** The covariance of the path, by cell, with the readings. */
  RealMatrix pathCovariance(NoiseScales scales) {
    double perDay = scales.change() * scales.change();
    double[][] covariance = new double[walkByCell.length][];
    for (int t = 0; t < walkByCell.length; t++) {
      covariance[t] = new double[walkByCell[t].length];
      for (int i = 0; i < walkByCell[t].length; i++) {
        covariance[t][i] = UNKNOWN_VARIANCE + perDay * walkByCell[t][i];
      }
    }
    return new Array2DRowRealMatrix(covariance, false);
  }

  /** What is linear of a reading, at a path. */
  double linear(int reading, double[] path) {
    return LogReading.dot(slopes[reading], scene.readings().get(reading).first(), path);
  }

  /** What is not: the logarithm of a sum less the mean of logarithms that stands in for it. */
  double curvature(int reading, double[] path) {
    return scene.readings().get(reading).at(path) - linear(reading, path);
  }

  /** How far a reading lies from what is expected before anything is read, near a path. */
  double[] surprises(double[] path) {
    double[] surprises = new double[scene.readings().size()];
    for (int i = 0; i < surprises.length; i++) {
      LogReading reading = scene.readings().get(i);
      surprises[i] = reading.log() - curvature(i, path) - scene.expected(reading);
    }
    return surprises;
  }
}
