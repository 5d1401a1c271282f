package io.gtrace.ledger.trend;

import io.gtrace.ledger.trend.LinearPath.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The most probable path of a scene and the scales of its noises: Gauss-Newton steps for the path,
 * and scales that make the readings most probable (empirical Bayes), by turns.
 */
final class PathFit {
  private static final int TURNS = 3;
  private static final int MOST_STEPS = 60;
  private static final double STILL = 1e-6;
  private static final double LONGEST_STEP = 2;
  private static final double SYMMETRY = 1e-9;

  /** Scales are told from at most so many readings: those nearest to the peak. */
  private static final int READINGS_FOR_SCALES = 300;

  private final Scene scene;
  private final LinearPath linear;
  private final NoisePosterior scales;
  private final double[] path;

  private PathFit(Scene scene, NoisePosterior scales, double[] path) {
    this.scene = scene;
    this.scales = scales;
    this.path = path;
    linear = new LinearPath(scene, path);
  }

  Scene scene() {
    return scene;
  }

  /** The model about the path. */
  LinearPath linear() {
    return linear;
  }

  /** How large noises are, and how sure that is. */
  NoisePosterior scales() {
    return scales;
  }

  /** The logarithm of the volume of each cell. */
  double[] path() {
    return path.clone();
  }

  static PathFit of(Scene scene, int groups) {
    double[] path = new double[scene.cells()];
    Arrays.fill(path, scene.level());
    path = settled(scene, NoiseScales.usual(scene.exact().size(), groups), path);
    NoisePosterior scales = scales(scene, groups, path);
    for (int turn = 1; turn < TURNS; turn++) {
      path = settled(scene, scales.mode(), path);
      scales = scales(scene, groups, path);
    }
    return new PathFit(scene, scales, settled(scene, scales.mode(), path));
  }

  private static NoisePosterior scales(Scene scene, int groups, double[] path) {
    Scene near = scene.withReadings(nearPeak(scene.readings(), scene.daysPerCell(), path));
    return NoiseFit.fit(
        new LinearPath(near, path), path, NoiseScales.usual(scene.exact().size(), groups));
  }

  /** The same for other errors of the readings. */
  PathFit with(List<LogReading> readings) {
    Scene changed = scene.withReadings(readings);
    return new PathFit(changed, scales, settled(changed, scales.mode(), path));
  }

  static CholeskyDecomposition decomposed(RealMatrix covariance) {
    return new CholeskyDecomposition(covariance, SYMMETRY, 0);
  }

  private static double[] settled(Scene scene, NoiseScales scales, double[] start) {
    double[] path = start;
    double longest = LONGEST_STEP;
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = newton(scene, scales, path);
      double change = farthest(path, next);
      // Sums of very unlike cells are far from linear: then steps must be short.
      longest = change > before ? longest / 2 : longest;
      before = change;
      double part = Math.min(1, longest / Math.max(change, STILL));
      for (int c = 0; c < next.length; c++) {
        next[c] = path[c] + part * (next[c] - path[c]);
      }
      path = next;
      if (change < STILL) {
        break;
      }
    }
    return path;
  }

  private static double[] newton(Scene scene, NoiseScales scales, double[] path) {
    LinearPath linear = new LinearPath(scene, path);
    RealVector weights =
        decomposed(linear.covariance(scales))
            .getSolver()
            .solve(new ArrayRealVector(linear.surprises(path), false));
    return linear.pathCovariance(scales).operate(weights).mapAdd(scene.level()).toArray();
  }

  private static double farthest(double[] one, double[] other) {
    double farthest = 0;
    for (int c = 0; c < one.length; c++) {
      farthest = Math.max(farthest, Math.abs(one[c] - other[c]));
    }
    return farthest;
  }

  private static List<LogReading> nearPeak(
      List<LogReading> readings, double daysPerCell, double[] path) {
    if (readings.size() <= READINGS_FOR_SCALES) {
      return readings;
    }
    int peak = 0;
    for (int c = 1; c < path.length; c++) {
      peak = path[c] > path[peak] ? c : peak;
    }
    double day = (peak + 0.5) * daysPerCell;
    List<LogReading> nearest = new ArrayList<>(readings);
    nearest.sort(Comparator.comparingDouble(each -> Math.abs(each.day() - day)));
    return nearest.subList(0, READINGS_FOR_SCALES);
  }
}
