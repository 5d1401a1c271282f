package io.gtrace.simulation.people;

import java.nio.DoubleBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the people of countries are active over a run, worked out once for all runs of the same
 * hours. Countries that keep the same time share a clock, whose tables then stay near. Safe for use
 * by many threads.
 */
public final class Clocks {
  private final World world;
  private final Instant start;
  private final int hours;
  private final Map<Country, ActivityClock> byCountry = new ConcurrentHashMap<>();
  private final Map<DoubleBuffer, ActivityClock> byActivity = new ConcurrentHashMap<>();

  /**
   * @param start begin of the runs
   * @param hours their length
   */
  public Clocks(World world, Instant start, int hours) {
    this.world = world;
    this.start = start;
    this.hours = hours;
  }

  /** The world whose countries they are of. */
  public World world() {
    return world;
  }

  /** When the people of a country are active; always alike where it is in no time zone. */
  public ActivityClock of(Country country) {
    return byCountry.computeIfAbsent(country, this::clock);
  }

  private ActivityClock clock(Country country) {
    double[] activity = world.activity(country, start, hours);
    return byActivity.computeIfAbsent(
        DoubleBuffer.wrap(activity), same -> new ActivityClock(activity));
  }
}
