package io.gtrace.ledger.format;

import java.math.BigDecimal;
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

  private static BigDecimal part(@Nullable String digits) {
    return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
  }
}
