package io.gtrace.governance.gate;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.gate.GateCheck.Outcome;
import io.gtrace.governance.pyramid.AssessmentHistory.Recorded;
import io.gtrace.governance.pyramid.Standing;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The checks that there are. */
public final class Gate {
  private Gate() {}

  /** What a score is for one of. */
  public enum ScoreUnit {
    /** A call, whatever it reads and writes (an inference, in the words of SCI for AI). */
    CALL,
    /** A token read or written; only of what has tokens. */
    TOKEN;

    double of(Line line) {
      if (this == TOKEN) {
        return line.tokens();
      }
      // A training run is no call, but it is one.
      return line.requests() > 0 ? line.requests() : (double) line.activities();
    }

    public String label() {
      return this == CALL ? "call" : "token";
    }
  }

  /**
   * Whether some carbon stays within a budget.
   *
   * @param of what it is the carbon of, for people
   */
  public static GateCheck budget(Footprint footprint, double budgetKg, String of) {
    return GateCheck.atMost(
        "budget",
        "carbon of " + of + " within its budget",
        DrawnAmount.of(footprint, Impact.CARBON_KG).estimate(),
        budgetKg,
        "kg");
  }

  /**
   * Whether a level is held by what was recorded of an organisation.
   *
   * @param recorded of one organisation, at least one, in the order of recording
   * @param at the moment of asking: what ended longer ago than two periods is uncertain
   */
  public static GateCheck level(List<Recorded> recorded, int least, Instant at) {
    Map<ReportingPeriod, Recorded> newest = new TreeMap<>();
    recorded.forEach(each -> newest.put(each.reached().period(), each));
    Recorded last = recorded.get(recorded.size() - 1);
    ReportingPeriod period = last.reached().period();
    Standing standing =
        Standing.after(
            newest.values().stream()
                .map(Recorded::reached)
                .filter(each -> each.period().months() == period.months())
                .toList());
    boolean old = period.to().plus(period.length()).plus(period.length()).isBefore(at);
    boolean departs = !last.departures().isEmpty();
    Outcome held = old || departs ? Outcome.UNCERTAIN : Outcome.PASS;
    return new GateCheck(
        "min-level",
        "level "
            + least
            + " of the AI Sustainability Pyramid held after "
            + period
            + (old ? ", which is long over" : "")
            + (departs ? ", with " + String.join("; ", last.departures()) : ""),
        standing.level() >= least ? held : Outcome.FAIL,
        Estimate.exact(standing.level()),
        least,
        "level");
  }

  /**
   * Whether the Software Carbon Intensity of each modality grew by no more than allowed. Errors of
   * factors that both accounts share leave the ratio.
   *
   * @param before usage without the change
   * @param after the same work with it
   * @param allowed growth, as a share: 0.05 for five percent
   * @throws IllegalArgumentException if they have no modality in common
   */
  public static List<GateCheck> regressions(
      Account before, Account after, double allowed, ScoreUnit unit) {
    Map<String, Line> then =
        before.by(Dimension.MODALITY).stream()
            .filter(line -> unit.of(line) > 0)
            .collect(Collectors.toMap(Line::key, line -> line));
    List<GateCheck> checks = new ArrayList<>();
    for (Line now : after.by(Dimension.MODALITY)) {
      Line earlier = then.get(now.key());
      if (earlier == null) {
        checks.add(fresh(now, allowed));
      } else if (unit.of(now) > 0) {
        DrawnAmount growth = score(now, unit).over(score(earlier, unit));
        checks.add(
            GateCheck.atMost(
                "sci-regression-" + now.key(),
                "carbon of one " + unit.label() + " (" + now.key() + ") against before",
                growth.minus(growth.exactly(1)).times(100).estimate(),
                100 * allowed,
                "%"));
      }
    }
    if (checks.stream().allMatch(check -> check.value().value() == Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "before and after have no modality in common: "
              + keys(before)
              + " before, "
              + keys(after)
              + " after");
    }
    return List.copyOf(checks);
  }

  /** Of a modality that was not there before no growth can be told. */
  private static GateCheck fresh(Line now, double allowed) {
    return new GateCheck(
        "sci-regression-" + now.key(),
        "carbon of " + now.key() + ", which was not there before",
        Outcome.UNCERTAIN,
        new Estimate(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
        100 * allowed,
        "%");
  }

  private static String keys(Account account) {
    return account.by(Dimension.MODALITY).stream().map(Line::key).collect(Collectors.joining(", "));
  }

  private static DrawnAmount score(Line line, ScoreUnit unit) {
    return DrawnAmount.of(line.footprint(), Impact.CARBON_KG).times(1 / unit.of(line));
  }

  /** Whether a pipeline may go on. */
  public static boolean isOpen(List<GateCheck> checks, boolean strict) {
    return checks.stream()
        .noneMatch(check ->
            check.outcome() == Outcome.FAIL || (strict && check.outcome() == Outcome.UNCERTAIN));
  }
}
