package io.gtrace.ledger.trend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A time in which a signal shows only what is there without the trend, such as the everyday views
 * of an article. Its mean level is taken off all other periods; what the level itself moves from
 * period to period widens what is left of them.
 *
 * @param from its beginning
 * @param until its end, exclusive
 */
public record Baseline(Instant from, Instant until) {
  /** Half the width of a uniform variable over its standard deviation. */
  private static final double HALF_WIDTH_OF_UNIFORM = Math.sqrt(3);

  /** What is left of a period that does not rise over the level, where that never moved. */
  private static final double LEAST_SHARE = 1e-3;

  private static final MathContext THREE_DIGITS = new MathContext(3);

  public Baseline {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "the baseline must end after it begins, not " + from + " to " + until);
    }
  }

  /**
   * The level of a signal.
   *
   * @param mean an index, or counts an hour
   * @param sd standard deviation of a period from it, with that of the mean itself
   */
  private record Level(double mean, double sd) {}

  /**
   * A signal without its level.
   *
   * @return empty if it has no complete period within the baseline
   */
  Optional<Signal> takenOff(Signal signal) {
    List<Double> rates =
        signal.complete().stream()
            .filter(this::holds)
            .map(each -> rate(signal.kind(), each))
            .toList();
    if (rates.isEmpty()) {
      return Optional.empty();
    }
    Level level = level(rates);
    List<Observation> left = new ArrayList<>();
    for (Observation each : signal.observations()) {
      if (!holds(each)) {
        double hours = signal.kind() == SignalKind.COUNT ? each.hours() : 1;
        left.add(
            new Observation(
                each.from(), each.until(), without(each.reading(), level, hours), each.partial()));
      }
    }
    return Optional.of(
        new Signal(signal.name(), signal.kind(), signal.granularity(), signal.source(), left));
  }

  /** What was taken off a signal, for people. */
  String inWords(Signal signal) {
    double mean =
        signal.complete().stream()
            .filter(this::holds)
            .mapToDouble(each -> each.reading().value())
            .average()
            .orElse(0);
    return signal.name()
        + ": the level of the baseline, "
        + new BigDecimal(mean).round(THREE_DIGITS).toPlainString()
        + " by "
        + signal.granularity().label()
        + ", is taken off";
  }

  private boolean holds(Observation period) {
    return !period.from().isBefore(from) && !period.until().isAfter(until);
  }

  private static double rate(SignalKind kind, Observation period) {
    double value = period.reading().value();
    return kind == SignalKind.COUNT ? value / period.hours() : value;
  }

  private static Level level(List<Double> rates) {
    int n = rates.size();
    double mean = rates.stream().mapToDouble(each -> each).average().orElseThrow();
    double squares = rates.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    // One period alone does not tell how far others stray: as far as it is high.
    double variance = n > 1 ? squares / (n - 1) : mean * mean;
    return new Level(mean, Math.sqrt(variance * (1 + 1.0 / n)));
  }

  private static Reading without(Reading reading, Level level, double hours) {
    if (level.mean() == 0) {
      return reading;
    }
    double off = level.mean() * hours;
    double half = HALF_WIDTH_OF_UNIFORM * level.sd() * hours;
    double least = Math.max(half, LEAST_SHARE * off);
    double low = Math.max(0, reading.low() - off - half);
    double high = Math.max(reading.high() - off + half, Math.max(low, least));
    double value = reading.value() - off;
    return new Reading(value >= low && value <= high ? value : (low + high) / 2, low, high);
  }
}
