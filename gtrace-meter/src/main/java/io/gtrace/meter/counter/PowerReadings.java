package io.gtrace.meter.counter;

import java.util.List;
import java.util.Optional;

/** Adds up powers over time, which are taken to change evenly between readings. */
public final class PowerReadings {
  private final String name;
  private Optional<Power> last = Optional.empty();
  private long lastNanos;
  private int unreadable;

  public PowerReadings(String name) {
    this.name = name;
  }

  /**
   * @param power empty if it could not be read; then the power is taken to have stayed
   * @return the energy since the reading before; none at the first
   */
  public Energy add(long nanos, Optional<Power> power) {
    if (power.isEmpty()) {
      unreadable++;
    }
    Optional<Power> now = power.isPresent() ? power : last;
    Energy step = Energy.NONE;
    if (last.isPresent() && now.isPresent()) {
      double mean = (last.get().watts() + now.get().watts()) / 2;
      step = new Power(mean).during((nanos - lastNanos) / 1e9);
    }
    last = now;
    lastNanos = nanos;
    return step;
  }

  /** What whoever reads the figure must know. */
  public List<String> notes() {
    return unreadable == 0
        ? List.of()
        : List.of(name + ": its power could not be read at " + unreadable + " readings");
  }
}
