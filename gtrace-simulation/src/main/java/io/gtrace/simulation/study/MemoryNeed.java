package io.gtrace.simulation.study;

import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.Wave;
import java.util.Locale;

/**
 * Memory that a run takes.
 *
 * @param bytes of people, events in flight and what is booked
 * @param settings that the run was asked for with
 */
record MemoryNeed(double bytes, StudyRun.Settings settings) {
  private static final double MEGABYTE = 1 << 20;

  /** One byte of state; events in flight of those who take part at the height of a wave. */
  private static final double BYTES_OF_PERSON = 2.5;

  private static final double BYTES_OF_CELL = 16;
  private static final double BYTES_OF_COUNTS = 8.0 * Count.values().length;

  static MemoryNeed of(Wave wave, StudyRun.Settings settings) {
    double cells =
        wave.use()
            .map(use -> {
              int regions = use.services().stream().mapToInt(of -> of.regions().size()).sum();
              return (double) (regions + use.devices().size()) * use.kinds().size();
            })
            .orElse(0.0);
    double booked =
        (double) wave.hours()
            * wave.population().cohorts().size()
            * (cells * BYTES_OF_CELL + BYTES_OF_COUNTS);
    double atOnce = settings.runs() == 1 ? 1 : Math.min(settings.threads(), settings.runs());
    double people = (double) wave.population().people() * BYTES_OF_PERSON;
    return new MemoryNeed((people + booked) * atOnce, settings);
  }

  /** Refuses a run that does not fit. */
  void require() {
    double there = Runtime.getRuntime().maxMemory() * settings.memoryShare();
    if (bytes > there) {
      throw new StudyException(
          String.format(
              Locale.ROOT,
              "the run needs about %,.0f MB of memory and may take %,.0f MB: use a scale of %.2g,"
                  + " or more memory (GTRACE_HEAP=%.0fm)",
              bytes / MEGABYTE,
              there / MEGABYTE,
              settings.scale() * there / bytes * 0.9,
              Math.ceil(bytes / MEGABYTE * 1.2)));
    }
  }
}
