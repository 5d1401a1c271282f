package io.gtrace.ledger.trend;

import io.gtrace.ledger.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The periods of a table: where each begins and ends, by the clock of the file, on days of 23 and
 * 25 hours too.
 */
final class Periods {
  private static final Duration CLOCK_CHANGE = Duration.ofHours(1);

  private final String name;
  private final String column;
  private final ReadingOptions options;

  Periods(String name, String column, ReadingOptions options) {
    this.name = name;
    this.column = column;
    this.options = options;
  }

  /** Where the period of a row begins. */
  record Start(TrendRow row, LocalDateTime local, Instant at, Optional<ZoneOffset> offset) {}

  /** The rows by time; those without a usable one, or with one that was there, are refused. */
  List<Start> starts(List<TrendRow> rows, List<String> refused) {
    List<Start> starts = new ArrayList<>();
    Set<Instant> taken = new HashSet<>();
    for (TrendRow row : rows) {
      Optional<Start> start = start(row, taken, refused);
      if (start.isEmpty()) {
        continue;
      }
      if (taken.add(start.get().at())) {
        starts.add(start.get());
      } else {
        refuse(refused, row, "is there twice: '" + Excerpt.of(row.cell(column)) + "'");
      }
    }
    starts.sort(Comparator.comparing(Start::at));
    return starts;
  }

  private void refuse(List<String> refused, TrendRow row, String reason) {
    refused.add(name + ", line " + row.line() + ", " + Excerpt.of(column) + ": " + reason);
  }

  private Optional<Start> start(TrendRow row, Set<Instant> taken, List<String> refused) {
    String cell = row.cell(column);
    Optional<PeriodStart> parsed = PeriodStart.parse(cell);
    if (parsed.isEmpty()) {
      refuse(
          refused,
          row,
          "must be a time such as 2025-03-31 or 2025-03-31T14:00Z, not '" + Excerpt.of(cell) + "'");
      return Optional.empty();
    }
    LocalDateTime local = parsed.get().local();
    Optional<ZoneOffset> offset = parsed.get().offset();
    if (offset.isPresent()) {
      return Optional.of(new Start(row, local, local.toInstant(offset.get()), offset));
    }
    ZoneId zone = options.zone();
    boolean skipped = zone.getRules().getValidOffsets(local).isEmpty();
    if (skipped && !local.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      refuse(refused, row, "the clocks of " + zone + " skip '" + Excerpt.of(cell) + "'");
      return Optional.empty();
    }
    ZonedDateTime zoned = ZonedDateTime.of(local, zone);
    // In autumn an hour is there twice; its second row is the later one.
    Instant at =
        taken.contains(zoned.toInstant())
            ? zoned.withLaterOffsetAtOverlap().toInstant()
            : zoned.toInstant();
    return Optional.of(new Start(row, local, at, offset));
  }

  /**
   * A signal of the readings at starts in ascending order, at least one.
   *
   * @param partial the column that marks periods that were not over
   */
  Signal signal(
      String called,
      SignalKind kind,
      Optional<String> partial,
      Map<Start, Reading> readings,
      List<String> refused,
      List<String> notes) {
    List<Start> starts = List.copyOf(readings.keySet());
    Granularity granularity = granularity(called, starts);
    List<Observation> observations =
        options.cumulative() && kind == SignalKind.COUNT
            ? differences(readings, refused)
            : observations(granularity, partial, readings);
    if (observations.isEmpty()) {
      throw new TrendFileException(
          name + ": " + Excerpt.of(called) + " needs two totals or more to tell a difference");
    }
    long missing = missing(granularity, observations);
    if (missing > 0) {
      notes.add(
          called
              + ": "
              + missing
              + " "
              + granularity.label()
              + (missing == 1 ? "" : "s")
              + " missing, interpolated");
    }
    observations.stream()
        .filter(Observation::partial)
        .findFirst()
        .ifPresent(each ->
            notes.add(called + ": the period from " + each.from() + " is partial, left out"));
    return new Signal(called, kind, granularity, name, observations);
  }

  private Granularity granularity(String called, List<Start> starts) {
    List<LocalDateTime> locals =
        starts.stream().map(Start::local).distinct().sorted().collect(Collectors.toList());
    return Granularity.of(locals)
        .orElseThrow(() ->
            new TrendFileException(
                name
                    + ": the periods of "
                    + Excerpt.of(called)
                    + " are neither minutes, hours, days, weeks nor months"));
  }

  private List<Observation> observations(
      Granularity granularity, Optional<String> partial, Map<Start, Reading> readings) {
    List<Start> starts = List.copyOf(readings.keySet());
    Duration step = shortest(starts);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      Instant until = end(start, granularity, step);
      if (i + 1 < starts.size()) {
        Instant next = starts.get(i + 1).at();
        boolean clockChanged =
            !granularity.isFinerThan(Granularity.DAY)
                && Duration.between(until, next).abs().compareTo(CLOCK_CHANGE) <= 0;
        if (next.isBefore(until) || clockChanged) {
          until = next;
        }
      }
      boolean marked =
          partial.map(start.row()::cell).map(cell -> cell.matches("(?i)true|1|yes")).orElse(false);
      observations.add(
          new Observation(
              start.at(), until, reading(readings, start), marked || until.isAfter(options.now())));
    }
    return observations;
  }

  private static Reading reading(Map<Start, Reading> readings, Start start) {
    return readings.getOrDefault(start, Reading.exactly(0));
  }

  private Instant end(Start start, Granularity granularity, Duration step) {
    if (granularity.isFinerThan(Granularity.DAY)) {
      return start.at().plus(granularity == Granularity.HOUR ? CLOCK_CHANGE : step);
    }
    LocalDateTime end = granularity.end(start.local(), step);
    return start
        .offset()
        .map(end::toInstant)
        .orElseGet(() -> ZonedDateTime.of(end, options.zone()).toInstant());
  }

  private static Duration shortest(List<Start> starts) {
    Duration shortest = CLOCK_CHANGE;
    for (int i = 1; i < starts.size(); i++) {
      Duration step = Duration.between(starts.get(i - 1).at(), starts.get(i).at());
      shortest = step.compareTo(shortest) < 0 ? step : shortest;
    }
    return shortest;
  }

  /** What came about between one total and the next. */
  private List<Observation> differences(Map<Start, Reading> totals, List<String> refused) {
    Map<Start, Reading> left = new LinkedHashMap<>(totals);
    List<Observation> observations = new ArrayList<>();
    Optional<Start> before = Optional.empty();
    for (Map.Entry<Start, Reading> total : left.entrySet()) {
      Start start = total.getKey();
      if (before.isPresent()) {
        Reading earlier = reading(left, before.get());
        Optional<Reading> difference = total.getValue().since(earlier);
        if (difference.isEmpty()) {
          refuse(
              refused,
              start.row(),
              "the total falls from " + earlier.value() + " to " + total.getValue().value());
          continue;
        }
        observations.add(new Observation(before.get().at(), start.at(), difference.get(), false));
      }
      before = Optional.of(start);
    }
    return observations;
  }

  private static long missing(Granularity granularity, List<Observation> observations) {
    long missing = 0;
    for (int i = 1; i < observations.size(); i++) {
      Observation last = observations.get(i - 1);
      double gap = Duration.between(last.until(), observations.get(i).from()).toSeconds() / 3_600.0;
      double hours =
          switch (granularity) {
            case MINUTES, HOUR -> last.hours();
            case DAY -> 24;
            case WEEK -> 168;
            case MONTH -> 730;
          };
      missing += Math.round(gap / hours);
    }
    return missing;
  }
}
