package io.gtrace.ledger.trend;

import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.trend.LinearPath.Scene;
import io.gtrace.ledger.trend.LogReading.LogMoments;
import io.gtrace.uncertainty.Draws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets up the model of one trend, fits it and draws from it. */
final class TrendEstimator {
  /** Hours are told apart over two months at most. */
  private static final int MOST_HOURS = 62 * 24;

  /** The work grows with the cube of them. */
  private static final int MOST_READINGS = 1_200;

  private static final int MOST_CELLS = 8_000;

  private final List<Anchor> anchors;
  private final EstimateOptions options;
  private final Draws draws;
  private final List<String> notes = new ArrayList<>();
  private final List<Signal> signals;
  private final Set<Signal> volumeSignals;

  TrendEstimator(List<Signal> signals, List<Anchor> anchors, EstimateOptions options, Draws draws) {
    this.anchors = List.copyOf(anchors);
    this.options = options;
    this.draws = draws;
    this.signals = usable(signals);
    this.volumeSignals = volumeSignals();
  }

  TrendEstimate estimate() {
    String unit = unit();
    boolean absolute = !anchors.isEmpty() || kindOfVolume() == SignalKind.COUNT;
    TimeGrid grid = grid();
    List<Signal> stepped =
        grid.step() == TimeGrid.Step.DAY ? signals.stream().map(DailySignal::of).toList() : signals;
    Scene scene = scene(grid, stepped);
    int groups = scene.readings().stream().mapToInt(LogReading::group).max().orElse(0) + 1;
    PathFit fit = loosened(PathFit.of(scene, groups));
    double[][] volumes = PathDraws.of(fit, draws, id(unit));
    for (double[] cell : volumes) {
      for (int k = 0; k < cell.length; k++) {
        cell[k] = Math.exp(cell[k]);
      }
    }
    return new TrendEstimate(
        grid,
        unit,
        absolute,
        volumes,
        SignalCells.coverage(grid, stepped),
        fitted(grid, stepped, fit),
        fittedAnchors(grid, volumes),
        notes);
  }

  private String id(String unit) {
    return unit + ":" + signals.stream().map(Signal::name).collect(Collectors.joining("|"));
  }

  /** The complete periods in the time asked for, of each series once. */
  private List<Signal> usable(List<Signal> given) {
    Set<Signal> distinct = new LinkedHashSet<>();
    Map<List<Observation>, String> seen = new HashMap<>();
    for (Signal raw : given) {
      Signal signal = options.baseline().map(each -> over(each, raw)).orElse(raw);
      List<Observation> periods =
          signal.complete().stream()
              .filter(each -> options.from().map(each.until()::isAfter).orElse(true))
              .filter(each -> options.until().map(each.from()::isBefore).orElse(true))
              .toList();
      if (periods.isEmpty()) {
        notes.add(signal.name() + ": no complete period lies in the time asked for, left out");
        continue;
      }
      String twin = seen.putIfAbsent(periods, signal.name());
      if (twin != null && twin.equals(signal.name())) {
        notes.add(signal.name() + ": " + signal.source() + " says the same again, used once");
        continue;
      }
      distinct.add(
          new Signal(signal.name(), signal.kind(), signal.granularity(), signal.source(), periods));
    }
    if (distinct.isEmpty()) {
      throw new IllegalArgumentException("there is no signal with a complete period to go by");
    }
    return List.copyOf(distinct);
  }

  private Signal over(Baseline baseline, Signal signal) {
    Optional<Signal> left = baseline.takenOff(signal);
    notes.add(
        left.isPresent()
            ? baseline.inWords(signal)
            : signal.name() + ": no complete period lies in the baseline, nothing is taken off");
    return left.orElse(signal);
  }

