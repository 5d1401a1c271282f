package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ratecard.HourRatios;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a state of a ledger in memory, and the rows of the card that price them. They tell
 * the same as the database does, up to the order of summing. Immutable.
 */
final class HeldCells {
  /** Odd, so that different numbers stay different: 2^64 over the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final List<CellColumns> blocks;
  private final List<CellKind> kinds;
  private final Amounts.Columns columns;

  /** By year, the row that prices each kind, if the card has one. */
  private final Map<Integer, List<Optional<CardRows.Row>>> rowsByYear;

  /**
   * @param kinds by their numbers
   */
  HeldCells(List<CellColumns> blocks, List<CellKind> kinds, CardRows rows) {
    this.blocks = List.copyOf(blocks);
    this.kinds = List.copyOf(kinds);
    Set<Driver> drivers = EnumSet.of(Driver.REQUESTS);
    Set<Integer> years = new HashSet<>(Set.of(CellColumns.NO_YEAR));
    blocks.forEach(block -> {
      drivers.addAll(block.drivers());
      years.addAll(block.years());
    });
    columns = new Amounts.Columns(List.copyOf(drivers));
    rowsByYear =
        years.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    year -> year,
                    year -> kinds.stream().map(kind -> rows.find(kind.priced(year))).toList()));
  }

  /** Tells the hours of sites of the card. */
  @FunctionalInterface
  interface SiteHours {
    /** Those of each slot of a year; none of a site of which only the year is known. */
    List<HourRatios> of(long siteNo);
  }

  /**
   * Sums what is asked for.
   *
   * @throws TooManyLinesException if it would tell more lines apart than are asked for
   */
  List<Summed> sums(Asked asked, SiteHours hours) {
    CellScan scan = new CellScan(asked, kinds, rowsByYear);
    Sums sums = new Sums(asked, scan, hours);
    for (CellColumns block : blocks) {
      sums.begin(block);
      scan.each(block, sums);
    }
    return sums.told();
  }

  /** Sums of places at times. */
  private final class Sums implements CellScan.Visitor {
    private final Asked asked;
    private final CellScan scan;
    private final SiteHours hours;
    private final boolean withinHours;
    private final Map<Long, Sum> sums = new LinkedHashMap<>();
    private final Set<List<Object>> lines = new HashSet<>();

    /** By the number of the place: cells come by their hours, and so the next is often the same. */
    private @Nullable Sum[] lastOfPlace = {};

    /** Where the drivers of a block are among those of all. */
    private int[] positions = {};

    Sums(Asked asked, CellScan scan, SiteHours hours) {
      this.asked = asked;
      this.scan = scan;
      this.hours = hours;
      withinHours = asked.dimensions().contains(GroupBy.HOUR);
    }

    void begin(CellColumns block) {
      positions = block.drivers().stream().mapToInt(columns.drivers()::indexOf).toArray();
    }

    @Override
    public void cell(CellColumns block, int cell, CellScan.Place place, int time, int slot) {
      if (place.number() >= lastOfPlace.length) {
        lastOfPlace = Arrays.copyOf(lastOfPlace, 2 * place.number() + 1);
      }
      Sum sum = lastOfPlace[place.number()];
      if (sum == null || sum.time != time) {
        sum = sum(place, time, slot);
        lastOfPlace[place.number()] = sum;
      }
      sum.add(block, cell, positions, slot);
    }

    private Sum sum(CellScan.Place place, int time, int slot) {
      // The hash of a long folds its halves, and small numbers in both would meet too often.
      long key = (((long) place.number() << Integer.SIZE) | time) * SPREAD;
      Sum known = sums.get(key);
      if (known != null) {
        return known;
      }
      Sum sum = newSum(place, time, slot);
      sums.put(key, sum);
      return sum;
    }

    private Sum newSum(CellScan.Place place, int time, int slot) {
      List<Object> keys = scan.keys(place, time);
      if (lines.add(keys) && lines.size() > asked.mostLines()) {
        throw new TooManyLinesException(asked.mostLines());
      }
      return withinHours
          ? new SumOfHour(keys, place.card(), time, columns, slot)
          : new WeightedSum(keys, place.card(), time, columns, hours.of(place.card().site()));
    }

    List<Summed> told() {
      return sums.values().stream().map(Sum::told).toList();
    }
  }

  /** What is at a place at a time. */
  private abstract static class Sum {
    private final List<Object> keys;
    private final CardNumbers card;
    private final int time;
    private long activities;

    Sum(List<Object> keys, CardNumbers card, int time) {
      this.keys = keys;
      this.card = card;
      this.time = time;
    }

    /**
     * Adds a cell.
     *
     * @param positions where the drivers of the block are in this
     */
    void add(CellColumns block, int cell, int[] positions, int slot) {
      activities += block.activities(cell);
      addVolumes(block, cell, positions, slot);
    }

    abstract void addVolumes(CellColumns block, int cell, int[] positions, int slot);

    abstract Amounts amounts();

    Summed told() {
      return new Summed(keys, card, activities, amounts(), Optional.empty());
    }
  }

  /** All cells are of one hour, which weights them when all are there. */
  private static final class SumOfHour extends Sum {
    private final Amounts.Columns columns;
    private final int slot;
    private final double[] volumes;

    SumOfHour(List<Object> keys, CardNumbers card, int time, Amounts.Columns columns, int slot) {
      super(keys, card, time);
      this.columns = columns;
      this.slot = slot;
      volumes = new double[columns.count()];
    }

    @Override
    void addVolumes(CellColumns block, int cell, int[] positions, int sameSlot) {
      for (int d = 0; d < positions.length; d++) {
        volumes[positions[d]] += block.volume(d, cell);
      }
    }

    @Override
    Amounts amounts() {
      return Amounts.ofHour(columns, volumes, slot);
    }
  }

  /** Each cell is weighted by its hour. */
  private static final class WeightedSum extends Sum {
    private final Amounts.Columns columns;
    private final List<HourRatios> hours;
    private final double[] volumes;
    private final double[] locationBased;
    private final double[] marketBased;

    WeightedSum(
        List<Object> keys,
        CardNumbers card,
        int time,
        Amounts.Columns columns,
        List<HourRatios> hours) {
      super(keys, card, time);
      this.columns = columns;
      this.hours = hours;
      volumes = new double[columns.count()];
      locationBased = new double[columns.count()];
      marketBased = new double[columns.count()];
    }

    @Override
    void addVolumes(CellColumns block, int cell, int[] positions, int slot) {
      HourRatios hour = StoredCard.ofSlot(hours, slot);
      for (int d = 0; d < positions.length; d++) {
        double volume = block.volume(d, cell);
        int to = positions[d];
        volumes[to] += volume;
        locationBased[to] += volume * hour.locationBased();
        marketBased[to] += volume * hour.marketBased();
      }
    }

    @Override
    Amounts amounts() {
      return Amounts.weighted(columns, volumes, locationBased, marketBased);
    }
  }

  /** How many lines an answer has. */
  long countLines(Asked asked) {
    CellScan scan = new CellScan(asked, kinds, rowsByYear);
    Map<List<Object>, Set<Integer>> timesOfPlaces = new HashMap<>();
    for (CellColumns block : blocks) {
      scan.each(
          block,
          (same, cell, place, time, slot) ->
              timesOfPlaces.computeIfAbsent(place.keys(), unknown -> new HashSet<>()).add(time));
    }
    return timesOfPlaces.values().stream().mapToLong(Set::size).sum();
  }

  /** From the first hour with an activity to the end of the last; unbounded if none has a time. */
  Period period() {
    List<Period> periods = blocks.stream().flatMap(block -> block.period().stream()).toList();
    return new Period(
        periods.stream().flatMap(each -> each.from().stream()).min(Comparator.naturalOrder()),
        periods.stream().flatMap(each -> each.to().stream()).max(Comparator.naturalOrder()));
  }

  /** The sites of the card that price what is asked for. */
  Set<Long> sites(Asked asked) {
    Set<Long> sites = new HashSet<>();
    rowsByYear.forEach((year, rows) -> {
      for (int kind = 0; kind < rows.size(); kind++) {
        CellKind of = kinds.get(kind);
        rows.get(kind)
            .filter(row -> asked.takes(of, row, year != CellColumns.NO_YEAR))
            .ifPresent(row -> sites.add(row.numbers().site()));
      }
    });
    return sites;
  }

  /** Models that the factors did not know, with how many activities they have: most first. */
  Map<String, Long> unknownModels() {
    Map<Integer, long[]> countsByYear = new HashMap<>();
    for (CellColumns block : blocks) {
      int hour = CellColumns.NO_HOUR;
      long[] counts = countsByYear.computeIfAbsent(CellColumns.year(hour), this::noCounts);
      for (int i = 0; i < block.count(); i++) {
        if (block.hour(i) != hour) {
          hour = block.hour(i);
          counts = countsByYear.computeIfAbsent(CellColumns.year(hour), this::noCounts);
        }
        counts[block.kind(i)] += block.activities(i);
      }
    }
    Map<String, Long> unknown = new TreeMap<>();
    countsByYear.forEach((year, counts) -> addUnknown(unknown, year, counts));
    Map<String, Long> mostFirst = new LinkedHashMap<>();
    unknown.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> mostFirst.put(entry.getKey(), entry.getValue()));
    return mostFirst;
  }

  private long[] noCounts(int year) {
    return new long[kinds.size()];
  }

  private void addUnknown(Map<String, Long> unknown, int year, long[] counts) {
    List<Optional<CardRows.Row>> rows = rowsByYear.getOrDefault(year, List.of());
    for (int kind = 0; kind < rows.size(); kind++) {
      if (rows.get(kind).filter(row -> !row.known()).isPresent()) {
        unknown.merge(kinds.get(kind).priced(year).subject(), counts[kind], Long::sum);
      }
    }
  }
}
