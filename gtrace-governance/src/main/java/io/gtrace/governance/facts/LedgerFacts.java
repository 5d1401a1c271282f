package io.gtrace.governance.facts;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerCube;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.StoredSite;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final Ledger.Snapshot ledger;
  private final LedgerQuery query;
  private final ReportingPeriod period;
  private final Map<Period, LedgerCube> cubes = new HashMap<>();
  private final Map<Question, List<QueryLine>> lines = new HashMap<>();
  private final Map<Period, List<Work>> work = new HashMap<>();

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
    return query.medians(dimensions, period.asked(), List.of(impacts));
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
          String service = !app.isEmpty() ? app : team.isEmpty() ? "(no name)" : team;
          return new Use(service, team, line.keys().get(2), line.requests(), line.footprint());
        })
        .toList();
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
    Map<String, Double> days = new LinkedHashMap<>();
    query
        .medians(
            List.of(GroupBy.DAY),
            asked.asked(),
            List.of(Impact.OPERATIONAL_LOCATION_BASED_KG, Impact.EMBODIED_KG))
        .forEach((day, kg) -> days.put(day.get(0), kg[0] + kg[1]));
    return days;
  }

  public List<StoredSite> sites() {
    return query.sites();
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
