package io.gtrace.ledger.trend;

import io.gtrace.ledger.trend.LinearPath.Scene;
import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.RealMatrix;

/**
 * Joint draws of the path, given the readings. A path and readings are drawn as if nothing had been
 * read, and both are moved by what the real readings differ from the drawn ones (Matheron's rule;
 * Wilson et al. 2021, JMLR 22:105). Where readings are sums over cells that is repeated from where
 * each draw came to lie, as randomised maximum likelihood does (Oliver, He and Reynolds 1996).
 */
final class PathDraws {
  private static final int REPEATS = 4;

  /** A draw that moves farther in a repeat does not settle: it is left where it was. */
  private static final double FARTHEST_LOG = 1;

  private final PathFit fit;
  private final Scene scene;
  private final Draws draws;
  private final String id;
  private final int count;

  private PathDraws(PathFit fit, Draws draws, String id) {
    this.fit = fit;
    this.scene = fit.scene();
    this.draws = draws;
    this.id = id;
    this.count = draws.count();
  }

  /**
   * The logarithms of the volumes, one row for each cell, one column for each draw.
   *
   * @param id names the draws: the same for the same trend
   */
  static double[][] of(PathFit fit, Draws draws, String id) {
    return new PathDraws(fit, draws, id).paths();
  }

  private double[] normal(String what) {
    return draws.of("trend:" + id + ":" + what, new Scatter(0, 1, Shape.NORMAL));
  }

  private double[][] paths() {
    double[][] walks = walks();
    double[][] others = othersThanPath();
    RealMatrix gain = fit.linear().pathCovariance(fit.scales());
    DecompositionSolver solver =
        PathFit.decomposed(fit.linear().covariance(fit.scales())).getSolver();
    double[][] curvatures = new double[scene.readings().size()][count];
    double[] path = fit.path();
    for (int i = 0; i < curvatures.length; i++) {
      Arrays.fill(curvatures[i], fit.linear().curvature(i, path));
    }
    double[][] paths = moved(walks, others, curvatures, solver, gain);
    boolean straight = scene.readings().stream().allMatch(each -> each.cells() == 1);
    for (int repeat = 0; repeat < (straight ? 0 : REPEATS); repeat++) {
      for (int k = 0; k < count; k++) {
        double[] drawn = column(paths, k);
        for (int i = 0; i < curvatures.length; i++) {
          curvatures[i][k] = fit.linear().curvature(i, drawn);
        }
      }
      paths = settling(paths, moved(walks, others, curvatures, solver, gain));
    }
    return paths;
  }

  private double[][] settling(double[][] before, double[][] after) {
    for (int k = 0; k < count; k++) {
      double farthest = 0;
      for (int t = 0; t < before.length; t++) {
        farthest = Math.max(farthest, Math.abs(after[t][k] - before[t][k]));
      }
      if (!(farthest < FARTHEST_LOG)) {
        for (int t = 0; t < before.length; t++) {
          after[t][k] = before[t][k];
        }
      }
    }
    return after;
  }

  private double[][] moved(
      double[][] walks,
      double[][] others,
      double[][] curvatures,
      DecompositionSolver solver,
      RealMatrix gain) {
    double[][] differences = new double[others.length][count];
    for (int k = 0; k < count; k++) {
      double[] walk = column(walks, k);
      for (int i = 0; i < differences.length; i++) {
        differences[i][k] =
            scene.readings().get(i).log()
                - curvatures[i][k]
                - fit.linear().linear(i, walk)
                - others[i][k];
      }
    }
    RealMatrix moves = gain.multiply(solver.solve(new Array2DRowRealMatrix(differences, false)));
    double[][] moved = new double[walks.length][count];
    for (int t = 0; t < walks.length; t++) {
      for (int k = 0; k < count; k++) {
        moved[t][k] = walks[t][k] + moves.getEntry(t, k);
      }
    }
    return moved;
  }

  private static double[] column(double[][] rows, int k) {
    double[] column = new double[rows.length];
    for (int t = 0; t < rows.length; t++) {
      column[t] = rows[t][k];
    }
    return column;
  }

  /** Random walks from the unknown level. */
  private double[][] walks() {
    double step = fit.scales().change() * Math.sqrt(scene.daysPerCell());
    double[] level = normal("level");
    double[][] walks = new double[scene.cells()][count];
    for (int t = 0; t < walks.length; t++) {
      double[] change = normal("cell " + t);
      for (int k = 0; k < count; k++) {
        double before = t == 0 ? scene.level() + LinearPath.UNKNOWN * level[k] : walks[t - 1][k];
        walks[t][k] = before + step * change[k];
      }
    }
    return walks;
  }

  /** Factor, drift and errors of each reading. */
  private double[][] othersThanPath() {
    List<LogReading> readings = scene.readings();
    double[][] drifts = drifts();
    double[][] others = new double[readings.size()][];
    for (int i = 0; i < others.length; i++) {
      LogReading reading = readings.get(i);
      double[] other = normal("reading " + i);
      double sd = Math.sqrt(fit.linear().errorVariance(reading, fit.scales()));
      for (int k = 0; k < count; k++) {
        other[k] *= sd;
      }
      if (!scene.isExact(reading)) {
        double[] factor = normal("signal " + reading.signal());
        for (int k = 0; k < count; k++) {
          other[k] +=
              scene.factors().get(reading.signal()) + LinearPath.UNKNOWN * factor[k] + drifts[i][k];
        }
      }
      others[i] = other;
    }
    return others;
  }

  /** A stationary process for each group, whose correlation fades exponentially. */
  private double[][] drifts() {
    List<LogReading> readings = scene.readings();
    Map<Integer, List<Integer>> byGroup = new HashMap<>();
    for (int i = 0; i < readings.size(); i++) {
      if (!scene.isExact(readings.get(i))) {
        byGroup.computeIfAbsent(readings.get(i).group(), any -> new ArrayList<>()).add(i);
      }
    }
    double[][] drifts = new double[readings.size()][];
    byGroup.forEach((group, members) -> {
      members.sort(Comparator.comparingDouble(i -> readings.get(i).day()));
      double sd = fit.scales().drift().get(group);
      double[] last = new double[0];
      double lastDay = 0;
      for (int i : members) {
        double[] fresh = normal("drift " + group + " " + i);
        double day = readings.get(i).day();
        double kept = last.length == 0 ? 0 : Math.exp(-(day - lastDay) / LinearPath.DRIFT_DAYS);
        double rest = sd * Math.sqrt(1 - kept * kept);
        for (int k = 0; k < count; k++) {
          fresh[k] = rest * fresh[k] + (kept == 0 ? 0 : kept * last[k]);
        }
        drifts[i] = fresh;
        last = fresh;
        lastDay = day;
      }
    });
    return drifts;
  }
}
