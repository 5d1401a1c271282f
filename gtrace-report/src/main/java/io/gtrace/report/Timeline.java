package io.gtrace.report;

import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hours of an account, put together into as many steps as a chart or a table can bear. */
final class Timeline {
  /** The width of one step. */
  enum Step {
    HOUR("d MMM yyyy HH:00", ChronoUnit.HOURS),
    DAY("d MMM yyyy", ChronoUnit.DAYS),
    MONTH("MMM yyyy", ChronoUnit.MONTHS),
    YEAR("yyyy", ChronoUnit.YEARS);

    private final DateTimeFormatter format;
    private final ChronoUnit unit;

    Step(String pattern, ChronoUnit unit) {
      format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      this.unit = unit;
    }

    LocalDateTime startOf(LocalDateTime time) {
      return switch (this) {
        case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
        case DAY -> time.truncatedTo(ChronoUnit.DAYS);
        case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        case YEAR -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      };
    }

    LocalDateTime next(LocalDateTime start) {
      return start.plus(1, unit);
    }

    long between(LocalDateTime first, LocalDateTime last) {
      return unit.between(startOf(first), startOf(last)) + 1;
    }

    String label(LocalDateTime start) {
      return format.format(start);
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** A moment in a step whose start is known. */
    String within(LocalDateTime moment) {
      String pattern = this == HOUR || this == DAY ? "HH:mm" : "d MMM";
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment);
    }

    /** Whether so much of a step is missing that its figure is no figure of a whole one. */
    boolean isPart(LocalDateTime start, LocalDateTime from, LocalDateTime until) {
      double missingS = ChronoUnit.SECONDS.between(from, until);
      return missingS > LARGEST_GAP * ChronoUnit.SECONDS.between(start, next(start));
    }
  }

  /**
   * Where the steps of an account are not whole.
   *
   * @param from its beginning, if a good part of the first step lies before it
   * @param until its end, if a good part of the last step lies after it
   */
  record Edges(Step step, Optional<LocalDateTime> from, Optional<LocalDateTime> until) {
    /** For a sentence after another one; empty if both steps are whole. */
    String inWords() {
      String first =
          from.map(moment -> " The first " + step.word() + " is known from " + step.within(moment))
              .orElse("");
      String last =
          until
              .map(moment ->
                  (first.isEmpty() ? " The last " + step.word() + " is known" : ", the last")
                      + " until "
                      + step.within(moment))
              .orElse("");
      return first + last;
    }

    /** The same for the lines of a table. */
    Map<String, String> byLabel() {
      Map<String, String> details = new LinkedHashMap<>();
      from.ifPresent(
          moment -> details.put(step.label(step.startOf(moment)), "from " + step.within(moment)));
      until.ifPresent(moment ->
          details.merge(
              step.label(step.startOf(moment)),
              "until " + step.within(moment),
              (a, b) -> a + " " + b));
      return details;
    }
  }

  private static final double LARGEST_GAP = 0.05;

  /**
   * One step.
   *
   * @param line what happened in it; empty if nothing did
   */
  record Point(String label, Optional<Line> line) {}

  private static final DateTimeFormatter HOUR_KEY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH[:mm[:ss[.SSS]]][XXX][X]", Locale.ROOT);

  private final TreeMap<LocalDateTime, Line> hours = new TreeMap<>();
  private final List<Line> withoutTime = new ArrayList<>();

  /** Lines whose key is no time are kept apart, see {@link #lines}. */
  Timeline(List<Line> lines) {
    for (Line line : lines) {
      Optional<LocalDateTime> time = parse(line.key());
      if (time.isPresent()) {
        hours.merge(time.get(), line, (a, b) -> Lines.sum(a.key(), List.of(a, b)));
      } else {
        withoutTime.add(line);
      }
    }
  }

  boolean isEmpty() {
    return hours.isEmpty();
  }

  /** Which of the {@link #lines} of an account are partial, in words. */
  static Map<String, String> details(Account account, int most) {
    Timeline timeline = new Timeline(account.by(Dimension.HOUR));
    return timeline.isEmpty() ? Map.of() : edges(account, timeline.stepFor(most)).byLabel();
  }

  /** The finest step that needs no more than so many points; years if none does. */
  Step stepFor(int points) {
    for (Step step : Step.values()) {
      if (step.between(hours.firstKey(), hours.lastKey()) <= points) {
        return step;
      }
    }
    return Step.YEAR;
  }

  /** Every step from the first to the last, those without activities too. */
  List<Point> points(Step step) {
    Map<LocalDateTime, List<Line>> linesByStart = new TreeMap<>();
    hours.forEach((time, line) ->
        linesByStart.computeIfAbsent(step.startOf(time), any -> new ArrayList<>()).add(line));
    List<Point> points = new ArrayList<>();
    LocalDateTime last = step.startOf(hours.lastKey());
    for (LocalDateTime start = step.startOf(hours.firstKey());
        !start.isAfter(last);
        start = step.next(start)) {
      String label = step.label(start);
      Optional<List<Line>> lines = Optional.ofNullable(linesByStart.get(start));
      points.add(new Point(label, lines.map(some -> Lines.sum(label, some))));
    }
    return points;
  }

  /** How much of its first and its last step an account knows. */
  static Edges edges(Account account, Step step) {
    Optional<LocalDateTime> late =
        account
            .first()
            .map(Timeline::utc)
            .filter(first -> step.isPart(step.startOf(first), step.startOf(first), first));
    Optional<LocalDateTime> early =
        account
            .last()
            .map(Timeline::utc)
            .filter(last -> step.isPart(step.startOf(last), last, step.next(step.startOf(last))));
    return new Edges(step, late, early);
  }

  private static LocalDateTime utc(Instant moment) {
    return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
  }

  /**
   * What an account says over time, in steps for a table: those in which something happened, and
   * last, as one line, what has no time.
   */
  static List<Line> lines(Account account, int most) {
    Timeline timeline = new Timeline(account.by(Dimension.HOUR));
    List<Line> lines = new ArrayList<>();
    if (!timeline.isEmpty()) {
      timeline.points(timeline.stepFor(most)).forEach(point -> point.line().ifPresent(lines::add));
    }
    if (!timeline.withoutTime.isEmpty()) {
      lines.add(Lines.sum("", timeline.withoutTime));
    }
    return lines;
  }

  private static Optional<LocalDateTime> parse(String key) {
    try {
      TemporalAccessor time = HOUR_KEY.parseBest(key, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          time instanceof OffsetDateTime offset
              ? offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
              : LocalDateTime.from(time));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }
}
