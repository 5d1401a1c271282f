package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.serving.FleetHour;
import java.util.Arrays;
import java.util.Optional;

/**
 * What happened in a run, by hour and cohort; outputs and their energy also by venue and kind.
 * Filled by the run, read-only for everyone else.
 */
public final class WaveResult {
  private static final int COUNTS = Count.values().length;

  private final Population population;
  private final Optional<Venues> venues;
  private final int kinds;
  private final int cells;
  private final int cohorts;
  private final long[] counts;
  private final long[] outputs;
  private final double[] energyKwh;
  private final int regions;
  private final FleetHour[] fleetHours;
  private int hours;

  WaveResult(Wave wave) {
    population = wave.population();
    venues = wave.use().map(Venues::new);
    kinds = wave.use().map(use -> use.kinds().size()).orElse(0);
    cells = venues.map(all -> all.all().size()).orElse(0) * kinds;
    cohorts = population.cohorts().size();
    counts = new long[Math.multiplyExact(wave.hours() * cohorts, COUNTS)];
    outputs = new long[Math.multiplyExact(wave.hours() * cohorts, cells)];
    energyKwh = new double[outputs.length];
    regions = venues.map(Venues::regions).orElse(0);
    fleetHours = new FleetHour[wave.hours() * regions];
    Arrays.fill(fleetHours, FleetHour.AT_EASE);
  }

  void add(
      int hour,
      int cohort,
      long[] addedCounts,
      int fromCount,
      long[] addedOutputs,
      double[] addedKwh,
      int fromCell) {
    int at = hour * cohorts + cohort;
    for (int c = 0; c < COUNTS; c++) {
      counts[at * COUNTS + c] += addedCounts[fromCount + c];
    }
    for (int c = 0; c < cells; c++) {
      outputs[at * cells + c] += addedOutputs[fromCell + c];
      energyKwh[at * cells + c] += addedKwh[fromCell + c];
    }
  }

  /**
   * Takes in how a fleet did: the load of the hour sets the energy of all its outputs.
   *
   * @param loadShares share of the energy of each kind that the load scales
   */
  void book(int hour, int region, FleetHour load, double[] loadShares) {
    fleetHours[hour * regions + region] = load;
    for (int cohort = 0; cohort < cohorts; cohort++) {
      for (int kind = 0; kind < kinds; kind++) {
        energyKwh[cell(hour, cohort, region, kind)] *=
            1 + loadShares[kind] * (load.energyRatio() - 1);
      }
    }
  }

  void finished(int hour) {
    hours = hour + 1;
  }

  /** Hours that were simulated: fewer than asked for if the run was stopped. */
  public int hours() {
    return hours;
  }

  public Population population() {
    return population;
  }

  /** Where outputs were made; empty if the wave was about adoption alone. */
  public Optional<Venues> venues() {
    return venues;
  }

  public int kinds() {
    return kinds;
  }

  /** How often something happened in an hour in a cohort. */
  public long count(int hour, int cohort, Count count) {
    return counts[(hour * cohorts + cohort) * COUNTS + count.ordinal()];
  }

  /** How often something happened in an hour. */
  public long count(int hour, Count count) {
    long sum = 0;
    for (int cohort = 0; cohort < cohorts; cohort++) {
      sum += count(hour, cohort, count);
    }
    return sum;
  }

  /** How often something happened in the run. */
  public long count(Count count) {
    long sum = 0;
    for (int hour = 0; hour < hours; hour++) {
      sum += count(hour, count);
    }
    return sum;
  }

  /** Outputs made of a kind at a venue for a cohort in an hour. */
  public long outputs(int hour, int cohort, int venue, int kind) {
    return outputs[cell(hour, cohort, venue, kind)];
  }

  /** Their energy with every factor of the rate card at its median, kWh. */
  public double energyKwh(int hour, int cohort, int venue, int kind) {
    return energyKwh[cell(hour, cohort, venue, kind)];
  }

  /**
   * Fills rows with the energy for a cohort, each with that of a venue and kind by hour, kWh: kinds
   * of the first venue first. Read in the order in which it lies.
   */
  public void energyKwh(int cohort, double[][] rows) {
    for (int hour = 0; hour < hours; hour++) {
      int first = (hour * cohorts + cohort) * cells;
      for (int cell = 0; cell < cells; cell++) {
        rows[cell][hour] = energyKwh[first + cell];
      }
    }
  }

  /** How the fleet of a region did in an hour; regions are the first venues. */
  public FleetHour fleet(int hour, int region) {
    return fleetHours[hour * regions + region];
  }

  /**
   * Energy of the machines of a region in an hour in which they made nothing, so that no output
   * bears it, kWh before the overhead of the facility; 0 in all other hours.
   */
  public double idleKwh(int hour, int region) {
    for (int cohort = 0; cohort < cohorts; cohort++) {
      if (outputsOf(hour, cohort, region) > 0) {
        return 0;
      }
    }
    return fleet(hour, region).idleKwh();
  }

  /** Outputs made at a venue for a cohort in an hour. */
  public long outputsOf(int hour, int cohort, int venue) {
    long sum = 0;
    for (int kind = 0; kind < kinds; kind++) {
      sum += outputs(hour, cohort, venue, kind);
    }
    return sum;
  }

  /** Outputs made in an hour. */
  public long outputsOf(int hour) {
    long sum = 0;
    for (int at = hour * cohorts * cells; at < (hour + 1) * cohorts * cells; at++) {
      sum += outputs[at];
    }
    return sum;
  }

  /** Their energy with every factor of the rate card at its median, kWh. */
  public double energyKwhOf(int hour) {
    double sum = 0;
    for (int at = hour * cohorts * cells; at < (hour + 1) * cohorts * cells; at++) {
      sum += energyKwh[at];
    }
    return sum;
  }

  /** All outputs. */
  public long outputs() {
    long sum = 0;
    for (long each : outputs) {
      sum += each;
    }
    return sum;
  }

  /** Energy of all outputs with every factor of the rate card at its median, kWh. */
  public double energyKwh() {
    double sum = 0;
    for (double each : energyKwh) {
      sum += each;
    }
    return sum;
  }

  private int cell(int hour, int cohort, int venue, int kind) {
    return (hour * cohorts + cohort) * cells + venue * kinds + kind;
  }
}
