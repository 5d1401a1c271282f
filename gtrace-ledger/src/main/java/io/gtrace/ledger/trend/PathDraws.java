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
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.RealMatrix;

/**
 * Joint draws of the path, given the readings. A path and readings are drawn as if nothing had been
 * read, and both are moved by what the real readings differ from the drawn ones (Matheron's rule;
 * Wilson et al. 2021, JMLR 22:105). Where readings are sums over cells that is repeated from where
 * each draw came to lie, as randomised maximum likelihood does (Oliver, He and Reynolds 1996). The
 * scales of noises are drawn too, each for a share of the draws.
 */
final class PathDraws {
  private static final int REPEATS = 4;

  /** A draw that moves farther in a repeat does not settle: it is left where it was. */
  private static final double FARTHEST_LOG = 1;

  private static final int MOST_SCALES = 32;

  /** Fewer scales are drawn where there are more readings: their equations are solved for each. */
  private static final int READINGS_TIMES_SCALES = 9_600;

  private final PathFit fit;
  private final Scene scene;
  private final Draws draws;
  private final String id;

  private PathDraws(PathFit fit, Draws draws, String id) {
    this.fit = fit;
    this.scene = fit.scene();
    this.draws = draws;
    this.id = id;
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
    double[][] scores =
        IntStream.range(0, fit.scales().dimensions())
            .mapToObj(i -> normal("scale " + i))
            .toArray(double[][]::new);
    double[][] paths = new double[scene.cells()][draws.count()];
    int fewest = Math.max(2, READINGS_TIMES_SCALES / scene.readings().size());
    int parts = Math.min(Math.min(MOST_SCALES, fewest), draws.count());
    for (int part = 0; part < parts; part++) {
      int first = part;
      NoiseScales scales =
          fit.scales()
              .at(IntStream.range(0, scores.length).mapToDouble(i -> scores[i][first]).toArray());
      int[] columns = IntStream.range(0, draws.count()).filter(k -> k % parts == first).toArray();
      double[][] some = new Part(scales, columns).paths();
      for (int t = 0; t < paths.length; t++) {
        for (int n = 0; n < columns.length; n++) {
          paths[t][columns[n]] = some[t][n];
        }
      }
    }
    return paths;
  }

  /** The draws in which the noises have the same scales. */
  private final class Part {
    private final NoiseScales scales;
    private final int[] columns;

    Part(NoiseScales scales, int[] columns) {
      this.scales = scales;
      this.columns = columns;
    }

    private double[] own(String what) {
      double[] all = normal(what);
      double[] own = new double[columns.length];
      for (int n = 0; n < own.length; n++) {
        own[n] = all[columns[n]];
      }
      return own;
    }

    double[][] paths() {
      double[][] walks = walks();
      double[][] others = othersThanPath();
      RealMatrix gain = fit.linear().pathCovariance(scales);
      DecompositionSolver solver = PathFit.decomposed(fit.linear().covariance(scales)).getSolver();
      double[][] about = new double[walks.length][columns.length];
      double[] path = fit.path();
      for (int t = 0; t < about.length; t++) {
        Arrays.fill(about[t], path[t]);
      }
      double[][] paths = moved(walks, others, about, solver, gain);
      boolean straight = scene.readings().stream().allMatch(each -> each.cells() == 1);
      for (int repeat = 0; repeat < (straight ? 0 : REPEATS); repeat++) {
        paths = settling(paths, moved(walks, others, paths, solver, gain));
      }
      return paths;
    }

    private double[][] settling(double[][] before, double[][] after) {
      for (int n = 0; n < columns.length; n++) {
        double farthest = 0;
        for (int t = 0; t < before.length; t++) {
          farthest = Math.max(farthest, Math.abs(after[t][n] - before[t][n]));
        }
        if (!(farthest < FARTHEST_LOG)) {
          for (int t = 0; t < before.length; t++) {
            after[t][n] = before[t][n];
          }
        }
      }
      return after;
    }

    /**
     * @param about the paths near which the readings are taken to be linear
     */
    private double[][] moved(
        double[][] walks,
        double[][] others,
        double[][] about,
        DecompositionSolver solver,
        RealMatrix gain) {
      double[][] differences = new double[others.length][columns.length];
      for (int n = 0; n < columns.length; n++) {
        double[] walk = column(walks, n);
        double[] near = column(about, n);
        for (int i = 0; i < differences.length; i++) {
          differences[i][n] =
              scene.readings().get(i).log()
                  - fit.linear().curvature(i, near)
                  - fit.linear().linear(i, walk)
                  - others[i][n];
        }
      }
      RealMatrix moves = gain.multiply(solver.solve(new Array2DRowRealMatrix(differences, false)));
      double[][] moved = new double[walks.length][columns.length];
      for (int t = 0; t < walks.length; t++) {
        for (int n = 0; n < columns.length; n++) {
          moved[t][n] = walks[t][n] + moves.getEntry(t, n);
        }
      }
      return moved;
    }

    private double[] column(double[][] rows, int n) {
      double[] column = new double[rows.length];
      for (int t = 0; t < rows.length; t++) {
        column[t] = rows[t][n];
      }
      return column;
    }

    /** Random walks from the unknown level. */
    private double[][] walks() {
      double step = scales.change() * Math.sqrt(scene.daysPerCell());
      double[] level = own("level");
      double[][] walks = new double[scene.cells()][columns.length];
      for (int t = 0; t < walks.length; t++) {
        double[] change = own("cell " + t);
        for (int n = 0; n < columns.length; n++) {
          double before = t == 0 ? scene.level() + LinearPath.UNKNOWN * level[n] : walks[t - 1][n];
          walks[t][n] = before + step * change[n];
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
        double[] other = own("reading " + i);
        double sd = Math.sqrt(fit.linear().errorVariance(reading, scales));
        for (int n = 0; n < other.length; n++) {
          other[n] *= sd;
        }
        if (!scene.isExact(reading)) {
          double[] factor = own("signal " + reading.signal());
          for (int n = 0; n < other.length; n++) {
            other[n] +=
                scene.factors().get(reading.signal())
                    + LinearPath.UNKNOWN * factor[n]
                    + drifts[i][n];
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
        double sd = scales.drift().get(group);
        double[] last = new double[columns.length];
        double lastDay = Double.NEGATIVE_INFINITY;
        for (int i : members) {
          double[] fresh = own("drift " + group + " " + i);
          double day = readings.get(i).day();
          double kept = Math.exp(-(day - lastDay) / LinearPath.DRIFT_DAYS);
          double rest = sd * Math.sqrt(1 - kept * kept);
          for (int n = 0; n < fresh.length; n++) {
            fresh[n] = rest * fresh[n] + kept * last[n];
          }
          drifts[i] = fresh;
          last = fresh;
          lastDay = day;
        }
      });
      return drifts;
    }
  }
}
