package io.gtrace.governance.facts;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerCube;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Reproduction;
import io.gtrace.ledger.query.StoredSite;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a ledger says, each thing asked once. Not for sharing between threads. */
public final class LedgerFacts implements AutoCloseable {
  /** A file of the events of one day. */
  private static final Pattern DAY_OF_EVENTS =
      Pattern.compile("events/day=(\\d{4}-\\d{2}-\\d{2})/");

  /** Of the table {@code events}; of a row that takes one back all amounts are negative. */
  private static final String VIDEO_LENGTH =
      "coalesce(abs(nullif(reported_seconds, 0)), abs(reported_frames / nullif(reported_fps, 0)))";

  /** Seconds of all videos of the table {@code events}. */
  public static final String SECONDS_OF_VIDEO = "sum(videos * " + VIDEO_LENGTH + ")";

  private static final double SAME = 1e-9;

  private final Ledger.Snapshot ledger;
  private final LedgerQuery query;
  private final ReportingPeriod period;
  private final Map<Period, LedgerCube> cubes = new HashMap<>();
  private final Map<Question, List<QueryLine>> lines = new HashMap<>();
  private final Map<Period, List<Work>> work = new HashMap<>();
  private final Map<Period, Map<String, Double>> days = new HashMap<>();
  private final Map<Medians, Map<List<String>, double[]>> medians = new HashMap<>();
  private final Map<List<GroupBy>, Set<List<String>>> keys = new HashMap<>();
  private final Map<Long, Reproduction> reproductions = new HashMap<>();

  /** What nearly all questions are asked along: they are answered from one. */
  private static final List<GroupBy> ASKED_TOGETHER =
      List.of(
          GroupBy.APP,
          GroupBy.TEAM,
          GroupBy.MODALITY,
          GroupBy.MODEL,
          GroupBy.REGION,
          GroupBy.GRID_FACTOR);

  private record Question(List<GroupBy> dimensions, Period period) {}

  private record Medians(List<GroupBy> dimensions, List<Impact> impacts) {}

  /**
   * The use of one service for one modality.
   *
   * @param service the app, or the team of calls without one
   */
  public record Use(
      String service, String team, String modality, double requests, Footprint footprint) {
    public double carbonKg() {
      return footprint.median(Impact.CARBON_KG);
    }

    public double energyKwh() {
      return footprint.median(Impact.ENERGY_KWH);
    }
  }

  public LedgerFacts(Ledger.Snapshot ledger, ReportingPeriod period) {
    this.ledger = ledger;
    this.period = period;
    query = LedgerQuery.open(ledger, Pricing.CURRENT);
  }

  public Ledger.Snapshot ledger() {
    return ledger;
  }

  /** That of figures which are asked for without one. */
  public ReportingPeriod period() {
    return period;
  }

  public LedgerQuery query() {
    return query;
  }

  public List<QueryLine> by(GroupBy... dimensions) {
    return by(period, dimensions);
  }

  public List<QueryLine> by(ReportingPeriod asked, GroupBy... dimensions) {
    return lines.computeIfAbsent(
        new Question(List.of(dimensions), asked.asked()),
        question ->
            ASKED_TOGETHER.containsAll(question.dimensions())
                ? cube(asked).by(question.dimensions())
                : query.by(question.dimensions(), question.period()));
  }

  private LedgerCube cube(ReportingPeriod asked) {
    return cubes.computeIfAbsent(asked.asked(), period -> query.cube(ASKED_TOGETHER, period));
  }

  public List<Work> work(ReportingPeriod asked) {
    return work.computeIfAbsent(asked.asked(), missing -> cube(asked).work());
  }

  /**
   * Medians of impacts of the period, split along dimensions.
   *
   * @param impacts that are no sums of others
   */
  public Map<List<String>, double[]> medians(List<GroupBy> dimensions, Impact... impacts) {
    return medians.computeIfAbsent(
        new Medians(List.copyOf(dimensions), List.of(impacts)),
        asked ->
            Collections.unmodifiableMap(
                query.medians(asked.dimensions(), period.asked(), asked.impacts())));
  }

  /**
   * Events of the period priced anew, beside the sums that are kept.
   *
   * @param mostEvents about how many to price: of a period with more, some hours are taken
   */
  public Reproduction reproduction(long mostEvents) {
    return reproductions.computeIfAbsent(
        mostEvents, most -> query.reproduction(period.asked(), most));
  }

  /** Everything in the period. */
  public Footprint total() {
    return total(period);
  }

  /**
   * @throws UnknownFactException if nothing ran then
   */
  public Footprint total(ReportingPeriod asked) {
    List<QueryLine> all = by(asked);
    if (all.isEmpty() || all.get(0).activities() == 0) {
      throw new UnknownFactException("the ledger has nothing in " + asked);
    }
    return all.get(0).footprint();
  }

  public double carbonKg() {
    return total().median(Impact.CARBON_KG);
  }

  public double energyKwh() {
    return total().median(Impact.ENERGY_KWH);
  }

  public double requests() {
    return by().get(0).requests();
  }

  /** Uses in the period, the largest carbon first. */
  public List<Use> uses() {
    total();
    return by(GroupBy.APP, GroupBy.TEAM, GroupBy.MODALITY).stream()
        .map(line -> {
          String team = line.keys().get(1);
          String app = line.keys().get(0);
          return new Use(
              service(app, team), team, line.keys().get(2), line.requests(), line.footprint());
        })
        .toList();
  }

