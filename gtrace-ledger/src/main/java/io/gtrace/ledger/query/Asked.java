package io.gtrace.ledger.query;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked of the cells of a ledger.
 *
 * @param dimensions told apart
 * @param only values along dimensions; an empty one for what is not known
 * @param among several values along dimensions, one of which it has; an empty one for what is not
 *     known
 * @param mostLines more are not told apart
 */
record Asked(
    List<GroupBy> dimensions,
    Period period,
    Map<GroupBy, String> only,
    Map<GroupBy, Set<String>> among,
    long mostLines) {

  /**
   * @throws IllegalArgumentException if one of the dimensions of {@code only} or {@code among} is a
   *     time, for which there is the period
   */
  Asked {
    dimensions = List.copyOf(dimensions);
    only = Map.copyOf(only);
    among = Map.copyOf(among);
    Stream.concat(only.keySet().stream(), among.keySet().stream())
        .filter(GroupBy::isTime)
        .findFirst()
        .ifPresent(time -> {
          throw new IllegalArgumentException(time.label() + " is a time: ask for a period instead");
        });
  }

  /** Everything in a period. */
  static Asked all(List<GroupBy> dimensions, Period period) {
    return new Asked(dimensions, period, Map.of(), Map.of(), Long.MAX_VALUE);
  }

  /** All dimensions that an answer depends on. */
  Set<GroupBy> touched() {
    Set<GroupBy> touched = new HashSet<>(dimensions);
    touched.addAll(only.keySet());
    touched.addAll(among.keySet());
    return touched;
  }

  /** That a cell belongs to it, in the words of the database. */
  String condition() {
    return Stream.of(
            Stream.of(period.condition("cell.hour")),
            only.entrySet().stream().map(each -> each.getKey().condition(each.getValue())),
            among.entrySet().stream().map(each -> each.getKey().condition(each.getValue())))
        .flatMap(each -> each)
        .collect(Collectors.joining(" AND "));
  }

  /** Whether cells of a kind, priced by a row, belong to it, whatever their period. */
  boolean takes(CellKind kind, CardRows.Row row, boolean hasTime) {
    return only.entrySet().stream()
            .allMatch(each -> each.getKey().of(kind, row, hasTime).equals(each.getValue()))
        && among.entrySet().stream()
            .allMatch(each -> each.getValue().contains(each.getKey().of(kind, row, hasTime)));
  }
}