  private Set<Signal> volumeSignals() {
    if (options.volumeSignal().isPresent()) {
      String wanted = options.volumeSignal().get().toLowerCase(Locale.ROOT);
      Set<Signal> named =
          signals.stream()
              .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(wanted))
              .collect(Collectors.toSet());
      if (named.isEmpty()) {
        throw new IllegalArgumentException(
            "no signal is called '" + options.volumeSignal().get() + "'; there are: " + names());
      }
      return named;
    }
    if (!anchors.isEmpty()) {
      return Set.of();
    }
    Signal first = signals.get(0);
    notes.add("no anchor: the volume is taken to be '" + first.name() + "' itself");
    return Set.of(first);
  }

  private String names() {
    return signals.stream().map(Signal::name).distinct().collect(Collectors.joining(", "));
  }

  private SignalKind kindOfVolume() {
    return volumeSignals.stream().allMatch(each -> each.kind() == SignalKind.COUNT)
        ? SignalKind.COUNT
        : SignalKind.INDEX;
  }

  private String unit() {
    Set<String> units =
        anchors.stream().map(Anchor::unit).collect(Collectors.toCollection(TreeSet::new));
    if (units.size() > 1) {
      throw new IllegalArgumentException(
          "the anchors count different things: "
              + String.join(", ", units)
              + "; one estimate has one unit");
    }
    if (!anchors.isEmpty() && !volumeSignals.isEmpty() && kindOfVolume() == SignalKind.INDEX) {
      throw new IllegalArgumentException(
          "an index cannot be the volume itself where anchors say how large it is");
    }
    return units.isEmpty()
        ? volumeSignals.stream().map(Signal::name).sorted().findFirst().orElse("volume")
        : units.iterator().next();
  }

  /**
   * The cells nearest to the time that the signals cover and that is asked for, and all anchors.
   */
  private TimeGrid grid() {
    Instant first = periods().map(Observation::from).min(Instant::compareTo).orElseThrow();
    Instant last = periods().map(Observation::until).max(Instant::compareTo).orElseThrow();
    requireCovered(first, last);
    Instant from = options.from().filter(first::isBefore).orElse(first);
    Instant until = options.until().filter(last::isAfter).orElse(last);
    TimeGrid.Step step = step(from, until);
    TimeGrid grid = TimeGrid.nearest(from, until, step);
    for (Anchor anchor : anchors) {
      grid = grid.extendedTo(anchor.from(), anchor.until());
    }
    if (grid.cells() > MOST_CELLS) {
      throw new IllegalArgumentException(
          "the signals span "
              + grid.cells()
              + " "
              + step.label()
              + "s, more than the "
              + MOST_CELLS
              + " that are estimated together; choose a part with --from and --until");
    }
    return grid;
  }

  private void requireCovered(Instant first, Instant last) {
    for (Anchor anchor : anchors) {
      if (!anchor.from().isBefore(last) || !anchor.until().isAfter(first)) {
        throw new IllegalArgumentException(
            "the anchor of "
                + anchor.from()
                + " to "
                + anchor.until()
                + " lies outside of the signals, which cover "
                + first
                + " to "
                + last);
      }
    }
  }

  private Stream<Observation> periods() {
    return signals.stream().flatMap(each -> each.observations().stream());
  }

  private TimeGrid.Step step(Instant from, Instant until) {
    if (options.step().isPresent()) {
      return options.step().get();
    }
    boolean hourly =
        signals.stream().anyMatch(each -> each.granularity().isFinerThan(Granularity.DAY));
    boolean few = periods().count() <= MOST_READINGS;
    boolean brief = Duration.between(from, until).toHours() <= MOST_HOURS;
    if (hourly && !(few && brief)) {
      notes.add("there are too many hours to tell apart: summed to days");
    }
    return hourly && few && brief ? TimeGrid.Step.HOUR : TimeGrid.Step.DAY;
  }

  private Scene scene(TimeGrid grid, List<Signal> stepped) {
    List<LogReading> readings = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    List<Boolean> exact = new ArrayList<>();
    Map<String, Integer> groups = new HashMap<>();
    for (int s = 0; s < stepped.size(); s++) {
      Signal signal = stepped.get(s);
      boolean isVolume = volumeSignals.contains(signals.get(s));
      Integer known = groups.putIfAbsent(signal.name(), groups.size());
      int group = known == null ? groups.size() - 1 : known;
      List<LogReading> own = new ArrayList<>();
      for (Observation period : signal.observations()) {
        LogMoments moments = moments(grid, signal.kind(), period, isVolume);
        own.add(LogReading.over(grid, period, moments, s, group, true));
      }
      means.add(own.stream().mapToDouble(LogReading::log).average().orElseThrow());
      exact.add(isVolume);
      readings.addAll(own);
    }
    if (readings.size() > MOST_READINGS) {
      throw new IllegalArgumentException(
          "the signals have "
              + readings.size()
              + " periods, more than the "
              + MOST_READINGS
              + " that are estimated together; choose a part with --from and --until, or fewer"
              + " signals");
    }
    for (Anchor anchor : anchors) {
      readings.add(reading(grid, anchor));
    }
    double level = level(readings, means, exact);
    List<Double> factors = means.stream().map(mean -> mean - level).toList();
    return new Scene(grid.cells(), grid.daysPerCell(), level, factors, exact, readings);
  }

  private static LogMoments moments(
      TimeGrid grid, SignalKind kind, Observation period, boolean isVolume) {
    if (kind == SignalKind.INDEX) {
      return LogReading.ofIndex(period.reading());
    }
    LogMoments count = LogReading.ofCount(period.reading(), isVolume);
    double cells = period.hours() / grid.step().hours();
    return new LogMoments(count.mean() - Math.log(cells), count.variance());
  }

  private static LogReading reading(TimeGrid grid, Anchor anchor) {
    Observation time = new Observation(anchor.from(), anchor.until(), Reading.exactly(0), false);
    double sd = anchor.amount().sd();
    LogMoments moments =
        new LogMoments(Math.log(anchor.amount().median()), Math.max(sd * sd, 1e-6));
    return LogReading.over(grid, time, moments, LogReading.ANCHOR, 0, false);
  }

  private static double level(List<LogReading> readings, List<Double> means, List<Boolean> exact) {
    List<Double> known = new ArrayList<>();
    for (LogReading reading : readings) {
      if (reading.isAnchor()) {
        known.add(reading.log() - Math.log(reading.weight()));
      }
    }
    for (int s = 0; s < means.size(); s++) {
      if (exact.get(s)) {
        known.add(means.get(s));
      }
    }
    return known.stream().mapToDouble(each -> each).average().orElseThrow();
  }

  /**
   * Anchors that disagree by more than their errors allow err by more: all of them by the factor
   * that makes them agree (the ratio of Birge 1932, Physical Review 40:207).
   */
  private PathFit loosened(PathFit fit) {
    double sum = 0;
    double[] path = fit.path();
    for (LogReading reading : fit.scene().readings()) {
      double off = reading.isAnchor() ? reading.log() - reading.at(path) : 0;
      sum += off * off / reading.variance();
    }
    double ratio = anchors.size() < 2 ? 1 : Math.sqrt(sum / (anchors.size() - 1));
    if (!(ratio > 1)) {
      return fit;
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "the anchors disagree by more than their intervals allow, which were widened %.2g"
                + " times (on the scale of logarithms)",
            ratio));
    return fit.with(
        fit.scene().readings().stream()
            .map(
                each -> each.isAnchor() ? each.withVariance(each.variance() * ratio * ratio) : each)
            .toList());
  }

  private List<FittedSignal> fitted(TimeGrid grid, List<Signal> stepped, PathFit fit) {
    List<FittedSignal> fitted = new ArrayList<>();
    for (int s = 0; s < stepped.size(); s++) {
      int number = s;
      int group =
          fit.scene().readings().stream()
              .filter(each -> each.signal() == number)
              .findFirst()
              .orElseThrow()
              .group();
      boolean isVolume = fit.scene().exact().get(s);
      fitted.add(
          new FittedSignal(
              signals.get(s),
              isVolume,
              isVolume ? 0 : fit.scales().mode().noise().get(s),
              isVolume ? 0 : fit.scales().mode().drift().get(group),
              SignalCells.values(grid, stepped.get(s))));
    }
    return Collections.unmodifiableList(fitted);
  }

  private List<FittedAnchor> fittedAnchors(TimeGrid grid, double[][] volumes) {
    List<FittedAnchor> fitted = new ArrayList<>();
    for (Anchor anchor : anchors) {
      LogReading reading = reading(grid, anchor);
      double[] sums = new double[draws.count()];
      for (int k = 0; k < sums.length; k++) {
        double[] logs = new double[volumes.length];
        for (int c = 0; c < logs.length; c++) {
          logs[c] = Math.log(volumes[c][k]);
        }
        sums[k] = Math.exp(reading.at(logs));
      }
      Quantity estimated = Quantiles.quantity(sums);
      if (anchor.source().endsWith("assumed")) {
        notes.add("anchor of " + anchor.from() + ": " + anchor.source());
      }
      fitted.add(new FittedAnchor(anchor, estimated));
    }
    return fitted;
  }
}