  private static String service(String app, String team) {
    return !app.isEmpty() ? app : team.isEmpty() ? "(no name)" : team;
  }

  public Set<String> services() {
    return uses().stream()
        .map(Use::service)
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  /** Energy in the period by the key of one dimension. */
  public Map<String, Double> energyKwhBy(GroupBy dimension) {
    Map<String, Double> energy = new LinkedHashMap<>();
    by(dimension)
        .forEach(
            line -> energy.put(line.keys().get(0), line.footprint().median(Impact.ENERGY_KWH)));
    return energy;
  }

  /** Carbon of each day that has any, in order. */
  public Map<String, Double> carbonKgByDay(ReportingPeriod asked) {
    return days.computeIfAbsent(asked.asked(), this::carbonKgByDay);
  }

  private Map<String, Double> carbonKgByDay(Period asked) {
    Map<String, Double> carbon = new LinkedHashMap<>();
    query
        .medians(
            List.of(GroupBy.DAY),
            asked,
            List.of(Impact.OPERATIONAL_LOCATION_BASED_KG, Impact.EMBODIED_KG))
        .forEach((day, kg) -> carbon.put(day.get(0), kg[0] + kg[1]));
    return Collections.unmodifiableMap(carbon);
  }

  /**
   * Seconds of all videos of a period, as single events tell them.
   *
   * @param videos how many there are by the sums of the ledger
   * @return empty where not every one of these tells its length
   */
  OptionalDouble videoSeconds(ReportingPeriod asked, double videos) {
    if (!(videos > 0)) {
      return OptionalDouble.empty();
    }
    List<Optional<Object>> told = new ArrayList<>();
    try {
      query.sql(
          "SELECT "
              + SECONDS_OF_VIDEO
              + ", sum(videos) FILTER (WHERE "
              + VIDEO_LENGTH
              + " > 0) FROM events WHERE modality = 'video' AND "
              + asked.asked().condition("time"),
          new LedgerQuery.Rows() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public boolean row(List<Optional<Object>> values) {
              return told.addAll(values);
            }
          });
    } catch (IllegalArgumentException noSingleEvents) {
      return OptionalDouble.empty();
    }
    double withLength = number(told, 1);
    return Math.abs(withLength - videos) <= SAME * videos
        ? OptionalDouble.of(number(told, 0))
        : OptionalDouble.empty();
  }

  private static double number(List<Optional<Object>> values, int column) {
    return column < values.size() && values.get(column).orElse(0) instanceof Number number
        ? number.doubleValue()
        : 0;
  }

  public List<StoredSite> sites() {
    return query.sites();
  }

  /** Names of all sites at which something ran, at any time. */
  Set<String> siteNames() {
    return sites().stream().map(StoredSite::id).collect(Collectors.toSet());
  }

  /** Names of all services that there were at any time. */
  Set<String> serviceNames() {
    return owners().stream()
        .map(keys -> service(keys.get(0), keys.get(1)))
        .collect(Collectors.toSet());
  }

  /** The same with the names of all teams. */
  Set<String> ownerNames() {
    Set<String> names = new HashSet<>(serviceNames());
    owners().stream().map(keys -> keys.get(1)).filter(team -> !team.isEmpty()).forEach(names::add);
    return names;
  }

  private Set<List<String>> owners() {
    return keys(GroupBy.APP, GroupBy.TEAM);
  }

  /** Names of all grid zones in which something ran, at any time. */
  Set<String> zoneNames() {
    return keys(GroupBy.ZONE).stream().map(keys -> keys.get(0)).collect(Collectors.toSet());
  }

  private Set<List<String>> keys(GroupBy... dimensions) {
    // Pricing all that there ever was takes several times as long as finding what it is of.
    return keys.computeIfAbsent(List.of(dimensions), asked -> query.keys(asked, Period.ALL));
  }

  /** Digests of all seals of the ledger. */
  public Set<String> sealDigests() {
    return Stream.concat(
            ledger.seals().stream().map(Seal::previous), Stream.of(ledger.head().seal()))
        .filter(digest -> !digest.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Batches sealed after a day that added events of a period or took some out. */
  public long batchesTouching(ReportingPeriod asked, LocalDate after) {
    return ledger.seals().stream()
        .filter(seal -> seal.kind() == Seal.Kind.APPEND || seal.kind() == Seal.Kind.FORGET)
        .filter(seal -> LocalDate.ofInstant(seal.sealedAt(), ZoneOffset.UTC).isAfter(after))
        .filter(seal ->
            Stream.concat(seal.files().stream().map(SealedFile::path), seal.removed().stream())
                .map(DAY_OF_EVENTS::matcher)
                .filter(Matcher::find)
                .anyMatch(day -> asked.holds(LocalDate.parse(day.group(1)))))
        .count();
  }

  /** Digests of the factors that price the period. */
  public List<String> factorSets() {
    List<String> sets = new ArrayList<>();
    work(period).stream().map(Work::factorSet).distinct().sorted().forEach(sets::add);
    return sets;
  }

  @Override
  public void close() {
    query.close();
  }
}
