package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Footprint;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.AssurerCheck;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.NameCheck;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.IndicatorResult.CriterionResult;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds an organisation against the pyramid. */
public final class Assessor {
  private final Pyramid usual;
  private final RateCard card;

  /**
   * @param usual the pyramid with its usual thresholds
   * @param card the factors at hand, which price what would have been
   */
  public Assessor(Pyramid usual, RateCard card) {
    this.usual = usual;
    this.card = card;
  }

  /**
   * Assesses one period.
   *
   * @param before what earlier periods reached, oldest first
   * @throws io.gtrace.simulation.document.DocumentException if the profile names indicators that
   *     are not there
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  public Assessment assess(
      Ledger.Snapshot ledger,
      Profile profile,
      Evidence evidence,
      ReportingPeriod period,
      List<Standing.Reached> before) {
    try (LedgerFacts ledgerFacts = new LedgerFacts(ledger, period)) {
      return assess(ledgerFacts, profile, evidence, before);
    }
  }

  /**
   * Assesses the period of facts, which may have served other assessments: by another profile or
   * other evidence.
   */
  Assessment assess(
      LedgerFacts ledger, Profile profile, Evidence evidence, List<Standing.Reached> before) {
    Thresholds thresholds = Thresholds.of(usual, profile);
    ReportingPeriod period = ledger.period();
    AssurerCheck assured = AssurerCheck.of(evidence, profile, period);
    Evidence checked = NameCheck.of(assured.evidence(), ledger, card.catalogue());
    Facts facts = new Facts(period, ledger, profile, checked, card, usual.meteredShare());
    List<LevelResult> levels = new ArrayList<>();
    boolean below = true;
    for (Level level : thresholds.pyramid().levels()) {
      LevelResult result = level(facts, thresholds, level, below);
      below = result.reached();
      levels.add(result);
    }
    int reached = (int) levels.stream().filter(LevelResult::reached).count();
    return new Assessment(
        profile.organisation(),
        period,
        thresholds.pyramid(),
        footprint(ledger),
        reached,
        standing(before, period, reached),
        levels,
        checked.faults(),
        remarks(ledger, assured, period),
        ledger.ledger().head().seal(),
        ledger.factorSets());
  }

  private static List<String> remarks(
      LedgerFacts ledger, AssurerCheck assured, ReportingPeriod period) {
    List<String> remarks = new ArrayList<>(assured.evidence().strangers());
    remarks.addAll(assured.remarks());
    Period spanned = ledger.query().period();
    spanned
        .from()
        .filter(first -> first.isAfter(period.from().plus(Duration.ofDays(1))))
        .ifPresent(first ->
            remarks.add(
                "the ledger begins at "
                    + first
                    + ": figures are of a part of "
                    + period
                    + ", and what is compared with whole periods comes out too low"));
    spanned
        .to()
        .filter(last -> last.isBefore(period.to().minus(Duration.ofDays(1))))
        .ifPresent(last ->
            remarks.add(
                "the ledger ends at "
                    + last
                    + ": figures are of a part of "
                    + period
                    + ", and what is compared with whole periods comes out too low"));
    return remarks;
  }

  private static Optional<Footprint> footprint(LedgerFacts ledger) {
    try {
      return Optional.of(ledger.total());
    } catch (UnknownFactException nothing) {
      return Optional.empty();
    }
  }

  private static Standing standing(
      List<Standing.Reached> before, ReportingPeriod period, int reached) {
    List<Standing.Reached> all = new ArrayList<>();
    before.stream().filter(each -> each.period().compareTo(period) < 0).forEach(all::add);
    all.add(new Standing.Reached(period, reached));
    return Standing.after(all);
  }

  private LevelResult level(Facts facts, Thresholds thresholds, Level level, boolean below) {
    List<IndicatorResult> results =
        level.indicators().stream()
            .map(indicator -> indicator(facts, thresholds, level, indicator))
            .toList();
    List<IndicatorResult> counted =
        results.stream().filter(each -> each.verdict() != Verdict.NOT_APPLICABLE).toList();
    long passed = counted.stream().filter(each -> each.verdict() == Verdict.PASS).count();
    boolean gatesOpen =
        counted.stream()
            .filter(each -> each.indicator().isGate())
            .allMatch(each -> each.verdict() == Verdict.PASS);
    boolean enough = passed >= usual.passedShare() * counted.size() && !counted.isEmpty();
    return new LevelResult(
        level, below && gatesOpen && enough, (int) passed, counted.size(), results);
  }

