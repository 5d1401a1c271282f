package io.gtrace.meter.counter;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Adds up what a counter of energy tells. Counters are small and begin anew when they are full, so
 * they must be read more often than that. A step that no hardware could take (a counter that was
 * set back, or is broken) is left out and told of, and so is a reading that is no number.
 */
public final class CounterReadings {
  /** More than any processor or board draws: what is above is no energy. */
  private static final double MOST_WATTS = 3_000;

  /** A counter may be updated between two readings that follow each other closely. */
  private static final double LEAST_SECONDS = 0.05;

  private final String name;
  private final double joulesPerUnit;
  private final long range;

  private OptionalLong last = OptionalLong.empty();
  private long lastNanos;
  private int impossible;
  private int unreadable;

  /**
   * @param range after how many units it begins anew; 0 if it never does
   */
  public CounterReadings(String name, double joulesPerUnit, long range) {
    this.name = name;
    this.joulesPerUnit = joulesPerUnit;
    this.range = range;
  }

  /**
   * @param value what it shows; empty if it could not be read
   * @return the energy since the reading before; none at the first
   */
  public Energy add(long nanos, OptionalLong value) {
    if (value.isEmpty() || value.getAsLong() < 0) {
      unreadable++;
      return Energy.NONE;
    }
    Energy step =
        last.isPresent()
            ? step(value.getAsLong() - last.getAsLong(), (nanos - lastNanos) / 1e9)
            : Energy.NONE;
    last = value;
    lastNanos = nanos;
    return step;
  }

  private Energy step(long difference, double seconds) {
    boolean wrapped = difference < 0 && range > 0;
    double units = (double) difference + (wrapped ? range : 0);
    double joules = units * joulesPerUnit;
    if (!(joules >= 0 && joules <= MOST_WATTS * Math.max(seconds, LEAST_SECONDS))) {
      impossible++;
      return Energy.NONE;
    }
    return new Energy(joules);
  }

  /** What whoever reads the figure must know. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (impossible > 0) {
      notes.add(
          name
              + ": its counter jumped in a way that no hardware could ("
              + times(impossible)
              + "); what was drawn meanwhile is not in the figure");
    }
    if (unreadable > 0) {
      notes.add(name + ": its counter gave no number " + times(unreadable));
    }
    return notes;
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }
}
