package io.gtrace.ledger.trend;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How long the periods of a signal are. */
public enum Granularity {
  MINUTES,
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /** The name in files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The granularity of periods that begin at these local times: that of the most common step. A
   * lone period is a day if it begins at midnight, else an hour.
   *
   * @param starts distinct, ascending, at least one
   * @return empty if the most common step is none of these
   */
  static Optional<Granularity> of(List<LocalDateTime> starts) {
    if (starts.size() < 2) {
      boolean midnight = starts.get(0).toLocalTime().toSecondOfDay() == 0;
      return Optional.of(midnight ? DAY : HOUR);
    }
    Map<Duration, Integer> counts = new HashMap<>();
    for (int i = 1; i < starts.size(); i++) {
      counts.merge(Duration.between(starts.get(i - 1), starts.get(i)), 1, Integer::sum);
    }
    // Of steps that are equally common, the shorter one: the other spans a gap.
    Duration step =
        counts.entrySet().stream()
            .min(
                Map.Entry.<Duration, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .orElseThrow()
            .getKey();
    return Arrays.stream(values()).filter(each -> each.fits(step)).findFirst();
  }

  /** Steps of a few hours or days are hours or days with gaps between them. */
  private boolean fits(Duration step) {
    return switch (this) {
      case MINUTES -> step.compareTo(Duration.ofHours(1)) < 0;
      case HOUR -> step.toDays() == 0 && step.equals(Duration.ofHours(step.toHours()));
      case DAY -> step.toDays() < 7 && step.equals(Duration.ofDays(step.toDays()));
      case WEEK -> step.equals(Duration.ofDays(7));
      case MONTH -> step.toDays() >= 28 && step.toDays() <= 31 && step.toHours() % 24 == 0;
    };
  }

  /** When a period that begins then ends, by the local calendar. */
  LocalDateTime end(LocalDateTime start, Duration minutes) {
    return switch (this) {
      case MINUTES -> start.plus(minutes);
      case HOUR -> start.plusHours(1);
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusDays(7);
      case MONTH -> start.plusMonths(1);
    };
  }

  boolean isFinerThan(Granularity other) {
    return compareTo(other) < 0;
  }
}
