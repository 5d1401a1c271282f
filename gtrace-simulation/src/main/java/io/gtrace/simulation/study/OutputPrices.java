package io.gtrace.simulation.study;

import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.RateCard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prices of the outputs of a study, looked up once for all of its runs: they differ in what people
 * do, not in what an output is. Safe for use by many threads.
 */
final class OutputPrices {
  private final RateCard card;
  private final Map<Place, List<HourRatios>> hours = new ConcurrentHashMap<>();
  private final Map<Kind, OutputPrice> prices = new ConcurrentHashMap<>();

  private record Place(int venue, String zone) {}

  private record Kind(Place place, int kind) {}

  OutputPrices(RateCard card) {
    this.card = card;
  }

  /**
   * @param workplaces of a run of the study
   * @param zone grid zone of the user, which feeds a device
   */
  OutputPrice of(Workplaces workplaces, int venue, int kind, String zone) {
    Place place = new Place(venue, zone);
    return prices.computeIfAbsent(
        new Kind(place, kind),
        missing -> {
          CardRow row = workplaces.row(venue, kind, zone);
          return OutputPrice.of(
              row,
              workplaces.volumes(venue, kind, row),
              hours.computeIfAbsent(place, unknown -> card.hourRatios(row)));
        });
  }
}
