package io.gtrace.simulation.study;

import io.gtrace.simulation.adoption.Threshold;
import io.gtrace.simulation.use.Use;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.Wave;
import io.gtrace.simulation.wave.WaveSimulation;
import java.util.Locale;

/**
 * Memory that runs take.
 *
 * @param peopleBytes of people and events in flight, which a smaller scale makes less
 * @param bookedBytes of what is counted by hour and country, and made by country, venue and kind
 * @param settings that the runs were asked for with
 */
record MemoryNeed(double peopleBytes, double bookedBytes, StudyRun.Settings settings) {
  private static final double MEGABYTE = 1 << 20;
  private static final double MARGIN = 0.9;

  /** State, and events in flight other than exposures. */
  private static final double BYTES_OF_PERSON = 1;

  private static final double BYTES_OF_EXPOSURE = 4;

  /** Of all exposures of a wave those on their way at its height, and what sorts them. */
  private static final double SHARE_ON_THE_WAY = 0.3;

  /** Where it takes several exposures they are counted. */
  private static final double BYTES_OF_TALLY = 1;

  /** What was made in an hour, and sums of it, with the objects that hold them. */
  private static final double BYTES_OF_CELL = 16 + 96;

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
        wave.population().cohorts().size()
            * (cells * BYTES_OF_CELL + wave.hours() * BYTES_OF_COUNTS);
    double atOnce = settings.runs() == 1 ? 1 : Math.min(settings.threads(), settings.runs());
    return new MemoryNeed(peopleBytes(wave) * atOnce, booked * atOnce, settings);
  }

  private static double peopleBytes(Wave wave) {
    double people = (double) wave.population().people();
    double adopting = people * wave.use().map(Use::trialShare).orElse(1.0);
    double exposures = adopting * wave.adoption().meanExposures(wave.hours());
    double tally = wave.adoption() instanceof Threshold ? BYTES_OF_TALLY : 0;
    double onTheWay = exposures * SHARE_ON_THE_WAY;
    return people * (BYTES_OF_PERSON + tally)
        + onTheWay * BYTES_OF_EXPOSURE
        + WaveSimulation.calendarBytes(wave, adopting + onTheWay);
  }

  /**
   * Refuses runs that do not fit.
   *
   * @param tree that says how many people there are
   */
  void require(StudyTree tree) {
    double there = Runtime.getRuntime().maxMemory() * settings.memoryShare();
    double bytes = peopleBytes + bookedBytes;
    if (bytes > there) {
      throw tree.fault(
          "/people/reachable",
          String.format(
              Locale.ROOT,
              "the run needs about %,.0f MB of memory and may take %,.0f MB: use %s, or more memory"
                  + " (GTRACE_HEAP=%.0fm)",
              bytes / MEGABYTE,
              there / MEGABYTE,
              less(there),
              Math.ceil(bytes / MEGABYTE / settings.memoryShare() / MARGIN)));
    }
  }

  private String less(double there) {
    double scale = settings.scale() * (there * MARGIN - bookedBytes) / peopleBytes;
    return scale > 0
        ? String.format(Locale.ROOT, "a scale of %.2g", scale)
        : "fewer days, countries, regions or threads";
  }
}
