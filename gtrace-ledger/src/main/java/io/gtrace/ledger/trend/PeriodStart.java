package io.gtrace.ledger.trend;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * When a period begins, as files write it.
 *
 * @param local by the clock of the file
 * @param offset that clock's distance from UTC; empty if the text does not say it
 */
record PeriodStart(LocalDateTime local, Optional<ZoneOffset> offset) {
  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 2199;
  private static final double FIRST_MILLISECOND_COUNT = 1e11;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]HH")
          .optionalStart()
          .appendPattern(":mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .optionalEnd()
          .optionalEnd()
          .optionalStart()
          .appendPattern("[ ]")
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendLiteral(" UTC")
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ROOT);

  private static final List<Function<String, PeriodStart>> FORMS =
      List.of(
          PeriodStart::iso,
          text -> day(LocalDate.parse(text, DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT))),
          text -> day(LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE)),
          text -> day(YearMonth.parse(text).atDay(1)));

  /**
   * Reads {@code 2025-03-31}, {@code 2025-03-31T14}, {@code 2025-03-31 14:00:00+02:00}, {@code
   * 2025-03}, {@code 2025-W14}, {@code 2025-03-30 - 2025-04-05} (its beginning), {@code 31.3.2025},
   * {@code 2025033114} and {@code 20250331}, and seconds or milliseconds since 1970. Empty if the
   * text is none of them: {@code 4/5/2025} may be April or May.
   */
  static Optional<PeriodStart> parse(String text) {
    String from = text.strip().split(" - ", 2)[0].strip();
    if (from.matches("\\d{8,13}")) {
      return digits(from);
    }
    for (Function<String, PeriodStart> form : FORMS) {
      try {
        return Optional.of(form.apply(from)).filter(PeriodStart::isPlausible);
      } catch (DateTimeException notThisForm) {
        // Another may fit.
      }
    }
    return Optional.empty();
  }

  private static PeriodStart iso(String text) {
    TemporalAccessor parsed = ISO.parse(text);
    boolean utc = text.endsWith("UTC");
    Optional<ZoneOffset> offset =
        parsed.isSupported(ChronoField.OFFSET_SECONDS)
            ? Optional.of(ZoneOffset.from(parsed))
            : Optional.of(ZoneOffset.UTC).filter(any -> utc);
    return new PeriodStart(LocalDateTime.from(parsed), offset);
  }

  private static PeriodStart day(LocalDate day) {
    return new PeriodStart(day.atStartOfDay(), Optional.empty());
  }

  /** Dates first: as seconds since 1970 they would lie before any trend. */
  private static Optional<PeriodStart> digits(String text) {
    String pattern = text.length() == 8 ? "uuuuMMdd" : "uuuuMMddHH";
    try {
      DateTimeFormatter form =
          new DateTimeFormatterBuilder()
              .appendPattern(pattern)
              .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
              .toFormatter(Locale.ROOT);
      PeriodStart date = new PeriodStart(LocalDateTime.parse(text, form), Optional.empty());
      if (date.isPlausible()) {
        return Optional.of(date);
      }
    } catch (DateTimeException noDate) {
      // Then it counts seconds.
    }
    if (text.length() < 9) {
      return Optional.empty();
    }
    long count = Long.parseLong(text);
    Instant moment =
        count < FIRST_MILLISECOND_COUNT
            ? Instant.ofEpochSecond(count)
            : Instant.ofEpochMilli(count);
    return Optional.of(
            new PeriodStart(
                LocalDateTime.ofInstant(moment, ZoneOffset.UTC), Optional.of(ZoneOffset.UTC)))
        .filter(PeriodStart::isPlausible);
  }

  private boolean isPlausible() {
    return local.getYear() >= FIRST_YEAR && local.getYear() <= LAST_YEAR;
  }
}
