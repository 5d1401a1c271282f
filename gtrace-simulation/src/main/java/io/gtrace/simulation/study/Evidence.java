package io.gtrace.simulation.study;

import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.FitOutcome.PeriodPrediction;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.FitOutcome.SeriesPrediction;
import io.gtrace.simulation.study.InterestSeries.Period;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.WaveResult;
import io.gtrace.uncertainty.Scatter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * What a study is fitted to: counts, and series of which only the shape counts. What a run says of
 * it is a list of logarithms, of each count and then of each period of each series.
 */
record Evidence(List<Observation> counts, List<InterestSeries> series) {
  private static final double LEAST_FIGURE = 0.5;
  private static final double VARIANCE_OF_UNKNOWN_SCALE = 1e3;

  Evidence {
    counts = List.copyOf(counts);
    series = List.copyOf(series);
  }

  boolean isAllHeldOut() {
    return series.isEmpty() && counts.stream().allMatch(Observation::heldOut);
  }

  /** What a run at a scale says of it. */
  List<Double> logFigures(WaveResult result, Instant start, double scale) {
    List<Double> figures = new ArrayList<>();
    for (Observation count : counts) {
      figures.add(Math.log(Math.max(LEAST_FIGURE, figure(result, start, count)) / scale));
    }
    for (InterestSeries each : series) {
      IntToDoubleFunction ofHour = ofHour(result, each.interest());
      for (Period period : each.periods()) {
        Hours hours = Hours.of(result, start, period.from(), period.until());
        double sum = Math.max(LEAST_FIGURE, hours.sum(ofHour)) / scale;
        figures.add(Math.log(sum / Math.max(1, hours.until - hours.from)));
      }
    }
    return figures;
  }

  /** Some hours of a run. */
  private record Hours(int from, int until) {
    static Hours of(WaveResult result, Instant start, Instant from, Instant until) {
      return new Hours(
          Math.max(0, hour(start, from)), Math.min(result.hours(), hour(start, until)));
    }

    private static int hour(Instant start, Instant moment) {
      return (int) ChronoUnit.HOURS.between(start, moment);
    }

    double sum(IntToDoubleFunction ofHour) {
      double sum = 0;
      for (int hour = from; hour < until; hour++) {
        sum += ofHour.applyAsDouble(hour);
      }
      return sum;
    }

    double most(IntToDoubleFunction ofHour) {
      double most = 0;
      for (int hour = from; hour < until; hour++) {
        most = Math.max(most, ofHour.applyAsDouble(hour));
      }
      return most;
    }
  }

  /** What a run says of a count, in simulated people and outputs. */
  private static double figure(WaveResult result, Instant start, Observation count) {
    Hours hours = Hours.of(result, start, count.from(), count.until());
    return switch (count.quantity()) {
      case ADOPTERS -> hours.sum(hour -> result.count(hour, Count.ADOPTED));
      case NEW_USERS -> hours.sum(hour -> result.count(hour, Count.NEW_USERS));
      case NEW_USERS_IN_AN_HOUR -> hours.most(hour -> result.count(hour, Count.NEW_USERS));
      case OUTPUTS -> hours.sum(result::outputs);
    };
  }

  private static IntToDoubleFunction ofHour(WaveResult result, InterestSeries.Interest interest) {
    return switch (interest) {
      case NOTICED -> hour -> result.count(hour, Count.NOTICED);
      case SEARCHES -> hour -> result.count(hour, Count.SEARCHED);
      case ADOPTERS -> hour -> result.count(hour, Count.ADOPTED);
      case OUTPUTS -> result::outputs;
    };
  }

  /**
   * How likely a run makes what was published, given the errors of counting and luck; up to a
   * constant. The logarithm of the scale of a series is integrated out: it has a variance so large
   * that nothing is said of it.
   */
  final class Likelihood {
    private final List<Integer> used = new ArrayList<>();
    private final List<Double> published;
    private final Luck luck;
    private final DecompositionSolver solver;

    Likelihood(Luck luck) {
      this.luck = luck;
      published = logPublished();
      List<Double> errors = logSds();
      List<Boolean> heldOut = heldOut();
      for (int i = 0; i < published.size(); i++) {
        if (!heldOut.get(i)) {
          used.add(i);
        }
      }
      double[][] covariance = new double[used.size()][used.size()];
      for (int a = 0; a < covariance.length; a++) {
        for (int b = 0; b < covariance.length; b++) {
          int i = used.get(a);
          int j = used.get(b);
          boolean oneScale = i >= counts.size() && seriesOf(i) == seriesOf(j);
          double error = a == b ? errors.get(i) * errors.get(i) : 0;
          covariance[a][b] =
              luck.covariance()[i][j] + error + (oneScale ? VARIANCE_OF_UNKNOWN_SCALE : 0);
        }
      }
      solver = new CholeskyDecomposition(new Array2DRowRealMatrix(covariance)).getSolver();
    }

    double log(List<Double> logFigures) {
      List<Double> figures = luck.evened(logFigures);
      double[] errors = new double[used.size()];
      for (int a = 0; a < errors.length; a++) {
        errors[a] = published.get(used.get(a)) - figures.get(used.get(a));
      }
      ArrayRealVector vector = new ArrayRealVector(errors, false);
      return -vector.dotProduct(solver.solve(vector)) / 2;
    }
  }

