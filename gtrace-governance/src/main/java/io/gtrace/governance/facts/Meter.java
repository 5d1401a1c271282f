package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A meter with its readings in the period.
 *
 * @param interval between readings, as the meter is said to give them
 * @param grade what its entry among the meters is worth
 * @param readings those that are no longer than that interval, so that each stands for one
 * @param tooLong how many others there are, such as a bill over a quarter
 */
public record Meter(
    String series,
    String site,
    Boundary boundary,
    Duration interval,
    Grade grade,
    List<EvidenceRow> readings,
    long tooLong) {
  private static final double TOLERANCE = 1.01;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST_DAY = Duration.ofHours(25);
  private static final Duration SHORTEST_MONTH = Duration.ofDays(28);
  private static final Duration LONGEST_MONTH = Duration.ofDays(31).plusHours(1);
  private static final double MILLIS_OF_A_MINUTE = 60_000;

  /** What a meter measures. */
  public enum Boundary {
    IT,
    FACILITY
  }

  public Meter {
    readings = List.copyOf(readings);
  }

  /**
   * All meters.
   *
   * @throws UnknownFactException if there are none, or no reading of the period
   */
  public static List<Meter> all(Facts facts) {
    Map<String, List<EvidenceRow>> readings =
        facts.rowsOfPeriod("meters").stream()
            .collect(Collectors.groupingBy(row -> row.text("series")));
    return facts.rows("meter-series").stream()
        .map(row -> of(row, readings.getOrDefault(row.text("series"), List.of())))
        .toList();
  }

  private static Meter of(EvidenceRow row, List<EvidenceRow> readings) {
    Duration interval =
        Duration.ofMillis(Math.round(row.number("interval_minutes") * MILLIS_OF_A_MINUTE));
    Duration longest = longestReading(interval);
    List<EvidenceRow> fit =
        readings.stream().filter(reading -> length(reading).compareTo(longest) <= 0).toList();
    return new Meter(
        row.text("series"),
        row.text("site"),
        row.text("boundary").equals("facility") ? Boundary.FACILITY : Boundary.IT,
        interval,
        row.grade(),
        fit,
        readings.size() - fit.size());
  }

  /** Clocks drift a little, the day on which they are put back has 25 hours, and months differ. */
  private static Duration longestReading(Duration interval) {
    Duration tolerated = Duration.ofMillis((long) Math.ceil(interval.toMillis() * TOLERANCE));
    if (interval.compareTo(SHORTEST_MONTH) >= 0) {
      return longer(tolerated, LONGEST_MONTH);
    }
    return interval.equals(DAY) ? longer(tolerated, LONGEST_DAY) : tolerated;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration length(EvidenceRow reading) {
    return Duration.between(reading.moment("from"), reading.moment("to"));
  }

  /** How many of its intervals the period has. */
  public double expectedIntervals(Facts facts) {
    return facts.period().length().toMillis() / (double) interval.toMillis();
  }

  /** How many of these have a reading. */
  public double readIntervals(Facts facts) {
    double read =
        readings.stream().mapToDouble(row -> length(row).toMillis() * facts.share(row)).sum();
    return Math.min(expectedIntervals(facts), read / interval.toMillis());
  }
}
