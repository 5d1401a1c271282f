package io.gtrace.server.page;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How finely time is told, UTC. */
enum Step {
  HOUR(GroupBy.HOUR, ChronoUnit.HOURS, "d MMM yyyy HH:mm"),
  DAY(GroupBy.DAY, ChronoUnit.DAYS, "d MMM yyyy"),
  MONTH(GroupBy.MONTH, ChronoUnit.MONTHS, "MMM yyyy");

  /** More points than this tell no more on a screen. */
  private static final int MOST = 400;

  private final GroupBy by;
  private final ChronoUnit unit;
  private final DateTimeFormatter format;

  Step(GroupBy by, ChronoUnit unit, String pattern) {
    this.by = by;
    this.unit = unit;
    format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** The finest that tells a time in a bearable number of points. */
  static Step fitting(Instant from, Instant to) {
    for (Step step : values()) {
      if (step.unit.between(utc(from), utc(to)) <= MOST) {
        return step;
      }
    }
    return MONTH;
  }

  GroupBy by() {
    return by;
  }

  String label() {
    return by.label();
  }

  /** When the step begins that an answer calls so. */
  Instant start(String key) {
    return switch (this) {
      case HOUR -> Instant.parse(key);
      case DAY -> Moments.start(LocalDate.parse(key));
      case MONTH -> Moments.start(YearMonth.parse(key).atDay(1));
    };
  }

  Instant next(Instant start) {
    return utc(start).plus(1, unit).toInstant();
  }

  /** A step in words. */
  String inWords(Instant start) {
    return format.format(utc(start));
  }

  /** A step as a period. */
  Period period(Instant start) {
    return new Period(Optional.of(start), Optional.of(next(start)));
  }

  /** Every step from one to another, both of them too; the first ones if there are too many. */
  List<Instant> from(Instant first, Instant last) {
    List<Instant> starts = new ArrayList<>();
    for (Instant at = first; !at.isAfter(last) && starts.size() < 10 * MOST; at = next(at)) {
      starts.add(at);
    }
    return starts;
  }

  private static ZonedDateTime utc(Instant moment) {
    return moment.atZone(ZoneOffset.UTC);
  }
}