  /** The series that a figure is part of, by its place; -1 for counts. */
  private int seriesOf(int figure) {
    int left = figure - counts.size();
    int at = -1;
    while (left >= 0) {
      at++;
      left -= series.get(at).periods().size();
    }
    return at;
  }

  private Stream<Period> periods() {
    return series.stream().flatMap(each -> each.periods().stream());
  }

  private List<Double> logPublished() {
    return Stream.concat(
            counts.stream().map(each -> Math.log(each.value())),
            periods().map(each -> Math.log(each.level())))
        .toList();
  }

  private List<Double> logSds() {
    return Stream.concat(counts.stream().map(Observation::logSd), periods().map(Period::logSd))
        .toList();
  }

  private List<Boolean> heldOut() {
    return Stream.concat(counts.stream().map(Observation::heldOut), periods().map(Period::heldOut))
        .toList();
  }

  /**
   * The scale of a series over what a run says of it.
   *
   * @param log its logarithm
   * @param logSd the error of that
   */
  private record Scale(double log, double logSd) {
    static Scale of(InterestSeries series, List<Double> logFigures, int from) {
      double weight = 0;
      double sum = 0;
      for (int i = 0; i < series.periods().size(); i++) {
        Period period = series.periods().get(i);
        if (!period.heldOut()) {
          double ofPeriod = 1 / (period.logSd() * period.logSd());
          weight += ofPeriod;
          sum += ofPeriod * (Math.log(period.level()) - logFigures.get(from + i));
        }
      }
      return new Scale(sum / weight, 1 / Math.sqrt(weight));
    }
  }

  /** The same times and errors, but what a run says, with errors drawn anew. */
  Evidence madeUp(List<Double> logFigures, DoubleSupplier normal) {
    List<Observation> newCounts = new ArrayList<>();
    int at = 0;
    for (Observation count : counts) {
      newCounts.add(
          count.withValue(Math.exp(logFigures.get(at++) + count.logSd() * normal.getAsDouble())));
    }
    List<InterestSeries> newSeries = new ArrayList<>();
    for (InterestSeries each : series) {
      List<Period> periods = new ArrayList<>();
      for (Period period : each.periods()) {
        periods.add(
            period.withLevel(
                Math.exp(logFigures.get(at++) + period.logSd() * normal.getAsDouble())));
      }
      newSeries.add(new InterestSeries(each.name(), each.interest(), periods));
    }
    return new Evidence(newCounts, newSeries);
  }

  /**
   * What the runs of a fit say of each count, held out or not.
   *
   * @param runs logarithms of the figures of each run
   */
  List<Prediction> predictions(List<List<Double>> runs, Luck luck) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      int which = i;
      LogInterval log =
          LogInterval.of(runs.stream().mapToDouble(run -> luck.evened(run).get(which)).toArray());
      double error = Math.sqrt(square(counts.get(i).logSd()) + luck.variance(i));
      predictions.add(new Prediction(counts.get(i), log.figure(), log.withError(error).figure()));
    }
    return predictions;
  }

  /** What the runs of a fit say of each period of each series, in the unit of the series. */
  List<SeriesPrediction> seriesPredictions(List<List<Double>> runs, Luck luck) {
    List<List<Double>> evened = runs.stream().map(luck::evened).toList();
    List<SeriesPrediction> predictions = new ArrayList<>();
    int from = counts.size();
    for (InterestSeries each : series) {
      List<PeriodPrediction> periods = new ArrayList<>();
      for (int i = 0; i < each.periods().size(); i++) {
        periods.add(prediction(each, i, from, evened, luck.variance(from + i)));
      }
      predictions.add(new SeriesPrediction(each.name(), periods));
      from += each.periods().size();
    }
    return predictions;
  }

  private static PeriodPrediction prediction(
      InterestSeries series, int period, int from, List<List<Double>> runs, double luckVariance) {
    double[] logs = new double[runs.size()];
    double scaleSd = 0;
    for (int run = 0; run < logs.length; run++) {
      Scale scale = Scale.of(series, runs.get(run), from);
      logs[run] = runs.get(run).get(from + period) + scale.log();
      scaleSd = scale.logSd();
    }
    Period of = series.periods().get(period);
    double error = Math.sqrt(square(of.logSd()) + square(scaleSd) + luckVariance);
    return new PeriodPrediction(of, LogInterval.of(logs).withError(error).figure());
  }

  private static double square(double value) {
    return value * value;
  }

  /** The 90 % interval of the logarithm of a figure. */
  private record LogInterval(double median, double low, double high) {
    static LogInterval of(double[] logs) {
      Quantity spread = Quantities.of(logs);
      return new LogInterval(spread.median(), spread.low(), spread.high());
    }

    /** Widened by an independent error. */
    LogInterval withError(double logSd) {
      double error = Scatter.Z95 * logSd;
      return new LogInterval(
          median,
          median - Math.hypot(median - low, error),
          median + Math.hypot(high - median, error));
    }

    Quantity figure() {
      return new Quantity(Math.exp(median), Math.exp(low), Math.exp(high));
    }
  }
}
