package io.gtrace.simulation.study;

import java.util.ArrayList;
import java.util.List;

/**
 * What the figures of a run owe to its seed alone: runs of the same inputs and other seeds tell. A
 * fit compares runs of one seed, so that what differs comes of their inputs; what that seed has
 * added is taken off, and how far luck goes is added to the errors of counting (a synthetic
 * likelihood: Wood 2010, Nature 466:1102).
 *
 * @param offsets what is to be added to each figure of the seed
 * @param covariance of the figures that is left
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
record Luck(List<Double> offsets, double[][] covariance) {

  /**
   * @param own logarithms of figures with the seed of the fit
   * @param others the same with other seeds, at least two
   * @param share variance by luck of what was counted over that of a run: as large as the scale of
   *     the run, for the luck of many people evens out
   */
  static Luck of(List<Double> own, List<List<Double>> others, double share) {
    int size = own.size();
    List<Double> means = new ArrayList<>();
    List<Double> offsets = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int figure = i;
      means.add(others.stream().mapToDouble(of -> of.get(figure)).average().orElseThrow());
      offsets.add(means.get(i) - own.get(i));
    }
    double[][] covariance = new double[size][size];
    double weight = (share + 1.0 / others.size()) / (others.size() - 1);
    for (List<Double> other : others) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          // The product first: else rounding would make the matrix uneven.
          covariance[i][j] +=
              weight * ((other.get(i) - means.get(i)) * (other.get(j) - means.get(j)));
        }
      }
    }
    return new Luck(offsets, covariance);
  }

  /** Figures without what the seed has added. */
  List<Double> evened(List<Double> logFigures) {
    List<Double> evened = new ArrayList<>();
    for (int i = 0; i < logFigures.size(); i++) {
      evened.add(logFigures.get(i) + offsets.get(i));
    }
    return evened;
  }

  double variance(int figure) {
    return covariance[figure][figure];
  }
}
