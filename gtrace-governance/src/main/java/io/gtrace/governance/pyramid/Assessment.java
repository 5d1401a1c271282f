package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Footprint;
import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.ReportingPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An organisation held against the pyramid in one period.
 *
 * @param pyramid with the thresholds that held
 * @param footprint everything in the ledger in the period; empty if there is nothing
 * @param reached the highest level that the period reached by itself, 0 to 7
 * @param standing with the periods before
 * @param levels the lowest first
 * @param faults of the evidence
 * @param remarks that concern the whole
 * @param seal digest of the newest seal of the ledger that was assessed
 * @param factorSets digests of the factors behind its figures
 */
public record Assessment(
    String organisation,
    ReportingPeriod period,
    Pyramid pyramid,
    Optional<Footprint> footprint,
    int reached,
    Standing standing,
    List<LevelResult> levels,
    List<Fault> faults,
    List<String> remarks,
    String seal,
    List<String> factorSets) {

  public Assessment {
    levels = List.copyOf(levels);
    faults = List.copyOf(faults);
    remarks = List.copyOf(remarks);
    factorSets = List.copyOf(factorSets);
  }

  /**
   * What departs from the usual pyramid: loosened thresholds, gates that were excused. Every output
   * shows it.
   */
  public List<String> departures() {
    return indicators()
        .flatMap(each -> {
          String id = each.indicator().id() + " ";
          boolean excused = each.indicator().isGate() && each.verdict() == Verdict.NOT_APPLICABLE;
          return Stream.concat(
              each.loosened().stream().map(text -> id + text),
              excused
                  ? Stream.of(id + "gate excused: " + String.join("; ", each.reasons()))
                  : Stream.of());
        })
        .toList();
  }

  public Stream<IndicatorResult> indicators() {
    return levels.stream().flatMap(level -> level.indicators().stream());
  }

  /** The lowest level that the period did not reach; empty if it reached all. */
  public Optional<LevelResult> next() {
    return levels.stream().filter(level -> !level.reached()).findFirst();
  }

  /**
   * One action on the way to the next level.
   *
   * @param indicator what the action makes pass
   * @param passed indicators of the level that pass once this and the actions before it are done
   * @param reached whether it is this action that reaches the level
   */
  public record Lift(IndicatorResult indicator, int passed, boolean reached) {}

  /** The way to the next level, step by step; none if all levels are reached. */
  public List<Lift> way() {
    Optional<LevelResult> next = next();
    List<Lift> way = new ArrayList<>();
    List<IndicatorResult> lifts = lifts();
    for (int i = 0; i < lifts.size(); i++) {
      int passed = next.orElseThrow().passed() + i + 1;
      boolean gatesOpen = lifts.stream().skip(i + 1L).noneMatch(each -> each.indicator().isGate());
      boolean enough = passed >= pyramid.passedShare() * next.orElseThrow().counted();
      boolean before = way.stream().anyMatch(Lift::reached);
      way.add(new Lift(lifts.get(i), passed, !before && gatesOpen && enough));
    }
    return List.copyOf(way);
  }

  /**
   * What does not pass at levels after the next one and would avoid carbon, the most first. Their
   * amounts overlap and must not be added up.
   */
  public List<IndicatorResult> largestBeyond() {
    int next = next().map(each -> each.level().number()).orElse(0);
    return levels.stream()
        .filter(level -> level.level().number() > next)
        .flatMap(level -> level.indicators().stream())
        .filter(each -> each.verdict() != Verdict.PASS)
        .filter(each -> each.verdict() != Verdict.NOT_APPLICABLE)
        .filter(each -> each.indicator().kind() == Indicator.ValueKind.ABATED)
        .filter(each -> each.worthOfNextStepKg().filter(kg -> kg.value() > 0).isPresent())
        .sorted(Comparator.comparingDouble(each -> -each.worthKg().orElseThrow().value()))
        .toList();
  }

  /**
   * What of the next level does not pass, gates first, then what is worth most: the actions that
   * lift the organisation.
   */
  public List<IndicatorResult> lifts() {
    return next().stream()
        .flatMap(level -> level.indicators().stream())
        .filter(each -> each.verdict() != Verdict.PASS)
        .filter(each -> each.verdict() != Verdict.NOT_APPLICABLE)
        .sorted(
            Comparator.comparing((IndicatorResult each) -> !each.indicator().isGate())
                .thenComparingDouble(
                    each -> -each.worthOfNextStepKg().map(Estimate::value).orElse(0.0)))
        .toList();
  }
}
