package io.gtrace.simulation.wave;

import io.gtrace.simulation.serving.Fleet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A run of which everything that was made is kept. */
final class RecordedWave {
  private final int cohorts;
  private final int venues;
  private final int kinds;
  private final List<long[]> outputs = new ArrayList<>();
  private final List<double[]> energyKwh = new ArrayList<>();
  private final List<double[]> idleKwh = new ArrayList<>();
  final WaveResult result;

  RecordedWave(
      Wave wave, EnergyOfOutput energy, Function<Venues.InRegion, Fleet> fleets, int threads) {
    cohorts = wave.population().cohorts().size();
    Venues all = new Venues(wave.use().orElseThrow());
    venues = all.all().size();
    kinds = wave.use().orElseThrow().kinds().size();
    result =
        new WaveSimulation(wave, energy, fleets)
            .run(
                42,
                threads,
                made -> {
                  record(made, all.regions());
                  return true;
                });
  }

  private void record(HourOfWave made, int regions) {
    long[] ofHour = new long[venues * kinds];
    for (int venue = 0; venue < venues; venue++) {
      for (int kind = 0; kind < kinds; kind++) {
        ofHour[venue * kinds + kind] = made.outputs(venue, kind);
      }
    }
    double[] kwhOfHour = new double[cohorts * venues * kinds];
    double[] kwhOfCohort = new double[venues * kinds];
    for (int cohort = 0; cohort < cohorts; cohort++) {
      made.energyKwh(cohort, kwhOfCohort);
      System.arraycopy(kwhOfCohort, 0, kwhOfHour, at(cohort, 0, 0), kwhOfCohort.length);
    }
    double[] idleOfHour = new double[regions];
    for (int region = 0; region < regions; region++) {
      idleOfHour[region] = made.idleKwh(region);
    }
    outputs.add(ofHour);
    energyKwh.add(kwhOfHour);
    idleKwh.add(idleOfHour);
  }

  private int at(int cohort, int venue, int kind) {
    return (cohort * venues + venue) * kinds + kind;
  }

  long outputs(int hour, int venue, int kind) {
    return outputs.get(hour)[venue * kinds + kind];
  }

  /** All outputs of a venue in an hour. */
  long outputs(int hour, int venue) {
    long sum = 0;
    for (int kind = 0; kind < kinds; kind++) {
      sum += outputs(hour, venue, kind);
    }
    return sum;
  }

  long outputs() {
    return outputs.stream().flatMapToLong(Arrays::stream).sum();
  }

  double energyKwh(int hour, int cohort, int venue, int kind) {
    return energyKwh.get(hour)[at(cohort, venue, kind)];
  }

  double energyKwh() {
    return energyKwh.stream().flatMapToDouble(Arrays::stream).sum();
  }

  double idleKwh(int hour, int region) {
    return idleKwh.get(hour)[region];
  }
}
