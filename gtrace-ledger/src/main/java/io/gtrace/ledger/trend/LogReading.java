package io.gtrace.ledger.trend;

import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * An observation or anchor as the model sees it: the logarithm of a weighted sum of the volumes of
 * cells, off by an error that is normal.
 */
final class LogReading {
  static final int ANCHOR = -1;

  /** Of a count that is the volume itself; keeps equations solvable where two say the same. */
  private static final double EXACT_VARIANCE = 1e-6;

  /** Half an event: Jeffreys' prior for the rate of a Poisson process. */
  private static final double PRIOR_EVENTS = 0.5;

  private final int first;
  private final double[] weights;
  private final LogMoments moments;
  private final int signal;
  private final int group;
  private final double day;

  /** Mean and variance of a logarithm. */
  record LogMoments(double mean, double variance) {}

  private LogReading(
      int first, double[] weights, LogMoments moments, int signal, int group, double day) {
    this.first = first;
    this.weights = weights;
    this.moments = moments;
    this.signal = signal;
    this.group = group;
    this.day = day;
  }

  /** The first cell. */
  int first() {
    return first;
  }

  /** How many cells from there on are summed up. */
  int cells() {
    return weights.length;
  }

  /** The sum of the weights: how many cells an anchor covers; one for an observation. */
  double weight() {
    return Arrays.stream(weights).sum();
  }

  /** The logarithm that was observed. */
  double log() {
    return moments.mean();
  }

  /** Of that logarithm: rounding, counting, or the error of an anchor. */
  double variance() {
    return moments.variance();
  }

  /** Number of the signal; {@link #ANCHOR} for none. */
  int signal() {
    return signal;
  }

  /** Number of the signals of the same name, which err together. */
  int group() {
    return group;
  }

  /** Its middle, in days from the start of the grid. */
  double day() {
    return day;
  }

  boolean isAnchor() {
    return signal == ANCHOR;
  }

  LogReading withVariance(double newVariance) {
    return new LogReading(
        first, weights, new LogMoments(moments.mean(), newVariance), signal, group, day);
  }

  /**
   * The part of each cell that lies in a time.
   *
   * @return weights from {@code first} on; those of an anchor sum up its cells, those of an
   *     observation are scaled to a mean
   */
  static LogReading over(
      TimeGrid grid, Observation period, LogMoments moments, int signal, int group, boolean mean) {
    double from = Math.max(0, grid.position(period.from()));
    double until = Math.min(grid.cells(), grid.position(period.until()));
    int first = (int) Math.min(grid.cells() - 1.0, Math.floor(from));
    int last = (int) Math.max(first, Math.ceil(until) - 1);
    double[] weights = new double[last - first + 1];
    for (int c = first; c <= last; c++) {
      double share = Math.min(until, c + 1.0) - Math.max(from, c);
      weights[c - first] = mean ? share / (until - from) : share;
    }
    double day = (from + until) / 2 * grid.daysPerCell();
    return new LogReading(first, weights, moments, signal, group, day);
  }

  /** What an index says of a logarithm: anywhere between its bounds, all equally likely. */
  static LogMoments ofIndex(Reading reading) {
    return ofUniform(reading.low(), reading.high());
  }

  /**
   * What a count says of the logarithm of the rate behind it.
   *
   * @param isVolume whether the count is wanted itself, not a rate behind it
   */
  static LogMoments ofCount(Reading reading, boolean isVolume) {
    boolean rounded = reading.low() < reading.high();
    if (isVolume && rounded) {
      return ofUniform(reading.low(), reading.high());
    }
    if (isVolume) {
      return reading.value() > 0
          ? new LogMoments(Math.log(reading.value()), EXACT_VARIANCE)
          : ofUniform(0, PRIOR_EVENTS);
    }
    double events = reading.value() + PRIOR_EVENTS;
    double rounding = rounded ? ofUniform(reading.low(), reading.high()).variance() : 0;
    return new LogMoments(Gamma.digamma(events), Gamma.trigamma(events) + rounding);
  }

  /** Moments of the logarithm of a uniform variable, by integration of ln u and (ln u)². */
  static LogMoments ofUniform(double low, double high) {
    double middle = (low + high) / 2;
    double a = low / middle;
    double b = high / middle;
    double mean = (xLog(b) - xLog(a)) / (b - a) - 1;
    double square = (xLogSquare(b) - xLogSquare(a)) / (b - a);
    return new LogMoments(Math.log(middle) + mean, Math.max(EXACT_VARIANCE, square - mean * mean));
  }

  private static double xLog(double x) {
    return x == 0 ? 0 : x * Math.log(x);
  }

  private static double xLogSquare(double x) {
    double log = Math.log(x) - 1;
    return x == 0 ? 0 : x * (log * log + 1);
  }

  /** The logarithm of the weighted sum where the logarithms of the volumes are so. */
  double at(double[] logs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      largest = Math.max(largest, logs[first + i]);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * Math.exp(logs[first + i] - largest);
    }
    return largest + Math.log(sum);
  }

  /** The derivatives of {@link #at} by the logarithms; they sum up to one. */
  double[] slopes(double[] logs) {
    double whole = at(logs);
    double[] slopes = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      slopes[i] = weights[i] * Math.exp(logs[first + i] - whole);
    }
    return slopes;
  }

  static double dot(double[] slopes, int first, double[] logs) {
    double sum = 0;
    for (int i = 0; i < slopes.length; i++) {
      sum += slopes[i] * logs[first + i];
    }
    return sum;
  }
}
