package io.gtrace.ledger.query;

import io.gtrace.factor.HourlyProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the cells that belong to what is asked, hour by hour, and where they are along its
 * dimensions. Dimensions of time and others are told apart once for each hour and for each kind of
 * cell: there are far fewer of both than of cells. To be used once.
 */
final class CellScan {
  /** The number of no place: of kinds of cells that nobody asks for. */
  static final int NOWHERE = -1;

  private final Asked asked;
  private final List<CellKind> kinds;
  private final Map<Integer, List<Optional<CardRows.Row>>> rowsByYear;
  private final List<GroupBy> times;
  private final List<GroupBy> others;
  private final Map<Integer, Places> placesByYear = new HashMap<>();
  private final Map<PlaceKey, Integer> placeNumbers = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<List<Object>, Integer> groups = new HashMap<>();
  private final Map<Long, Integer> siteNumbers = new HashMap<>();
  private final List<Long> sites = new ArrayList<>();
  private final Map<List<Object>, Integer> timeNumbers = new HashMap<>();
  private final List<List<Object>> timeKeys = new ArrayList<>();

  /**
   * Where cells are along the dimensions that are no times, and at which row of the card.
   *
   * @param group number of its keys, from 0 on: places of one group differ by the card alone
   */
  record Place(int group, List<Object> keys, CardNumbers card) {}

  private record PlaceKey(List<Object> keys, CardNumbers card) {}

  /** An hour, or no time. */
  static final class Hour {
    private final int time;
    private final int slot;
    private final Places places;

    private Hour(int time, int slot, Places places) {
      this.time = time;
      this.slot = slot;
      this.places = places;
    }

    /**
     * The number of its keys along the dimensions of time, from 0 on: hours of one time follow each
     * other.
     */
    int time() {
      return time;
    }

    /** Of the year; {@link WorkOfHour#NO_TIME} if it has no time. */
    int slot() {
      return slot;
    }

    /** The number of the place of a kind of cells in it, or {@link #NOWHERE}. */
    int place(int kind) {
      return places.placeOfKind[kind];
    }

    /** The number of the site of a kind of cells in it that is asked for. */
    int site(int kind) {
      return places.siteOfKind[kind];
    }
  }

  /** Where the kinds of cells are in the hours of a year. */
  private static final class Places {
    private final int[] placeOfKind;
    private final int[] siteOfKind;

    Places(int kinds) {
      placeOfKind = new int[kinds];
      Arrays.fill(placeOfKind, NOWHERE);
      siteOfKind = new int[kinds];
    }
  }

  /** Takes cells. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes the cells of a block that are of one hour. Hours come in their order.
     *
     * @param from the first of the cells
     * @param to after the last of them
     */
    void cells(CellColumns block, int from, int to, Hour hour);
  }

  /** What is left of a block. */
  private static final class Rest {
    private final CellColumns block;
    private final int end;
    private int next;

    Rest(CellColumns block, int begin, int end) {
      this.block = block;
      this.end = end;
      next = begin;
    }

    boolean isOver() {
      return next >= end;
    }

    int hour() {
      return block.hour(next);
    }

    /** Gives the cells of an hour, if they come next. */
    void give(int number, Hour hour, Visitor visitor) {
      int from = next;
      while (next < end && block.hour(next) == number) {
        next++;
      }
      if (next > from) {
        visitor.cells(block, from, next, hour);
      }
    }
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

  /** How many places were told so far. */
  int placeCount() {
    return places.size();
  }

  /** A place that was told by its number. */
  Place place(int number) {
    return places.get(number);
  }

  /** Sites that were told so far, by their numbers here: what the card calls each. */
  List<Long> sites() {
    return Collections.unmodifiableList(sites);
  }

  /** Gives the cells of the hours that are asked for. */
  void each(List<CellColumns> blocks, Visitor visitor) {
    List<Rest> rests = new ArrayList<>();
    blocks.forEach(block -> rests.add(new Rest(block, begin(block), end(block))));
    rests.removeIf(Rest::isOver);
    while (!rests.isEmpty()) {
      int number = rests.stream().mapToInt(Rest::hour).min().orElseThrow();
      Hour hour = hour(number);
      rests.forEach(rest -> rest.give(number, hour, visitor));
      rests.removeIf(Rest::isOver);
    }
  }

  private int begin(CellColumns block) {
    Period period = asked.period();
    return period.equals(Period.ALL)
        ? 0
        : block.firstFrom(period.from().map(CellColumns::hourFrom).orElse(CellColumns.NO_HOUR + 1));
  }

  private int end(CellColumns block) {
    return asked
        .period()
        .to()
        .map(CellColumns::hourFrom)
        .map(block::firstFrom)
        .orElse(block.count());
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

  private Places places(int year) {
    List<Optional<CardRows.Row>> rows = rowsByYear.getOrDefault(year, List.of());
    boolean hasTime = year != CellColumns.NO_YEAR;
    Places found = new Places(kinds.size());
    for (int k = 0; k < rows.size(); k++) {
      int number = k;
      CellKind kind = kinds.get(k);
      rows.get(k)
          .filter(row -> asked.takes(kind, row, hasTime))
          .ifPresent(row -> {
            found.placeOfKind[number] = place(kind, row, hasTime);
            found.siteOfKind[number] = site(row.numbers().site());
          });
    }
    return found;
  }

  private int place(CellKind kind, CardRows.Row row, boolean hasTime) {
    List<Object> keys = new ArrayList<>();
    others.forEach(each -> keys.add(each.of(kind, row, hasTime)));
    return placeNumbers.computeIfAbsent(
        new PlaceKey(keys, row.numbers()),
        unknown -> {
          int group = groups.computeIfAbsent(keys, first -> groups.size());
          places.add(new Place(group, keys, row.numbers()));
          return places.size() - 1;
        });
  }

  private int site(long siteNo) {
    return siteNumbers.computeIfAbsent(
        siteNo,
        unknown -> {
          sites.add(siteNo);
          return sites.size() - 1;
        });
  }
}
