package io.gtrace.uncertainty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Factors whose errors go together, such as constants fitted to the same measurements. Each of them
 * is a weighted sum of independent scores, by the Cholesky factor of the correlation matrix; a
 * factor that is not named here is independent of all others.
 */
public final class Correlations {
  /** Every factor is independent. */
  public static final Correlations NONE = new Correlations(Map.of());

  private final Map<String, List<Part>> parts;

  /** The correlation of two factors' scores, -1 to 1; pairs that are not given have none. */
  public record Pair(String factor, String other, double correlation) {
    public Pair {
      if (!(correlation >= -1 && correlation <= 1)) {
        throw new IllegalArgumentException(
            "the correlation of "
                + factor
                + " and "
                + other
                + " must be -1 to 1, not "
                + correlation);
      }
    }
  }

  /** A part of a score: so much of the independent score of that factor. */
  record Part(String factor, double weight) {}

  private Correlations(Map<String, List<Part>> parts) {
    this.parts = parts;
  }

  /**
   * @throws IllegalArgumentException if no distribution has these correlations
   */
  public static Correlations of(List<Pair> pairs) {
    Map<String, Integer> order = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      order.putIfAbsent(pair.factor(), order.size());
      order.putIfAbsent(pair.other(), order.size());
    }
    double[][] matrix = new double[order.size()][order.size()];
    for (Pair pair : pairs) {
      int row = index(order, pair.factor());
      int column = index(order, pair.other());
      matrix[row][column] = pair.correlation();
      matrix[column][row] = pair.correlation();
    }
    List<String> factors = new ArrayList<>(order.keySet());
    Map<String, List<Part>> parts = new HashMap<>();
    double[][] root = choleskyOfUnitDiagonal(matrix);
    for (int i = 0; i < root.length; i++) {
      List<Part> mixed = new ArrayList<>();
      for (int j = 0; j <= i; j++) {
        mixed.add(new Part(factors.get(j), root[i][j]));
      }
      parts.put(factors.get(i), mixed);
    }
    return new Correlations(parts);
  }

  private static int index(Map<String, Integer> order, String factor) {
    return order.getOrDefault(factor, 0);
  }

  /** Lower triangle, row by row; the diagonal of {@code matrix} is taken to be one. */
  private static double[][] choleskyOfUnitDiagonal(double[][] matrix) {
    double[][] root = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      root[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = i == j ? 1 : matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= root[i][k] * root[j][k];
        }
        if (i == j && !(sum > 0)) {
          throw new IllegalArgumentException("no distribution has these correlations");
        }
        root[i][j] = i == j ? Math.sqrt(sum) : sum / root[j][j];
      }
    }
    return root;
  }

  /** Whether the factor errs together with others. */
  public boolean names(String factor) {
    return parts.containsKey(factor);
  }

  /** What the score of a factor is the sum of; only itself if it is independent. */
  List<Part> parts(String factor) {
    return parts.getOrDefault(factor, List.of(new Part(factor, 1)));
  }
}
