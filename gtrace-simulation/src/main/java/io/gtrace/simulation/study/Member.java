package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.Venues;
import io.gtrace.simulation.wave.WaveResult;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a study and its prices, as far as they are told: what happened in each cell of hour,
 * country, venue and kind is summed and let go, so that there is room for many runs.
 *
 * @param people who could be reached
 * @param countries of them
 * @param venues where outputs could be made; none where a study is about adoption alone
 * @param regions how many venues are regions of services, which come first
 * @param hours that were simulated
 * @param series hour by hour
 * @param spread by country
 * @param counts of the whole run
 * @param outputs made at each venue
 * @param prices what they cost
 * @param countedShare share of the outputs that belongs to what is studied
 */
record Member(
    long people,
    List<Country> countries,
    List<Place> venues,
    int regions,
    int hours,
    MemberSeries series,
    MemberSpread spread,
    Map<Count, Long> counts,
    List<Double> outputs,
    MemberPrices prices,
    double countedShare)
    implements Serializable {

  /** A country as people and tables name it. */
  record Country(String zone, String name) implements Serializable {}

  /**
   * A venue as people and tables name it.
   *
   * @param site of a region; empty for devices
   */
  record Place(String id, String name, String site) implements Serializable {
    static Place of(Venues.Venue venue) {
      if (venue instanceof Venues.InRegion in) {
        String service = in.service().id();
        String site = in.region().site();
        return new Place(service + "/" + site, service + " in " + site, site);
      }
      String device = ((Venues.OnDevice) venue).device().id();
      return new Place(device, "own " + device, "");
    }
  }

  /**
   * @param venues where outputs could be made; empty if the study is about adoption alone
   * @param nothing what no output at all costs
   * @param countedShare share of the outputs that belongs to what is studied
   */
  static Member of(
      WaveResult result,
      Optional<Venues> venues,
      OutputSums sums,
      Optional<WavePricing> prices,
      Footprint nothing,
      double countedShare) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(count, result.count(count));
    }
    return new Member(
        result.population().people(),
        result.population().cohorts().stream()
            .map(cohort -> new Country(cohort.zone(), cohort.name()))
            .toList(),
        venues.map(Venues::all).orElse(List.of()).stream().map(Place::of).toList(),
        venues.map(Venues::regions).orElse(0),
        result.hours(),
        new MemberSeries(result, sums, prices),
        new MemberSpread(result),
        counts,
        Arrays.stream(sums.outputsByVenue()).boxed().toList(),
        prices.isPresent() ? prices.get().prices() : new MemberPrices.None(nothing),
        countedShare);
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
    double local = outputs.stream().skip(regions).mapToDouble(Double::doubleValue).sum();
    return local / Math.max(1, allOutputs());
  }

  /** The place of a country in the population; -1 if nobody of it was reached. */
  int cohort(String zone) {
    for (int c = 0; c < countries.size(); c++) {
      if (countries.get(c).zone().equals(zone)) {
        return c;
      }
    }
    return -1;
  }

  Footprint total() {
    return prices.total();
  }

  Footprint idle() {
    return prices.idle();
  }

  Footprint ofCohort(int cohort) {
    return prices.ofCohort(cohort);
  }

  Footprint ofVenue(int venue) {
    return prices.ofVenue(venue);
  }

  /** The same in one state of the factors alone. */
  Member in(int draw) {
    return new Member(
        people,
        countries,
        venues,
        regions,
        hours,
        series,
        spread,
        counts,
        outputs,
        DrawnPrices.of(prices, draw, countries.size(), venues.size()),
        countedShare);
  }
}
