package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts.Use;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.Score;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.governance.profile.Profile;
import io.gtrace.ledger.query.GroupBy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;

/** Level 4: budgets, release gates and tested readiness for surges. */
final class Controlled {
  private static final int WEEK_DAYS = 7;
  private static final double MILLIS_OF_AN_HOUR = 3_600_000;

  private Controlled() {}

  static Finding budgetCoverage(Facts facts) {
    Map<String, List<EvidenceRow>> budgets = budgets(facts);
    double covered =
        facts.ledger().uses().stream()
            .mapToDouble(use -> use.carbonKg() * facts.period().coveredBy(of(use, budgets)))
            .sum();
    return Finding.percent(facts.grade("budgets"), covered, facts.ledger().carbonKg());
  }

  /** Budgets of the period by the service or team that they are of. */
  private static Map<String, List<EvidenceRow>> budgets(Facts facts) {
    return facts.rowsOfPeriod("budgets").stream()
        .collect(Collectors.groupingBy(row -> row.text("service")));
  }

  private static List<EvidenceRow> of(Use use, Map<String, List<EvidenceRow>> budgets) {
    return Stream.of(use.service(), use.team())
        .distinct()
        .flatMap(owner -> budgets.getOrDefault(owner, List.of()).stream())
        .toList();
  }

  /**
   * What the budgets of the period were overshot by; carbon of a service counts by the part of the
   * period that its budgets cover.
   */
  static Estimate overshoot(Facts facts) {
    DrawnAmount over = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(0);
    for (Map.Entry<String, List<EvidenceRow>> each : budgets(facts).entrySet()) {
      double covered = facts.period().coveredBy(each.getValue());
      double allowedKg =
          each.getValue().stream().mapToDouble(row -> facts.inPeriod(row, "carbon_kg")).sum();
      Optional<DrawnAmount> burnt =
          facts.ledger().uses().stream()
              .filter(use -> List.of(use.service(), use.team()).contains(each.getKey()))
              .map(use -> DrawnAmount.of(use.footprint(), Impact.CARBON_KG).times(covered))
              .reduce(DrawnAmount::plus);
      if (burnt.isPresent() && burnt.get().median() > allowedKg) {
        over = over.plus(burnt.get().minus(burnt.get().exactly(allowedKg)));
      }
    }
    return over.estimate();
  }

  /** A modality that was used both in the period and in its baseline. */
  private record Trend(String modality, Score now, Score then) {
    DrawnAmount ratio() {
      return now.kgPerUnit().over(then.kgPerUnit());
    }

    DrawnAmount beyondThenKg() {
      return now.kgPerUnit().minus(then.kgPerUnit()).times(now.units());
    }
  }

  private static List<Trend> trends(Facts facts) {
    ReportingPeriod baseline = baseline(facts);
    Map<String, Score> then = Score.byModality(facts, baseline);
    List<Trend> trends = new ArrayList<>();
    Score.byModality(facts, facts.period())
        .forEach((modality, now) ->
            Optional.ofNullable(then.get(modality))
                .filter(score -> score.unit().equals(now.unit()))
                .ifPresent(score -> trends.add(new Trend(modality, now, score))));
    if (trends.isEmpty()) {
      throw new UnknownFactException("no modality was used both now and in " + baseline);
    }
    return trends;
  }

  static Finding sciTrend(Facts facts) {
    Trend worst =
        trends(facts).stream()
            .max(Comparator.comparingDouble(trend -> trend.ratio().estimate().high()))
            .orElseThrow();
    return remarkingBaseline(
        facts,
        Finding.of(facts.ledgerGrade(), worst.ratio().estimate())
            .because(
                "of "
                    + worst.modality()
                    + " for one "
                    + worst.now().unit()
                    + ", against "
                    + baseline(facts))
            .because(withoutScore(facts)));
  }

  private static String withoutScore(Facts facts) {
    Set<String> scored = trends(facts).stream().map(Trend::modality).collect(Collectors.toSet());
    List<String> left =
        facts.ledger().by(GroupBy.MODALITY).stream()
            .map(line -> line.keys().get(0))
            .filter(each -> !scored.contains(each))
            .toList();
    return left.isEmpty()
        ? "all modalities are compared"
        : "not compared, since one of the periods has none or does not tell its units (training:"
            + " its compute): "
            + Bounded.some(left);
  }

