package io.gtrace.ledger.format;

import static java.time.format.DateTimeFormatter.ISO_DATE_TIME;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as logs and schedulers write them. */
final class Durations {
  private static final Pattern WITH_UNIT = Pattern.compile("([0-9.]+)\\s*(s|ms|µs|μs|us|ns|m|h)");
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,6})-)?(?:(\\d{1,6}):)?(\\d{1,6}):(\\d{1,6}(?:\\.\\d{1,9})?)");
  private static final Map<String, BigDecimal> SECONDS =
      Map.of(
          "h", new BigDecimal(3_600),
          "m", new BigDecimal(60),
          "s", BigDecimal.ONE,
          "ms", new BigDecimal("1e-3"),
          "µs", new BigDecimal("1e-6"),
          "μs", new BigDecimal("1e-6"),
          "us", new BigDecimal("1e-6"),
          "ns", new BigDecimal("1e-9"));

  private Durations() {}

  /** Seconds, or the text as it is where it is no length of time. */
  static String inSeconds(String text) {
    Matcher unit = WITH_UNIT.matcher(text.strip());
    if (unit.matches()) {
      BigDecimal number = Numerals.read(unit.group(1));
      BigDecimal seconds = SECONDS.get(unit.group(2));
      return number == null || seconds == null ? text : Numerals.plain(number.multiply(seconds));
    }
    Matcher clock = CLOCK.matcher(text.strip());
    if (!clock.matches()) {
      return text;
    }
    BigDecimal minutes =
        part(clock.group(1))
            .multiply(new BigDecimal(24))
            .add(part(clock.group(2)))
            .multiply(new BigDecimal(60))
            .add(part(clock.group(3)));
    return Numerals.plain(minutes.multiply(new BigDecimal(60)).add(new BigDecimal(clock.group(4))));
  }

  /** The seconds from one moment to another, or what is no moment as it is. */
  static String between(String from, String until) {
    Instant start = moment(from);
    Instant end = moment(until);
    if (start == null || end == null) {
      return start == null ? from : until;
    }
    Duration between = Duration.between(start, end);
    return Numerals.plain(
        BigDecimal.valueOf(between.getSeconds()).add(BigDecimal.valueOf(between.getNano(), 9)));
  }

  /** A moment, in UTC where it names no zone; null if it is none. */
  private static @Nullable Instant moment(String text) {
    String iso = text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
    try {
      TemporalAccessor parsed =
          ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime offset
          ? offset.toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static BigDecimal part(@Nullable String digits) {
    return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
  }
}
