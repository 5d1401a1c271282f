package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one run cost in one state of the factors, as plain numbers: all that an ensemble asks of
 * each of its runs.
 *
 * @param factorSet digest of the factors
 */
record DrawnPrices(
    String factorSet, State all, State ofIdle, List<State> cohorts, List<State> venues)
    implements MemberPrices, Serializable {
  private static final Impact[] IMPACTS = Impact.values();
  private static final int BASIC = Impact.CARBON_KG.ordinal();

  /** The basic impacts in their order; NaN where one is not known. */
  private record State(List<Double> values) implements Serializable {
    static State of(Footprint footprint, int draw) {
      return new State(
          IntStream.range(0, BASIC).mapToObj(i -> value(footprint, IMPACTS[i], draw)).toList());
    }

    private static double value(Footprint footprint, Impact impact, int draw) {
      if (Double.isNaN(footprint.median(impact))) {
        return Double.NaN;
      }
      return footprint.draw(impact, draw);
    }

    Footprint footprint(String factorSet) {
      double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
      return Footprint.of(factorSet, all, 0, impact -> new double[] {all[impact.ordinal()]});
    }
  }

  /**
   * The prices of a run in one state of the factors.
   *
   * @param run which of the ensemble: it goes with the draw of its number, and further runs begin
   *     with the first draw again
   * @param countries how many countries the run has
   * @param places how many venues it has
   */
  static DrawnPrices of(MemberPrices prices, int run, int countries, int places) {
    int draw = run % prices.total().draws(Impact.ENERGY_KWH).length;
    return new DrawnPrices(
        prices.total().factorSet(),
        State.of(prices.total(), draw),
        State.of(prices.idle(), draw),
        IntStream.range(0, countries)
            .mapToObj(cohort -> State.of(prices.ofCohort(cohort), draw))
            .toList(),
        IntStream.range(0, places)
            .mapToObj(venue -> State.of(prices.ofVenue(venue), draw))
            .toList());
  }

  @Override
  public Footprint total() {
    return all.footprint(factorSet);
  }

  @Override
  public Footprint idle() {
    return ofIdle.footprint(factorSet);
  }

  @Override
  public Footprint ofCohort(int cohort) {
    return cohorts.get(cohort).footprint(factorSet);
  }

  @Override
  public Footprint ofVenue(int venue) {
    return venues.get(venue).footprint(factorSet);
  }
}
