package io.gtrace.ledger.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The part of a ledger that is asked for.
 *
 * @param from the first moment; empty from the beginning, which takes in events without a time
 * @param to the first moment after it; empty to the end
 */
public record Period(Optional<Instant> from, Optional<Instant> to) {
  /** All of it. */
  public static final Period ALL = new Period(Optional.empty(), Optional.empty());

  /**
   * A period as people write it. Days begin at midnight UTC.
   *
   * @param nameOfFrom what messages call its beginning
   * @param nameOfTo what messages call its end
   * @throws IllegalArgumentException if one is no time, or the beginning does not lie before the
   *     end
   */
  public static Period parse(
      String nameOfFrom, Optional<String> from, String nameOfTo, Optional<String> to) {
    Period period =
        new Period(
            from.map(text -> moment(nameOfFrom, text)), to.map(text -> moment(nameOfTo, text)));
    if (period.from().isPresent()
        && period.to().isPresent()
        && !period.from().get().isBefore(period.to().get())) {
      throw new IllegalArgumentException(nameOfFrom + " must lie before " + nameOfTo);
    }
    return period;
  }

  /**
   * A moment as people write it: a year, month, day or time, in UTC where no zone is named.
   *
   * @param option what messages call it
   * @throws IllegalArgumentException if it is none; the message names it
   */
  public static Instant moment(String option, String text) {
    return tried(text, Instant::parse)
        .or(() -> tried(text + ":00Z", Instant::parse))
        .or(() -> tried(text.replaceFirst("Z$", ":00Z"), Instant::parse))
        .or(() -> tried(text, day -> start(LocalDate.parse(day))))
        .or(() -> tried(text, month -> start(YearMonth.parse(month).atDay(1))))
        .or(() -> tried(text, year -> start(Year.parse(year).atDay(1))))
        .orElseThrow(() ->
            new IllegalArgumentException(
                option
                    + " must be a time such as 2026-03 or 2026-03-01T14:00Z, not '"
                    + text
                    + "'"));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Optional<Instant> tried(String text, Function<String, Instant> form) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException anotherForm) {
      return Optional.empty();
    }
  }

  /** Whether it is made of whole days (UTC). */
  boolean isOfWholeDays() {
    return Stream.of(from, to)
        .flatMap(Optional::stream)
        .allMatch(each -> each.equals(each.truncatedTo(ChronoUnit.DAYS)));
  }

  /** Whether some of a day (UTC) lies in it. */
  boolean touches(LocalDate day) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return from.filter(first -> !first.isBefore(end)).isEmpty()
        && to.filter(last -> !last.isAfter(start)).isEmpty();
  }

  /**
   * That a moment lies in it, in SQL.
   *
   * @param moment a column of moments in UTC
   */
  public String condition(String moment) {
    String since =
        from.map(each -> " AND " + moment + " >= TIMESTAMP '" + sql(each) + "'").orElse("");
    String until = to.map(each -> " AND " + moment + " < TIMESTAMP '" + sql(each) + "'").orElse("");
    return "true" + since + until;
  }

  private static String sql(Instant moment) {
    return moment.toString().replace('T', ' ').replace("Z", "");
  }
}
