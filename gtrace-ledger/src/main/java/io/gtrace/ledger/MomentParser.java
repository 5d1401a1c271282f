package io.gtrace.ledger;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Reads the moments of usage files: ISO 8601 with {@code T} or a blank, with or without seconds and
 * offset (UTC where there is none), a date alone (midnight UTC), or seconds or milliseconds since
 * 1970.
 */
final class MomentParser {
  /** Clocks of different machines differ by this much in practice. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final double FIRST_MILLISECOND_COUNT = 1e11;

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
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "Z")
          .optionalEnd()
          .optionalStart()
          .appendLiteral(" UTC")
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final int firstYear;
  private final Instant latest;

  MomentParser(int firstYear, Instant now) {
    this.firstYear = firstYear;
    latest = now.plus(CLOCK_SKEW);
  }

  Instant parse(String text) throws RefusedRowException {
    Instant moment = read(text);
    if (moment.isAfter(latest)) {
      throw new RefusedRowException(UsageColumn.WHEN, "lies in the future: " + moment);
    }
    if (moment.atOffset(ZoneOffset.UTC).getYear() < firstYear) {
      throw new RefusedRowException(
          UsageColumn.WHEN,
          "lies before the first grid factors, which are of " + firstYear + ": " + moment);
    }
    return moment;
  }

  private static Instant read(String text) throws RefusedRowException {
    try {
      if (isNumber(text)) {
        double number = Double.parseDouble(text);
        double seconds = number < FIRST_MILLISECOND_COUNT ? number : number / 1_000;
        return Instant.ofEpochMilli(Math.round(seconds * 1_000));
      }
      TemporalAccessor parsed = ISO.parse(text);
      return parsed.isSupported(ChronoField.OFFSET_SECONDS)
          ? OffsetDateTime.from(parsed).toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException unreadable) {
      throw new RefusedRowException(
          UsageColumn.WHEN,
          "must be a moment such as 2026-03-01T14:30:00Z, not '" + Excerpt.of(text) + "'");
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 20
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
        && text.chars().filter(c -> c == '.').count() <= 1
        && text.chars().anyMatch(c -> c != '.');
  }
}
