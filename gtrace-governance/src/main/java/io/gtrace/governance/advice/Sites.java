package io.gtrace.governance.advice;

import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.NetworkLatency;
import io.gtrace.governance.routing.Places;
import io.gtrace.governance.routing.Rule;
import io.gtrace.ratecard.CardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sites that some work could run at, by canonical name, and what keeps it from some of them. */
final class Sites {
  private final Replay replay;
  private final Residency residency;
  private final Map<String, CardRow> rows = new TreeMap<>();
  private final Map<String, Set<String>> areas = new TreeMap<>();

  /**
   * @param loads work whose own sites are among them
   */
  Sites(Replay replay, List<Load> loads) {
    this.replay = replay;
    residency = new Residency(replay.catalogue());
    for (Load load : loads) {
      add(replay.row(load));
      candidates(load).forEach(site -> add(replay.row(load.at(site, load.hours()))));
    }
  }

  private void add(CardRow row) {
    if (rows.putIfAbsent(row.site(), row) == null) {
      areas.put(row.site(), residency.areas(row));
    }
  }

  List<String> names() {
    return List.copyOf(rows.keySet());
  }

  /** Some row at a site: grid, facility and position are the same for all models there. */
  CardRow row(String name) {
    return Optional.ofNullable(rows.get(name)).orElseThrow();
  }

  /** Where else the organisation lets work go: regions it names, or those of the same cloud. */
  private List<String> candidates(Load load) {
    List<String> named = replay.organisation().regions();
    if (!named.isEmpty()) {
      return named;
    }
    String site = replay.row(load).site();
    return replay.catalogue().regions().stream()
        .filter(region -> site.startsWith(region.provider() + "/"))
        .map(CloudRegion::id)
        .toList();
  }

  /** What keeps work to some sites; every rule leaves the names of those that it allows. */
  List<Rule> rules(Load load) {
    List<Rule> rules = new ArrayList<>();
    Workload workload = load.workload();
    String here = replay.row(load).site();
    Set<String> candidates =
        candidates(load).stream()
            .map(site -> replay.row(load.at(site, load.hours())).site())
            .collect(Collectors.toSet());
    candidates.add(here);
    rules.add(
        new Rule(
            replay.organisation().regions().isEmpty() ? "regions of its cloud" : "regions named",
            candidates));
    if (!workload.residency().isEmpty()) {
      rules.add(
          new Rule(
              "data residency " + String.join(", ", workload.residency()),
              where(name -> isIn(name, workload.residency()))));
    } else if (replay.organisation().regions().isEmpty()) {
      continent(here)
          .ifPresent(continent ->
              rules.add(
                  new Rule("continent " + continent.name(), where(name -> isOn(name, continent)))));
    }
    if (workload.users().isPresent() && workload.maxLatencyMs().isPresent()) {
      double most = workload.maxLatencyMs().getAsDouble();
      Position users = workload.users().get();
      rules.add(
          new Rule(
              String.format(Locale.ROOT, "round trip of at most %.0f ms", most),
              where(name -> roundTripMs(users, name) <= most)));
    }
    return rules;
  }

  private Set<String> where(Predicate<String> allowed) {
    return rows.keySet().stream().filter(allowed).collect(Collectors.toSet());
  }

  private boolean isIn(String name, List<String> allowed) {
    Set<String> at = areas.getOrDefault(name, Set.of());
    return allowed.stream()
        .map(area -> replay.catalogue().findPlace(area).map(Places::id).orElse(area))
        .anyMatch(area -> at.contains(area.toUpperCase(Locale.ROOT)));
  }

  private Optional<GridZone> continent(String name) {
    return residency.continent(row(name));
  }

  private boolean isOn(String name, GridZone continent) {
    return areas.getOrDefault(name, Set.of()).contains(continent.id().toUpperCase(Locale.ROOT));
  }

  /** Round trip to a site, ms; 0 where nobody knows where it is. */
  double roundTripMs(Position from, String to) {
    return row(to).position().map(there -> NetworkLatency.roundTripMs(from, there)).orElse(0.0);
  }

  /** Where the users of work are taken to be: as was said, or where it runs today. */
  Optional<Position> users(Load load) {
    return load.workload().users().or(() -> replay.row(load).position());
  }
}