  /**
   * The frozen baseline.
   *
   * @throws UnknownFactException if there is none, or it is not over when the period begins
   */
  static ReportingPeriod baseline(Facts facts) {
    Profile.Baseline baseline =
        facts
            .profile()
            .baseline()
            .orElseThrow(() ->
                new UnknownFactException(
                    "add a baseline to the profile, as baseline: {period: 2025-Q1, frozen_on:"
                        + " 2025-04-15}"));
    ReportingPeriod period = ReportingPeriod.parse(baseline.period());
    if (period.to().isAfter(facts.period().from())) {
      throw new UnknownFactException(
          "the baseline " + period + " does not end before " + facts.period());
    }
    return period;
  }

  /** With what happened to the baseline since it was frozen, if anything did. */
  static Finding.Measured remarkingBaseline(Facts facts, Finding.Measured found) {
    LocalDate frozenOn = facts.profile().baseline().orElseThrow().frozenOn();
    long batches = facts.ledger().batchesTouching(baseline(facts), frozenOn);
    return batches == 0
        ? found
        : found.because(
            "usage of the baseline may have been added or removed since it was frozen on "
                + frozenOn
                + ", by batches sealed later: "
                + batches);
  }

  /** What is emitted beyond the score of the baseline, all modalities together. */
  static Estimate beyondBaseline(Facts facts) {
    return trends(facts).stream()
        .map(Trend::beyondThenKg)
        .reduce(DrawnAmount::plus)
        .orElseThrow()
        .estimate()
        .orNothing();
  }

  private static List<EvidenceRow> releases(Facts facts) {
    List<EvidenceRow> inPeriod =
        facts.rows("releases").stream()
            .filter(row -> facts.period().holds(row.moment("at")))
            .toList();
    if (inPeriod.isEmpty()) {
      throw facts.nothingOfPeriod("releases");
    }
    return inPeriod;
  }

  private static boolean isChecked(EvidenceRow release) {
    return release.optionalNumber("sci_before_g").isPresent()
        && release.optionalNumber("sci_after_g").isPresent();
  }

  private static boolean isRegression(EvidenceRow release) {
    return isChecked(release)
        && release.number("sci_after_g") > regression() * release.number("sci_before_g")
        && release.text("waiver").isEmpty();
  }

  private static double regression() {
    return 1 + Limits.constant("4.3", "regression_percent") / 100;
  }

  static Finding releaseGate(Facts facts) {
    List<EvidenceRow> releases = releases(facts);
    long checked = releases.stream().filter(Controlled::isChecked).count();
    List<String> let =
        releases.stream().filter(Controlled::isRegression).map(row -> row.text("release")).toList();
    Finding.Measured found =
        Finding.of(
            facts.grade("releases").and(facts.ledgerGrade()),
            Estimate.exact(100.0 * (double) checked / (double) releases.size()),
            Estimate.exact((double) let.size()));
    return let.isEmpty() ? found : found.because("let through: " + Bounded.some(let));
  }

  /** Carbon of a year of the regressions that were let through. */
  static Estimate regressions(Facts facts) {
    return Estimate.exact(
        releases(facts).stream()
            .filter(Controlled::isRegression)
            .mapToDouble(row ->
                (row.number("sci_after_g") - row.number("sci_before_g"))
                    / 1000
                    * row.optionalNumber("units_per_year").orElse(0))
            .sum());
  }

  static Finding surgeReadiness(Facts facts) {
    Surge surge = Surge.worst(facts);
    return Finding.of(facts.grade("surge").and(facts.ledgerGrade()), surge.probability())
        .because(surge.basis());
  }

  static Estimate expectedOvershoot(Facts facts) {
    return Surge.worst(facts).avoidableKg();
  }

  static Finding forecastSkill(Facts facts) {
    Map<LocalDate, Double> actual = days(facts);
    Map<LocalDate, EvidenceRow> newest = new TreeMap<>();
    for (EvidenceRow row : facts.rows("forecasts")) {
      LocalDate day = row.day("day").orElseThrow();
      LocalDate made = row.day("made_on").orElseThrow();
      if (facts.period().holds(day) && !made.plusDays(WEEK_DAYS).isAfter(day)) {
        newest.merge(
            day,
            row,
            (one, other) ->
                one.day("made_on").orElseThrow().isBefore(other.day("made_on").orElseThrow())
                    ? other
                    : one);
      }
    }
    double error = 0;
    double naive = 0;
    int compared = 0;
    for (Map.Entry<LocalDate, EvidenceRow> forecast : newest.entrySet()) {
      Double burnt = actual.get(forecast.getKey());
      Double weekBefore = actual.get(forecast.getKey().minusDays(WEEK_DAYS));
      if (burnt != null && weekBefore != null) {
        error += Math.abs(burnt - forecast.getValue().number("carbon_kg"));
        naive += Math.abs(burnt - weekBefore);
        compared++;
      }
    }
    double needed = Limits.constant("4.5", "forecast_days_percent");
    long burning = actual.keySet().stream().filter(facts.period()::holds).count();
    if (100.0 * compared < needed * burning) {
      throw new UnknownFactException(
          compared
              + " of "
              + burning
              + " days with carbon have a forecast of a week before and carbon to compare with;"
              + " %.0f %% of them must".formatted(needed));
    }
    if (compared == 0 || naive == 0) {
      throw new UnknownFactException(
          "no day of the period has a forecast of a week before and carbon to compare with");
    }
    return Finding.of(facts.grade("forecasts"), Estimate.exact(1 - error / naive))
        .because(compared + " days, medians of the ledger");
  }