  private IndicatorResult indicator(
      Facts facts, Thresholds thresholds, Level level, Indicator indicator) {
    List<String> loosened = thresholds.loosened(indicator.id());
    Optional<String> excused =
        Optional.ofNullable(facts.profile().notApplicable().get(indicator.id()));
    if (excused.isPresent()) {
      return unmeasured(indicator, Verdict.NOT_APPLICABLE, excused.get(), loosened);
    }
    Finding finding;
    try {
      finding = Indicators.measure(indicator.id()).of(facts);
    } catch (UnknownFactException missing) {
      String why = String.valueOf(missing.getMessage());
      return valued(
          unmeasured(indicator, Verdict.UNKNOWN, why + alsoAbsent(facts, indicator, why), loosened),
          facts);
    }
    if (finding instanceof Finding.NotApplicable not) {
      return unmeasured(indicator, Verdict.NOT_APPLICABLE, not.reason(), loosened);
    }
    return valued(judged(level, indicator, (Finding.Measured) finding, loosened), facts);
  }

  /** Other tables that the indicator rests on and that are not there, where one is asked for. */
  private static String alsoAbsent(Facts facts, Indicator indicator, String why) {
    List<String> absent =
        indicator.evidence().stream()
            .filter(kind -> facts.evidence().table(kind).isEmpty())
            .map(facts::absent)
            .toList();
    return absent.size() > 1 && absent.stream().anyMatch(why::contains)
        ? absent.stream()
            .filter(each -> !why.contains(each))
            .collect(Collectors.joining(" and ", " and ", ""))
        : "";
  }

  private static IndicatorResult unmeasured(
      Indicator indicator, Verdict verdict, String reason, List<String> loosened) {
    return new IndicatorResult(
        indicator,
        verdict,
        List.of(),
        Optional.empty(),
        List.of(reason),
        loosened,
        Optional.empty());
  }

  private static IndicatorResult judged(
      Level level, Indicator indicator, Finding.Measured found, List<String> loosened) {
    List<CriterionResult> results = new ArrayList<>();
    Verdict verdict = Verdict.PASS;
    for (int i = 0; i < indicator.criteria().size(); i++) {
      Criterion criterion = indicator.criteria().get(i);
      Estimate estimate = found.values().get(i);
      Verdict single =
          Double.isNaN(estimate.value()) ? Verdict.UNKNOWN : criterion.verdict(estimate);
      results.add(new CriterionResult(criterion, estimate, single));
      verdict = verdict.and(single);
    }
    List<String> reasons = new ArrayList<>(found.basis());
    Grade needed = indicator.isGate() ? level.gateGrade() : Grade.E0;
    if (verdict == Verdict.PASS && !found.grade().isAtLeast(needed)) {
      verdict = Verdict.UNKNOWN;
      reasons.add(
          0,
          "a gate of level "
              + level.number()
              + " needs facts of grade "
              + needed
              + " ("
              + needed.meaning()
              + "); these are "
              + found.grade()
              + " ("
              + found.grade().meaning()
              + ")"
              + remedy(needed));
    }
    return new IndicatorResult(
        indicator,
        verdict,
        results,
        Optional.of(found.grade()),
        reasons,
        loosened,
        Optional.empty());
  }

  private static String remedy(Grade needed) {
    return switch (needed) {
      case E3 -> "; let meters cover the energy (2.1), and machines keep the logs";
      case E4 ->
          "; have meters and an assurer: a signed statement of assurance over the carbon (6.3)"
              + " and a signature of each table behind it";
      default -> "; hand in what is more than a claim";
    };
  }

  private static IndicatorResult valued(IndicatorResult result, Facts facts) {
    if (result.verdict() == Verdict.PASS) {
      return result;
    }
    return new IndicatorResult(
        result.indicator(),
        result.verdict(),
        result.results(),
        result.grade(),
        result.reasons(),
        result.loosened(),
        Indicators.worthKg(result.indicator().id(), facts));
  }
}
