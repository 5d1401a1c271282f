package io.gtrace.governance.advice;

import io.gtrace.factor.Position;
import io.gtrace.ledger.query.GroupBy;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Work that belongs together, and what may be done with it.
 *
 * @param name what it is called
 * @param match values that the work has in the ledger; all of them; none match everything
 * @param users where its users are; empty where nobody said
 * @param maxLatencyMs longest round trip that they bear; empty where nobody said
 * @param residency countries, grid zones or regions that it must stay in; empty for its continent
 * @param slackHours how long all of it may wait; empty where nobody said
 * @param minQuality lowest quality tier of a model that may serve it; empty where nobody said
 * @param without ids of actions that may not touch it
 */
public record Workload(
    String name,
    Map<GroupBy, String> match,
    Optional<Position> users,
    OptionalDouble maxLatencyMs,
    List<String> residency,
    OptionalInt slackHours,
    OptionalInt minQuality,
    Set<String> without) {

  /** Work of which nothing was said. */
  public static final Workload OTHER =
      new Workload(
          "everything else",
          Map.of(),
          Optional.empty(),
          OptionalDouble.empty(),
          List.of(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Set.of());

  public Workload {
    Map<GroupBy, String> copy = new EnumMap<>(GroupBy.class);
    copy.putAll(match);
    match = Collections.unmodifiableMap(copy);
    residency = List.copyOf(residency);
    without = Set.copyOf(without);
  }

  boolean matches(Map<GroupBy, String> values) {
    return match.entrySet().stream()
        .allMatch(each -> each.getValue().equalsIgnoreCase(values.getOrDefault(each.getKey(), "")));
  }

  boolean allows(String action) {
    return !without.contains(action);
  }
}
