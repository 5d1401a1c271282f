package io.gtrace.ledger.query;

import io.gtrace.ratecard.HourRatios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums of cells at places, of one time after the other. Those of the time that is summed lie row by
 * row in one array and cells are added column by column, so that a cell touches little memory; when
 * the next time comes they are told.
 */
final class CellSums implements CellScan.Visitor {
  private static final int NONE = -1;

  private final Asked asked;
  private final CellScan scan;
  private final Amounts.Columns columns;
  private final HeldCells.SiteHours hours;

  /** Whether all cells of a sum are of one hour, which weights them when all are there. */
  private final boolean withinHours;

  /** Of a row: volumes by driver; if cells are weighted one by one, each of these three times. */
  private final int width;

  private final Map<CellColumns, int[]> positionsByBlock = new HashMap<>();
  private final List<Summed> told = new ArrayList<>();
  private long lines;

  private int time = NONE;
  private int slot = WorkOfHour.NO_TIME;

  /** Places that have sums of this time, in the order in which they came. */
  private int[] summed = {};

  private int summedCount;
  private boolean[] isSummed = {};
  private long[] activities = {};
  private double[] sums = {};

  /** By group, its keys at this time; empty where it has no sum yet. */
  private final List<List<Object>> keysOfGroups = new ArrayList<>();

  private final List<List<HourRatios>> hoursOfSites = new ArrayList<>();

  /** By site, how its hour weights. */
  private double[] locationBased = {};

  private double[] marketBased = {};

  /** The slot of that hour. */
  private int weightedSlot = WorkOfHour.NO_TIME;

  // Of some cells of a block, those that are asked for: which, the begin of their rows, their
  // sites.
  private int[] cells = {};
  private int[] rows = {};
  private int[] sites = {};

  CellSums(Asked asked, CellScan scan, Amounts.Columns columns, HeldCells.SiteHours hours) {
    this.asked = asked;
    this.scan = scan;
    this.columns = columns;
    this.hours = hours;
    withinHours = asked.dimensions().contains(GroupBy.HOUR);
    width = columns.count() * (withinHours ? 1 : 3);
  }

  @Override
  public void cells(CellColumns block, int from, int to, CellScan.Hour hour) {
    if (hour.time() != time) {
      tell();
      time = hour.time();
    }
    slot = hour.slot();
    makeRoom(scan.placeCount());
    int count = pick(block, from, to, hour);
    int[] positions = positionsByBlock.computeIfAbsent(block, this::positions);
    if (!withinHours) {
      weightSites();
    }
    for (int d = 0; d < positions.length; d++) {
      if (withinHours) {
        add(block.volumes(d), count, positions[d]);
      } else {
        addWeighted(block.volumes(d), count, positions[d]);
      }
    }
  }

  /** Where the drivers of a block are among those of all. */
  private int[] positions(CellColumns block) {
    return block.drivers().stream().mapToInt(columns.drivers()::indexOf).toArray();
  }

  /** Picks out the cells that are asked for and counts their activities; how many they are. */
  private int pick(CellColumns block, int from, int to, CellScan.Hour hour) {
    if (cells.length < to - from) {
      cells = new int[to - from];
      rows = new int[to - from];
      sites = new int[to - from];
    }
    int picked = 0;
    for (int i = from; i < to; i++) {
      int kind = block.kind(i);
      int place = hour.place(kind);
      if (place != CellScan.NOWHERE) {
        if (!isSummed[place]) {
          begin(place);
        }
        activities[place] += block.activities(i);
        cells[picked] = i;
        rows[picked] = place * width;
        sites[picked] = hour.site(kind);
        picked++;
      }
    }
    return picked;
  }

  private void begin(int place) {
    beginLine(scan.place(place));
    isSummed[place] = true;
    summed[summedCount] = place;
    summedCount++;
  }

  /** The sums of a group at a time are one line, and share its keys. */
  private void beginLine(CellScan.Place place) {
    while (keysOfGroups.size() <= place.group()) {
      keysOfGroups.add(List.of());
    }
    if (asked.dimensions().isEmpty() || !keysOfGroups.get(place.group()).isEmpty()) {
      return;
    }
    lines++;
    if (lines > asked.mostLines()) {
      throw new TooManyLinesException(asked.mostLines());
    }
    keysOfGroups.set(place.group(), scan.keys(place, time));
  }

  private void makeRoom(int places) {
    if (isSummed.length < places) {
      summed = Arrays.copyOf(summed, places);
      isSummed = Arrays.copyOf(isSummed, places);
      activities = Arrays.copyOf(activities, places);
      sums = Arrays.copyOf(sums, Math.multiplyExact(places, width));
    }
  }

  private void weightSites() {
    if (weightedSlot == slot && locationBased.length == scan.sites().size()) {
      return;
    }
    weightedSlot = slot;
    while (hoursOfSites.size() < scan.sites().size()) {
      hoursOfSites.add(hours.of(scan.sites().get(hoursOfSites.size())));
    }
    locationBased = new double[hoursOfSites.size()];
    marketBased = new double[hoursOfSites.size()];
    for (int site = 0; site < locationBased.length; site++) {
      HourRatios hour = StoredCard.ofSlot(hoursOfSites.get(site), slot);
      locationBased[site] = hour.locationBased();
      marketBased[site] = hour.marketBased();
    }
  }

  private void add(double[] volumes, int count, int position) {
    for (int i = 0; i < count; i++) {
      sums[rows[i] + position] += volumes[cells[i]];
    }
  }

  private void addWeighted(double[] volumes, int count, int position) {
    int drivers = columns.count();
    for (int i = 0; i < count; i++) {
      double volume = volumes[cells[i]];
      int to = rows[i] + position;
      sums[to] += volume;
      sums[to + drivers] += volume * locationBased[sites[i]];
      sums[to + 2 * drivers] += volume * marketBased[sites[i]];
    }
  }

  private void tell() {
    for (int s = 0; s < summedCount; s++) {
      int place = summed[s];
      told.add(
          new Summed(
              keysOfGroups.get(scan.place(place).group()),
              scan.place(place).card(),
              activities[place],
              amounts(place * width),
              Optional.empty()));
      isSummed[place] = false;
      activities[place] = 0;
      Arrays.fill(sums, place * width, (place + 1) * width, 0);
    }
    summedCount = 0;
    Collections.fill(keysOfGroups, List.of());
  }

  private Amounts amounts(int row) {
    int count = columns.count();
    double[] volumes = Arrays.copyOfRange(sums, row, row + count);
    return withinHours
        ? Amounts.ofHour(columns, volumes, slot)
        : Amounts.weighted(
            columns,
            volumes,
            Arrays.copyOfRange(sums, row + count, row + 2 * count),
            Arrays.copyOfRange(sums, row + 2 * count, row + 3 * count));
  }

  /** All sums, once all cells were given. */
  List<Summed> told() {
    tell();
    return List.copyOf(told);
  }
}
