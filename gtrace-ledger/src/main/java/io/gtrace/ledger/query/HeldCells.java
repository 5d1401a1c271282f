package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ratecard.HourRatios;
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

/**
 * The cells of a state of a ledger in memory, and the rows of the card that price them. They tell
 * the same as the database does, up to the order of summing. Immutable.
 */
final class HeldCells {
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
    CellSums sums = new CellSums(asked, scan, columns, hours);
    scan.each(blocks, sums);
    return sums.told();
  }

  /** How many lines an answer has. */
  long countLines(Asked asked) {
    CellScan scan = new CellScan(asked, kinds, rowsByYear);
    Map<Integer, Set<Integer>> timesOfGroups = new HashMap<>();
    scan.each(
        blocks,
        (block, from, to, hour) -> {
          for (int i = from; i < to; i++) {
            int place = hour.place(block.kind(i));
            if (place != CellScan.NOWHERE) {
              timesOfGroups
                  .computeIfAbsent(scan.place(place).group(), unknown -> new HashSet<>())
                  .add(hour.time());
            }
          }
        });
    return timesOfGroups.values().stream().mapToLong(Set::size).sum();
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
