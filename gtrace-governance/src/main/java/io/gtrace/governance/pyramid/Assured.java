package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Standards;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.AssuredCarbon;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Level 6: disclosed, traceable, checked by third parties, suppliers included. */
final class Assured {
  private Assured() {}

  /** Of the least complete form that applies. */
  static Finding profileCompleteness(Facts facts) {
    List<Form> forms =
        Standards.shipped().applyingTo(facts.profile()).stream()
            .map(standard -> Form.filled(standard, facts))
            .filter(form -> form.required() > 0)
            .toList();
    if (forms.isEmpty()) {
      return new Finding.NotApplicable(
          "none of the standards of the profile concerns the organisation");
    }
    Form least =
        Collections.min(
            forms,
            Comparator.comparingDouble(form -> (double) form.filledRequired() / form.required()));
    Finding.Measured found =
        Finding.percent(
                assuredGrade(facts), (double) least.filledRequired(), (double) least.required())
            .because("least complete: " + least.standard().id());
    return least.missing().isEmpty()
        ? found
        : found.because(
            "missing: "
                + Bounded.some(least.missing().stream().map(each -> each.field().id()).toList())
                + " (gtrace disclose --standard "
                + least.standard().id()
                + " says where each belongs)");
  }

  static Finding traceability(Facts facts) {
    List<TracedFigure> figures =
        facts.rows("figures").stream().map(row -> TracedFigure.of(row, facts)).toList();
    Map<String, List<String>> loose = new LinkedHashMap<>();
    for (TracedFigure each : figures) {
      each.whyNot()
          .ifPresent(
              why -> loose.computeIfAbsent(why, missing -> new ArrayList<>()).add(each.figure()));
    }
    long traced = figures.stream().filter(each -> each.whyNot().isEmpty()).count();
    Finding.Measured found =
        Finding.percent(
            facts.grade("figures").and(assuredGrade(facts)),
            (double) traced,
            (double) figures.size());
    for (Map.Entry<String, List<String>> each : loose.entrySet()) {
      found = found.because(each.getKey() + ": " + Bounded.some(each.getValue()));
    }
    long compared = figures.stream().filter(TracedFigure::isCompared).count();
    return found.because(
        compared
            + " of "
            + figures.size()
            + " were held against the answer of the ledger; the others come of evidence, or only"
            + " partly of the ledger, or have no query");
  }

  /**
   * What the ledger is worth where third parties have checked it: E4 where meters do, and
   * statements of that grade cover as much of its carbon as the assurance share asks for.
   */
  static Grade assuredGrade(Facts facts) {
    Grade ledger = facts.ledgerGrade();
    return ledger.isAtLeast(Grade.E3) && isAssured(facts) ? Grade.E4 : ledger;
  }

  private static boolean isAssured(Facts facts) {
    try {
      double needed = Limits.notLoosened(facts, "6.3", 0) / 100;
      return AssuredCarbon.kg(facts, Grade.E4) >= needed * facts.ledger().carbonKg();
    } catch (UnknownFactException noStatements) {
      return false;
    }
  }

  static Finding assuranceShare(Facts facts) {
    facts.rowsOfPeriod("assurance");
    return Finding.percent(
        facts.grade("assurance"), AssuredCarbon.kg(facts), facts.ledger().carbonKg());
  }

  static Estimate unassured(Facts facts) {
    double assured = facts.has("assurance") ? AssuredCarbon.kg(facts) : 0;
    double share = 1 - assured / facts.ledger().carbonKg();
    return DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(share).estimate();
  }

  static Finding supplierData(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("suppliers");
    double all = rows.stream().mapToDouble(row -> facts.inPeriod(row, "carbon_kg")).sum();
    double own =
        rows.stream()
            .filter(Assured::isOwnData)
            .mapToDouble(row -> facts.inPeriod(row, "carbon_kg"))
            .sum();
    return Finding.percent(facts.grade("suppliers"), own, all);
  }

  private static boolean isOwnData(EvidenceRow row) {
    return Set.of("measured", "supplier-specific").contains(row.text("data"));
  }

  /** Width of what rests on averages and spend. */
  static Estimate supplierWidth(Facts facts) {
    return Estimate.exact(
        facts.rowsOfPeriod("suppliers").stream()
            .filter(row -> !isOwnData(row))
            .mapToDouble(row -> row.optionalNumber("interval_kg").orElse(0) * facts.share(row))
            .sum());
  }

  static Finding restatement(Facts facts) {
    List<String> open = openErrors(facts).stream().map(row -> row.text("error")).toList();
    Finding.Measured found =
        Finding.of(facts.grade("restatements"), Estimate.exact((double) open.size()));
    if (facts.saysNone("restatements")) {
      found = found.because("restatements has no rows: no errors were found");
    }
    return open.isEmpty() ? found : found.because("not restated in time: " + Bounded.some(open));
  }

  private static List<EvidenceRow> openErrors(Facts facts) {
    double largeError = Limits.constant("6.5", "large_error_percent");
    List<EvidenceRow> open = new ArrayList<>();
    for (EvidenceRow row : facts.rowsOrNone("restatements")) {
      LocalDate found = row.day("found_on").orElseThrow();
      LocalDate due = found.plusMonths(facts.period().months());
      LocalDate done = row.day("restated_on").orElse(facts.period().end());
      if (Math.abs(row.number("change_percent")) > largeError && done.isAfter(due)) {
        open.add(row);
      }
    }
    return open;
  }

  static Estimate openErrorCarbon(Facts facts) {
    return Estimate.exact(
        openErrors(facts).stream()
            .mapToDouble(row -> Math.abs(row.optionalNumber("carbon_kg").orElse(0)))
            .sum());
  }

  static Finding labelledTraffic(Facts facts) {
    Set<String> labelled = labelled(facts);
    double with = 0;
    double all = 0;
    for (QueryLine line : facts.ledger().by(GroupBy.MODEL)) {
      all += line.requests();
      with += labelled.contains(line.keys().get(0)) ? line.requests() : 0;
    }
    return Finding.percent(facts.grade("labels"), with, all);
  }

  private static Set<String> labelled(Facts facts) {
    return facts.rows("labels").stream().map(row -> row.text("model")).collect(Collectors.toSet());
  }

  static Estimate unlabelledCarbon(Facts facts) {
    Set<String> labelled = facts.has("labels") ? labelled(facts) : Set.of();
    return facts.ledger().by(GroupBy.MODEL).stream()
        .filter(line -> !labelled.contains(line.keys().get(0)))
        .map(line -> DrawnAmount.of(line.footprint(), Impact.CARBON_KG))
        .reduce(DrawnAmount::plus)
        .map(DrawnAmount::estimate)
        .orElse(Estimate.exact(0));
  }
}
