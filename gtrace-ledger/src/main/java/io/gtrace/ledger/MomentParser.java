package io.gtrace.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Reads the moments of usage files: ISO 8601 with {@code T} or a blank, with or without seconds and
 * offset (UTC where there is none), a date alone (midnight UTC), or seconds, milliseconds,
 * microseconds or nanoseconds since 1970, which are told apart by their size. Where a log leaves
 * out the year, as in {@code --04-10 03:44:38}, it is the latest that does not lie in the future.
 */
final class MomentParser {
  /** Clocks of different machines differ by this much in practice. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  /** As seconds these are the year 5138, as milliseconds 1973; and so on for the finer clocks. */
  private static final BigDecimal FIRST_MILLISECOND_COUNT = new BigDecimal("1e11");

  private static final BigDecimal FIRST_MICROSECOND_COUNT = new BigDecimal("1e14");
  private static final BigDecimal FIRST_NANOSECOND_COUNT = new BigDecimal("1e17");
  private static final int MOST_DIGITS = 30;
  private static final String NO_YEAR = "--";
  private static final int MOST_YEARS_BACK = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final BigDecimal NANOSECONDS_PER_SECOND = new BigDecimal(NANOS_PER_SECOND);

  /** With so many digits a count of nanoseconds fits into a long until 2262. */
  private static final int MOST_LONG_DIGITS = 19;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .optionalEnd()
          .optionalStart()
          .appendPattern("[ ]")
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendPattern("[ ]")
          .appendOffset("+HHmm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendLiteral(" UTC")
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final int firstYear;
  private final InstantSource clock;
  private final InstantSource written;

  /**
   * @param clock no moment can be later
   */
  MomentParser(int firstYear, InstantSource clock) {
    this(firstYear, clock, clock);
  }

  /**
   * @param written when the last moment was written down: those without a year are of the last year
   *     before it
   */
  MomentParser(int firstYear, InstantSource clock, InstantSource written) {
    this.firstYear = firstYear;
    this.clock = clock;
    this.written = written;
  }

  Instant parse(String text) throws RefusedRowException {
    Instant latest = clock.instant().plus(CLOCK_SKEW);
    return checked(
        text.startsWith(NO_YEAR) ? readWithoutYear(text, latestWritten(latest)) : read(text));
  }

  /**
   * The moment, if usage can be of it.
   *
   * @throws RefusedRowException if it lies in the future, or before the first factors
   */
  Instant checked(Instant moment) throws RefusedRowException {
    if (moment.isAfter(clock.instant().plus(CLOCK_SKEW))) {
      throw new RefusedRowException(UsageColumn.WHEN, "lies in the future: " + moment);
    }
    if (moment.atOffset(ZoneOffset.UTC).getYear() < firstYear) {
      throw new RefusedRowException(
          UsageColumn.WHEN,
          "lies before the first grid factors, which are of " + firstYear + ": " + moment);
    }
    return moment;
  }

  private Instant latestWritten(Instant latest) {
    // It may tell the time of any zone.
    Instant latestLocal = written.instant().plus(Duration.ofDays(1));
    return latestLocal.isBefore(latest) ? latestLocal : latest;
  }

  private static Instant readWithoutYear(String text, Instant latest) throws RefusedRowException {
    int year = latest.atOffset(ZoneOffset.UTC).getYear();
    String rest = text.substring(1);
    // The 29th of February is not in every year.
    for (int back = 0; back <= MOST_YEARS_BACK; back++) {
      try {
        Instant moment = read(year - back + rest);
        if (!moment.isAfter(latest)) {
          return moment;
        }
      } catch (RefusedRowException noSuchDay) {
        // Perhaps a year earlier.
      }
    }
    return read(text);
  }

  private static Instant read(String text) throws RefusedRowException {
    try {
      if (isNumber(text)) {
        return sinceEpoch(text);
      }
      Instant common = UtcTimes.read(text);
      if (common != null) {
        return common;
      }
      TemporalAccessor parsed = ISO.parse(text);
      return parsed.isSupported(ChronoField.OFFSET_SECONDS)
          ? OffsetDateTime.from(parsed).toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw new RefusedRowException(
          UsageColumn.WHEN,
          "must be a moment such as 2026-03-01T14:30:00Z, not '" + Excerpt.of(text) + "'");
    }
  }

  /** Whole numbers are what most senders count in, and need no decimals. */
  private static Instant sinceEpoch(String number) {
    boolean fits =
        number.length() < MOST_LONG_DIGITS
            || (number.length() == MOST_LONG_DIGITS && number.charAt(0) < '9');
    return fits && number.indexOf('.') < 0
        ? sinceEpoch(Long.parseLong(number))
        : sinceEpoch(new BigDecimal(number));
  }

  private static Instant sinceEpoch(long count) {
    if (count < FIRST_MILLISECOND_COUNT.longValue()) {
      return Instant.ofEpochSecond(count);
    }
    long perSecond =
        count < FIRST_MICROSECOND_COUNT.longValue()
            ? 1_000
            : count < FIRST_NANOSECOND_COUNT.longValue() ? 1_000_000 : NANOS_PER_SECOND;
    return Instant.ofEpochSecond(
        count / perSecond, count % perSecond * (NANOS_PER_SECOND / perSecond));
  }

  private static Instant sinceEpoch(BigDecimal count) {
    int digits =
        count.compareTo(FIRST_MILLISECOND_COUNT) < 0
            ? 0
            : count.compareTo(FIRST_MICROSECOND_COUNT) < 0
                ? 3
                : count.compareTo(FIRST_NANOSECOND_COUNT) < 0 ? 6 : 9;
    BigDecimal seconds = count.movePointLeft(digits);
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(),
        seconds.subtract(whole).multiply(NANOSECONDS_PER_SECOND).longValue());
  }

  /**
   * A local time of a zone as one in UTC. What names its zone, counts since 1970 or is no time is
   * left as it is.
   */
  static String inUtc(String text, ZoneId zone) {
    String stripped = text.strip();
    if (isNumber(stripped)) {
      return text;
    }
    try {
      TemporalAccessor parsed = ISO.parse(stripped);
      return parsed.isSupported(ChronoField.OFFSET_SECONDS) || stripped.endsWith(" UTC")
          ? text
          : LocalDateTime.from(parsed).atZone(zone).toInstant().toString();
    } catch (DateTimeException unreadable) {
      return text;
    }
  }

  private static boolean isNumber(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return text.length() <= MOST_DIGITS && dots <= 1 && text.length() > dots;
  }
}
