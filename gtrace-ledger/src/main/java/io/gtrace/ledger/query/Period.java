package io.gtrace.ledger.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of a ledger that is asked for.
 *
 * @param from the first moment; empty from the beginning, which takes in events without a time
 * @param to the first moment after it; empty to the end
 */
public record Period(Optional<Instant> from, Optional<Instant> to) {
  /** All of it. */
  public static final Period ALL = new Period(Optional.empty(), Optional.empty());

  /** Whether it is made of whole days (UTC). */
  boolean isOfWholeDays() {
    return Stream.of(from, to)
        .flatMap(Optional::stream)
        .allMatch(each -> each.equals(each.truncatedTo(ChronoUnit.DAYS)));
  }

  String condition(String moment) {
    String since =
        from.map(each -> " AND " + moment + " >= TIMESTAMP '" + sql(each) + "'").orElse("");
    String until = to.map(each -> " AND " + moment + " < TIMESTAMP '" + sql(each) + "'").orElse("");
    return "true" + since + until;
  }

  private static String sql(Instant moment) {
    return moment.toString().replace('T', ' ').replace("Z", "");
  }
}
