package io.gtrace.ledger.query;

import io.gtrace.factor.HourlyProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the cells that belong to what is asked, and where they are along its dimensions. Dimensions
 * of time and others are told apart once for each hour and for each kind of cell: there are far
 * fewer of both than of cells. To be used once.
 */
final class CellScan {
  private static final Place NOT_ASKED_FOR = new Place(-1, List.of(), new CardNumbers(0, 0, 0));

  private final Asked asked;
  private final List<CellKind> kinds;
  private final Map<Integer, List<Optional<CardRows.Row>>> rowsByYear;
  private final List<GroupBy> times;
  private final List<GroupBy> others;
  private final Map<Integer, Hour> hours = new HashMap<>();
  private final Map<Integer, List<Place>> placesByYear = new HashMap<>();
  private final Map<PlaceKey, Place> places = new HashMap<>();
  private final Map<List<Object>, Integer> timeNumbers = new HashMap<>();
  private final List<List<Object>> timeKeys = new ArrayList<>();

  /**
   * Where cells are along the dimensions that are no times, and at which row of the card.
   *
   * @param number from 0 on; negative where no cell is asked for
   */
  record Place(int number, List<Object> keys, CardNumbers card) {
    private boolean isAskedFor() {
      return number >= 0;
    }
  }

  private record PlaceKey(List<Object> keys, CardNumbers card) {}

  /**
   * An hour, or no time.
   *
   * @param time number of its keys along the dimensions of time
   * @param slot of the year; {@link WorkOfHour#NO_TIME} if it has no time
   * @param places of the cells in it, by their kinds
   */
  private record Hour(int time, int slot, List<Place> places) {}

  /** Takes cells. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param time number of the place along the dimensions of time, from 0 on
     * @param slot of the year; {@link WorkOfHour#NO_TIME} if it has no time
     */
    void cell(CellColumns block, int cell, Place place, int time, int slot);
  }

  /**
   * @param kinds by their numbers
   * @param rowsByYear by year, the row that prices each kind, if the card has one
   */
  CellScan(
      Asked asked, List<CellKind> kinds, Map<Integer, List<Optional<CardRows.Row>>> rowsByYear) {
    this.asked = asked;
    this.kinds = kinds;
    this.rowsByYear = rowsByYear;
    times = asked.dimensions().stream().filter(GroupBy::isTime).toList();
    others = asked.dimensions().stream().filter(each -> !each.isTime()).toList();
  }

  /** Gives the cells of a block that belong to what is asked. */
  void each(CellColumns block, Visitor visitor) {
    int number = CellColumns.NO_HOUR;
    Hour hour = hours.computeIfAbsent(number, this::hour);
    int end =
        asked.period().to().map(CellColumns::hourFrom).map(block::firstFrom).orElse(block.count());
    for (int i = begin(block); i < end; i++) {
      if (block.hour(i) != number) {
        number = block.hour(i);
        hour = hours.computeIfAbsent(number, this::hour);
      }
      Place place = hour.places().get(block.kind(i));
      if (place.isAskedFor()) {
        visitor.cell(block, i, place, hour.time(), hour.slot());
      }
    }
  }

  private int begin(CellColumns block) {
    Period period = asked.period();
    return period.equals(Period.ALL)
        ? 0
        : block.firstFrom(period.from().map(CellColumns::hourFrom).orElse(CellColumns.NO_HOUR + 1));
  }

  /**
   * The keys of a place at a time, in the order of the dimensions.
   *
   * @param time its number
   */
  List<Object> keys(Place place, int time) {
    List<Object> keys = new ArrayList<>();
    int nextTime = 0;
    int nextOther = 0;
    for (GroupBy dimension : asked.dimensions()) {
      keys.add(
          dimension.isTime() ? timeKeys.get(time).get(nextTime++) : place.keys().get(nextOther++));
    }
    return keys;
  }

  private Hour hour(int number) {
    Optional<Instant> start = CellColumns.start(number);
    List<Object> keys = times.stream().map(each -> each.ofHour(start)).toList();
    int time =
        timeNumbers.computeIfAbsent(
            keys,
            unknown -> {
              timeKeys.add(keys);
              return timeKeys.size() - 1;
            });
    return new Hour(
        time,
        start.map(HourlyProfile::slotOf).orElse(WorkOfHour.NO_TIME),
        placesByYear.computeIfAbsent(CellColumns.year(number), this::places));
  }

  private List<Place> places(int year) {
    List<Optional<CardRows.Row>> rows = rowsByYear.getOrDefault(year, List.of());
    List<Place> found = new ArrayList<>(kinds.size());
    for (int kind = 0; kind < rows.size(); kind++) {
      found.add(place(kinds.get(kind), rows.get(kind), year != CellColumns.NO_YEAR));
    }
    return found;
  }

  private Place place(CellKind kind, Optional<CardRows.Row> priced, boolean hasTime) {
    return priced
        .filter(row -> asked.takes(kind, row, hasTime))
        .map(row -> {
          List<Object> keys = new ArrayList<>();
          others.forEach(each -> keys.add(each.of(kind, row, hasTime)));
          return places.computeIfAbsent(
              new PlaceKey(keys, row.numbers()),
              unknown -> new Place(places.size(), keys, row.numbers()));
        })
        .orElse(NOT_ASKED_FOR);
  }
}
