package io.gtrace.simulation.wave;

import io.gtrace.simulation.serving.FleetHour;
import java.util.Arrays;
import java.util.Optional;

/**
 * What was made in an hour of a run by venue and kind, its energy also by cohort, and how fleets
 * did. There is one for all hours of a run, written anew in each: who needs an hour later takes
 * from it what is needed.
 */
public final class HourOfWave {
  private final int kinds;
  private final int cells;
  private final double[] energyKwh;
  private final long[] outputsOfCells;
  private final double[] energyKwhOfCells;
  private FleetHour[] fleets;
  private int hour;

  HourOfWave(Wave wave) {
    Optional<Venues> venues = wave.use().map(Venues::new);
    kinds = wave.use().map(use -> use.kinds().size()).orElse(0);
    cells = venues.map(all -> all.all().size()).orElse(0) * kinds;
    energyKwh = new double[Math.multiplyExact(wave.population().cohorts().size(), cells)];
    outputsOfCells = new long[cells];
    energyKwhOfCells = new double[cells];
    fleets = new FleetHour[0];
  }

  /** Forgets the hour before. */
  void begin(int now) {
    hour = now;
    Arrays.fill(energyKwh, 0);
    Arrays.fill(outputsOfCells, 0);
    Arrays.fill(energyKwhOfCells, 0);
  }

  void add(int cohort, long[] addedOutputs, double[] addedKwh, int fromCell) {
    int first = cohort * cells;
    long[] toOutputs = outputsOfCells;
    double[] toKwh = energyKwh;
    for (int c = 0; c < cells; c++) {
      toOutputs[c] += addedOutputs[fromCell + c];
      toKwh[first + c] += addedKwh[fromCell + c];
    }
  }

  /**
   * Takes in how fleets did, once all outputs are added: the load of the hour sets the energy of
   * all of a fleet's.
   *
   * @param byVenue of the regions, which are the first venues
   * @param loadShares for each region, the share of the energy of each kind that the load scales
   */
  void close(FleetHour[] byVenue, double[][] loadShares) {
    fleets = byVenue;
    double[] scale = new double[cells];
    Arrays.fill(scale, 1);
    for (int region = 0; region < loadShares.length; region++) {
      for (int kind = 0; kind < kinds; kind++) {
        scale[region * kinds + kind] =
            1 + loadShares[region][kind] * (byVenue[region].energyRatio() - 1);
      }
    }
    for (int first = 0; first < energyKwh.length; first += cells) {
      close(first, scale);
    }
  }

  private void close(int first, double[] scale) {
    double[] kwhOfCells = energyKwhOfCells;
    for (int c = 0; c < scale.length; c++) {
      double kwh = energyKwh[first + c] * scale[c];
      energyKwh[first + c] = kwh;
      kwhOfCells[c] += kwh;
    }
  }

  /** Which hour of the run, from 0. */
  public int hour() {
    return hour;
  }

  /** Outputs made of a kind at a venue. */
  public long outputs(int venue, int kind) {
    return outputsOfCells[venue * kinds + kind];
  }

  /**
   * The energy of all outputs for a cohort, each with every factor of the rate card at its median,
   * kWh.
   *
   * @param byVenueAndKind takes that of each kind at the first venue, then at the next
   */
  public void energyKwh(int cohort, double[] byVenueAndKind) {
    System.arraycopy(energyKwh, cohort * cells, byVenueAndKind, 0, cells);
  }

  /** Outputs made at a venue. */
  public long outputs(int venue) {
    return Arrays.stream(outputsOfCells, venue * kinds, (venue + 1) * kinds).sum();
  }

  /** Energy of all outputs with every factor of the rate card at its median, kWh. */
  public double energyKwh() {
    return Arrays.stream(energyKwhOfCells).sum();
  }

  /** How the fleet of a region did; regions are the first venues. */
  public FleetHour fleet(int region) {
    return fleets[region];
  }

  /**
   * Energy of the machines of a region that made nothing, so that no output bears it, kWh before
   * the overhead of the facility; 0 if they made something.
   */
  public double idleKwh(int region) {
    return outputs(region) > 0 ? 0 : fleets[region].idleKwh();
  }
}
