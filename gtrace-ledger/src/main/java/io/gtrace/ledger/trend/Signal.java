package io.gtrace.ledger.trend;

import java.util.List;

/**
 * One series that goes up and down with a volume.
 *
 * @param name what it counts, as in {@code ghibli (Worldwide)}; series of the same name are parts
 *     of the same and err together
 * @param kind index or counts
 * @param granularity how long its periods are
 * @param source the file that it was read from
 * @param observations by time, without overlaps; where a period is missing, nothing is known
 */
public record Signal(
    String name,
    SignalKind kind,
    Granularity granularity,
    String source,
    List<Observation> observations) {
  public Signal {
    observations = List.copyOf(observations);
    for (int i = 1; i < observations.size(); i++) {
      if (observations.get(i).from().isBefore(observations.get(i - 1).until())) {
        throw new IllegalArgumentException(
            name
                + ": its periods must follow each other, but one begins at "
                + observations.get(i).from()
                + " before the last has ended");
      }
    }
  }

  /** The periods that were over. */
  public List<Observation> complete() {
    return observations.stream().filter(each -> !each.partial()).toList();
  }

  /**
   * The same by UTC days if its periods are shorter than a day: the sum of counts, the mean of an
   * index.
   */
  public Signal byDay() {
    return DailySignal.of(this);
  }
}
