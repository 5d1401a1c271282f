package io.gtrace.app;

import io.gtrace.ledger.query.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The part of a ledger that is asked for. Days begin at midnight UTC. */
final class PeriodOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only what ran at or after this moment: 2026, 2026-03, 2026-03-01 or 2026-03-01T14:00Z.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only what ran before this moment, written likewise.")
  private Optional<String> to = Optional.empty();

  Period period() {
    Period period =
        new Period(from.map(text -> moment("--from", text)), to.map(text -> moment("--to", text)));
    if (period.from().isPresent()
        && period.to().isPresent()
        && !period.from().get().isBefore(period.to().get())) {
      throw new IllegalArgumentException("--from must lie before --to");
    }
    return period;
  }

  /**
   * A moment as people write it.
   *
   * @throws IllegalArgumentException if it is none; the message names the option
   */
  static Instant moment(String option, String text) {
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
}
