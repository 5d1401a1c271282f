package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.ledger.query.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A period that is assessed: a year, half-year, quarter or month, which begins and ends at midnight
 * UTC.
 *
 * @param months how long it is
 */
public record ReportingPeriod(YearMonth first, int months) implements Comparable<ReportingPeriod> {
  private static final Pattern HALF = Pattern.compile("(\\d{4})-?[Hh]([12])");
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})-?[Qq]([1-4])");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final int MONTHS_OF_A_YEAR = 12;
  private static final int MONTHS_OF_A_HALF = 6;
  private static final int MONTHS_OF_A_QUARTER = 3;

  /**
   * @throws IllegalArgumentException if the text names no period
   */
  public static ReportingPeriod parse(String text) {
    String name = text.strip();
    Matcher half = HALF.matcher(name);
    Matcher quarter = QUARTER.matcher(name);
    try {
      if (half.matches()) {
        return part(half, MONTHS_OF_A_HALF);
      }
      if (quarter.matches()) {
        return part(quarter, MONTHS_OF_A_QUARTER);
      }
      if (YEAR.matcher(name).matches()) {
        return new ReportingPeriod(YearMonth.of(Integer.parseInt(name), 1), MONTHS_OF_A_YEAR);
      }
      return new ReportingPeriod(YearMonth.parse(name), 1);
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(
          "'" + text + "' is no period such as 2025, 2025-H1, 2025-Q2 or 2025-06", none);
    }
  }

  private static ReportingPeriod part(Matcher matcher, int months) {
    int number = Integer.parseInt(matcher.group(2));
    int year = Integer.parseInt(matcher.group(1));
    return new ReportingPeriod(YearMonth.of(year, 1 + (number - 1) * months), months);
  }

  /** The newest quarter that had ended at a moment. */
  public static ReportingPeriod lastQuarterBefore(Instant moment) {
    YearMonth month = YearMonth.from(moment.atOffset(ZoneOffset.UTC));
    int begun = (month.getMonthValue() - 1) / MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1;
    YearMonth current = YearMonth.of(month.getYear(), begun);
    return new ReportingPeriod(current.minusMonths(MONTHS_OF_A_QUARTER), MONTHS_OF_A_QUARTER);
  }

  public LocalDate firstDay() {
    return first.atDay(1);
  }

  /** The first day after it. */
  public LocalDate end() {
    return first.plusMonths(months).atDay(1);
  }

  public Instant from() {
    return firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  public Instant to() {
    return end().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  public Duration length() {
    return Duration.between(from(), to());
  }

  /** As a ledger is asked for it. */
  public Period asked() {
    return new Period(Optional.of(from()), Optional.of(to()));
  }

  /** The one of the same length right before it. */
  public ReportingPeriod previous() {
    return yearsOrMonthsBack(months);
  }

  /** The same months so many years earlier. */
  public ReportingPeriod yearsBack(int years) {
    return yearsOrMonthsBack(MONTHS_OF_A_YEAR * years);
  }

  private ReportingPeriod yearsOrMonthsBack(int back) {
    return new ReportingPeriod(first.minusMonths(back), months);
  }

  /** Its length in years, 1/12 to 1. */
  public double years() {
    return months / (double) MONTHS_OF_A_YEAR;
  }

  /** The part of a stretch of time that lies in it, 0 to 1. */
  public double shareOf(Instant start, Instant stop) {
    Instant begin = start.isAfter(from()) ? start : from();
    Instant end = stop.isBefore(to()) ? stop : to();
    if (!begin.isBefore(end)) {
      return 0;
    }
    return Duration.between(begin, end).toMillis()
        / (double) Duration.between(start, stop).toMillis();
  }

  /** The part of it that rows cover together by their times, 0 to 1; overlaps count once. */
  public double coveredBy(List<EvidenceRow> rows) {
    long covered = 0;
    Instant until = from();
    for (EvidenceRow row :
        rows.stream().sorted(Comparator.comparing(each -> each.moment("from"))).toList()) {
      Instant start = row.moment("from").isAfter(until) ? row.moment("from") : until;
      Instant stop = row.moment("to").isBefore(to()) ? row.moment("to") : to();
      if (start.isBefore(stop)) {
        covered += Duration.between(start, stop).toMillis();
        until = stop;
      }
    }
    return covered / (double) length().toMillis();
  }

  public boolean holds(LocalDate day) {
    return !day.isBefore(firstDay()) && day.isBefore(end());
  }

  /** Whether all of another one lies in it. */
  public boolean holds(ReportingPeriod other) {
    return !other.firstDay().isBefore(firstDay()) && !other.end().isAfter(end());
  }

  public boolean holds(Instant moment) {
    return !moment.isBefore(from()) && moment.isBefore(to());
  }

  @Override
  public int compareTo(ReportingPeriod other) {
    int byFirst = first.compareTo(other.first);
    return byFirst != 0 ? byFirst : Integer.compare(months, other.months);
  }

  /** As {@code 2025-Q2}. */
  @Override
  public String toString() {
    int part = (first.getMonthValue() - 1) / months + 1;
    return switch (months) {
      case MONTHS_OF_A_YEAR -> Integer.toString(first.getYear());
      case MONTHS_OF_A_HALF -> first.getYear() + "-H" + part;
      case MONTHS_OF_A_QUARTER -> first.getYear() + "-Q" + part;
      default -> first.toString();
    };
  }
}