  /** Carbon of the days of the period and of the weeks before that days are compared with. */
  private static Map<LocalDate, Double> days(Facts facts) {
    Map<LocalDate, Double> days = new TreeMap<>();
    for (ReportingPeriod asked : List.of(facts.period().previous(), facts.period())) {
      facts
          .ledger()
          .carbonKgByDay(asked)
          .forEach((day, carbon) -> days.put(LocalDate.parse(day), carbon));
    }
    return days;
  }

  /**
   * A day that burnt more than usual.
   *
   * @param excessKg beyond the usual
   */
  private record Anomaly(LocalDate day, double excessKg) {
    double hoursUntil(Instant alerted) {
      return Duration.between(day.atStartOfDay(ZoneOffset.UTC).toInstant(), alerted).toMillis()
          / MILLIS_OF_AN_HOUR;
    }
  }

  /**
   * Days a fifth above the median of the same day of the four weeks before.
   *
   * @throws UnknownFactException if no day of the period has four weeks before it
   */
  private static List<Anomaly> anomalies(Facts facts) {
    Map<LocalDate, Double> days = days(facts);
    int weeks = (int) Limits.constant("4.6", "weeks_compared");
    double unusual = 1 + Limits.constant("4.6", "unusual_percent") / 100;
    List<Anomaly> anomalies = new ArrayList<>();
    boolean compared = false;
    for (Map.Entry<LocalDate, Double> each : days.entrySet()) {
      LocalDate day = each.getKey();
      double[] before =
          IntStream.rangeClosed(1, weeks)
              .mapToObj(week -> days.get(day.minusDays((long) WEEK_DAYS * week)))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (!facts.period().holds(day) || before.length < weeks) {
        continue;
      }
      compared = true;
      double usual = Median.withDefaults().evaluate(before);
      if (each.getValue() > unusual * usual) {
        anomalies.add(new Anomaly(day, each.getValue() - usual));
      }
    }
    if (!compared) {
      throw new UnknownFactException(
          "no day of "
              + facts.period()
              + " has carbon on the same day of the four weeks before to compare with");
    }
    return anomalies;
  }

  /**
   * Hours from the start of the day of each anomaly to the first alert that came since; infinite
   * where none did.
   */
  private static Map<Anomaly, Double> latencies(Facts facts) {
    List<EvidenceRow> alerts = facts.rows("alerts");
    return anomalies(facts).stream()
        .collect(
            Collectors.toMap(
                anomaly -> anomaly,
                anomaly ->
                    alerts.stream()
                        .filter(row -> row.day("day").orElseThrow().equals(anomaly.day()))
                        .mapToDouble(row -> anomaly.hoursUntil(row.moment("alerted_at")))
                        .filter(hours -> hours >= 0)
                        .min()
                        .orElse(Double.POSITIVE_INFINITY)));
  }

  static Finding detectionLatency(Facts facts) {
    if (anomalies(facts).isEmpty()) {
      return new Finding.NotApplicable(
          "no day burnt a fifth more than the same day of the four weeks before");
    }
    Map<Anomaly, Double> latencies = latencies(facts);
    Map.Entry<Anomaly, Double> longest =
        latencies.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    boolean never = Double.isInfinite(longest.getValue());
    return Finding.of(facts.grade("alerts"), Estimate.exact(longest.getValue()))
        .because(
            latencies.size()
                + " unusual days; "
                + (never
                    ? "no alert of " + longest.getKey().day()
                    : "the longest from the start of " + longest.getKey().day() + " to its alert"));
  }

  /** Excess of unusual days that an alert within the hours of the threshold might have cut. */
  static Estimate lateExcess(Facts facts) {
    double limitHours = Limits.of(facts, "4.6", 0);
    return Estimate.exact(
        latencies(facts).entrySet().stream()
            .filter(each -> each.getValue() > limitHours)
            .mapToDouble(each -> each.getKey().excessKg())
            .sum());
  }
}
