package io.gtrace.ledger;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The time of a metered bucket that is told by its beginning and end, as usage APIs do: a minute,
 * an hour or a day. Its request id is a format, beginning, end, and what else tells it from others,
 * with bars between them.
 *
 * @param format goes before the first bar
 * @param start of the bucket
 * @param width 1 min, 1 h or 1 d
 * @param rest goes after the end, with its bar
 * @param inSeconds whether moments are written as seconds since 1970, and not in ISO 8601
 */
record BucketTime(String format, Instant start, Duration width, String rest, boolean inSeconds) {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<Duration> WIDTHS = List.of(MINUTE, HOUR, DAY);

  /** Seconds of this century, so that no other number passes for a moment. */
  private static final Pattern SECONDS = Pattern.compile("\\d{9,11}");

  private static final Pattern BAR = Pattern.compile("\\|");

  /** Of a request id; empty if it does not begin with a bucket's time. */
  static Optional<BucketTime> of(String requestId) {
    String[] parts = BAR.split(requestId, 4);
    if (parts.length < 4) {
      return Optional.empty();
    }
    boolean inSeconds = SECONDS.matcher(parts[1]).matches();
    Optional<Instant> start = moment(parts[1], inSeconds);
    Optional<Instant> end = moment(parts[2], inSeconds);
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    Duration width = Duration.between(start.get(), end.get());
    return WIDTHS.contains(width)
        ? Optional.of(new BucketTime(parts[0], start.get(), width, "|" + parts[3], inSeconds))
        : Optional.empty();
  }

  private static Optional<Instant> moment(String text, boolean inSeconds) {
    try {
      if (inSeconds) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
      }
      Instant moment = Instant.parse(text);
      // Only what is written in the usual way can be written again.
      return Optional.of(moment).filter(same -> same.toString().equals(text));
    } catch (NumberFormatException | DateTimeException noMoment) {
      return Optional.empty();
    }
  }

  /**
   * Request ids that buckets of other widths have which hold this one or are held by it. Minutes of
   * a day are not among them: they are too many.
   */
  List<String> overlapping() {
    List<String> ids = new ArrayList<>();
    for (Duration other : WIDTHS) {
      if (other.compareTo(width) > 0) {
        ids.add(requestId(startOf(other), other));
      } else if (other.compareTo(width) < 0 && !(other.equals(MINUTE) && width.equals(DAY))) {
        for (Instant at = start; at.isBefore(start.plus(width)); at = at.plus(other)) {
          ids.add(requestId(at, other));
        }
      }
    }
    return ids;
  }

  private Instant startOf(Duration wider) {
    long seconds = wider.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), seconds) * seconds);
  }

  private String requestId(Instant at, Duration wide) {
    return format + "|" + written(at) + "|" + written(at.plus(wide)) + rest;
  }

  private String written(Instant moment) {
    return inSeconds ? Long.toString(moment.getEpochSecond()) : moment.toString();
  }

  /** The days on which its calls may be booked, by clocks of all zones, as files are named. */
  Set<String> days() {
    Set<String> days = new TreeSet<>();
    LocalDate last = LocalDate.ofInstant(start.plus(width), ZoneOffset.UTC).plusDays(1);
    for (LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC).minusDays(1);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      days.add(day.toString());
    }
    return days;
  }
}
