package io.gtrace.ledger.trend;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * UTC hours or days in a row.
 *
 * @param start where the first begins
 * @param step how long each is
 * @param cells how many there are, one or more
 */
public record TimeGrid(Instant start, Step step, int cells) {
  /** The length of a cell. */
  public enum Step {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Step(ChronoUnit unit) {
      this.unit = unit;
    }

    /** The name in output: lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public double hours() {
      return unit.getDuration().toHours();
    }
  }

  public TimeGrid {
    if (cells < 1 || !start.equals(start.truncatedTo(step.unit))) {
      throw new IllegalArgumentException(
          "a grid begins with a whole " + step.label() + " and has cells");
    }
  }

  /** The grid that holds most of each cell between two moments; at least one cell. */
  static TimeGrid nearest(Instant from, Instant until, Step step) {
    Duration half = step.unit.getDuration().dividedBy(2);
    Instant start = from.plus(half).truncatedTo(step.unit);
    long cells = step.unit.between(start, until.plus(half).truncatedTo(step.unit));
    return cells < 1
        ? new TimeGrid(from.truncatedTo(step.unit), step, 1)
        : new TimeGrid(start, step, Math.toIntExact(cells));
  }

  /** The grid with as many cells more as it takes to hold a time. */
  TimeGrid extendedTo(Instant from, Instant until) {
    Instant first = from.isBefore(start) ? from.truncatedTo(step.unit) : start;
    Instant floor = until.truncatedTo(step.unit);
    Instant ceiling = floor.equals(until) ? floor : floor.plus(step.unit.getDuration());
    Instant end = ceiling.isAfter(end()) ? ceiling : end();
    return new TimeGrid(first, step, Math.toIntExact(step.unit.between(first, end)));
  }

  /** Where a cell begins; that of the cell after the last is the end. */
  public Instant start(int cell) {
    return start.plus(step.unit.getDuration().multipliedBy(cell));
  }

  public Instant end() {
    return start(cells);
  }

  /** A moment, in cells after the start. */
  double position(Instant moment) {
    return Duration.between(start, moment).toSeconds() / (3_600 * step.hours());
  }

  double daysPerCell() {
    return step.hours() / 24;
  }
}
