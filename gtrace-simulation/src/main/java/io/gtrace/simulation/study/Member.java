package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.Venues;
import io.gtrace.simulation.wave.WaveResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a study and its prices, as far as they are told: what happened in each cell of hour,
 * country, venue and kind is summed and let go, so that there is room for many runs.
 *
 * @param population who could be reached
 * @param venues where outputs were made; empty where a study is about adoption alone
 * @param hours that were simulated
 * @param series hour by hour
 * @param spread by country
 * @param counts of the whole run
 * @param outputs made at each venue
 * @param prices what they cost; empty where a study is about adoption alone
 * @param nothing what no output at all costs
 * @param countedShare share of the outputs that belongs to what is studied
 */
record Member(
    Population population,
    Optional<Venues> venues,
    int hours,
    MemberSeries series,
    MemberSpread spread,
    Map<Count, Long> counts,
    List<Double> outputs,
    Optional<WavePricing> prices,
    Footprint nothing,
    double countedShare) {

  /**
   * @param nothing what no output at all costs
   * @param countedShare share of the outputs that belongs to what is studied
   */
  static Member of(
      WaveResult result, Optional<WavePricing> prices, Footprint nothing, double countedShare) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(count, result.count(count));
    }
    return new Member(
        result.population(),
        result.venues(),
        result.hours(),
        new MemberSeries(result, prices),
        new MemberSpread(result),
        counts,
        outputsByVenue(result),
        prices,
        nothing,
        countedShare);
  }

  private static List<Double> outputsByVenue(WaveResult result) {
    int venues = result.venues().map(of -> of.all().size()).orElse(0);
    double[] sums = new double[venues];
    for (int hour = 0; hour < result.hours(); hour++) {
      for (int cohort = 0; cohort < result.population().cohorts().size(); cohort++) {
        for (int venue = 0; venue < venues; venue++) {
          sums[venue] += result.outputsOf(hour, cohort, venue);
        }
      }
    }
    return Arrays.stream(sums).boxed().toList();
  }

  double count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  /** All outputs. */
  double allOutputs() {
    return outputs.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Share of the outputs that were made on devices of people's own, 0 to 1. */
  double localShare() {
    int regions = venues.map(Venues::regions).orElse(0);
    double local = outputs.stream().skip(regions).mapToDouble(Double::doubleValue).sum();
    return local / Math.max(1, allOutputs());
  }

  /** The place of a country in the population; -1 if nobody of it was reached. */
  int cohort(String zone) {
    List<Cohort> cohorts = population.cohorts();
    for (int c = 0; c < cohorts.size(); c++) {
      if (cohorts.get(c).zone().equals(zone)) {
        return c;
      }
    }
    return -1;
  }

  Footprint total() {
    return prices.map(WavePricing::total).orElse(nothing);
  }

  Footprint idle() {
    return prices.map(WavePricing::idle).orElse(nothing);
  }

  Footprint ofCohort(int cohort) {
    return prices.map(of -> of.ofCohort(cohort)).orElse(nothing);
  }

  Footprint ofVenue(int venue) {
    return prices.map(of -> of.ofVenue(venue)).orElse(nothing);
  }
}
