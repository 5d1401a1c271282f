package io.gtrace.governance.disclosure;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Yearly figures of data centres and their four ratios, each for every site. */
final class SiteFigures {
  private static final String SITE = "site";
  private static final String YEAR = "year";
  private static final String TOTAL = "energy_total_kwh";
  private static final String IT = "energy_it_kwh";

  private SiteFigures() {}

  /** The newest form of each data centre of the year of the period or earlier. */
  private static List<EvidenceRow> centres(Facts facts) {
    Map<String, EvidenceRow> newest = new LinkedHashMap<>();
    facts.rows("datacentres").stream()
        .filter(row -> row.number(YEAR) <= facts.period().first().getYear())
        .forEach(row ->
            newest.merge(
                row.text(SITE),
                row,
                BinaryOperator.maxBy(Comparator.comparingDouble(each -> each.number(YEAR)))));
    if (newest.isEmpty()) {
      throw new UnknownFactException("datacentres.csv has no year up to that of the period");
    }
    return List.copyOf(newest.values());
  }

  /** A column of the yearly figures, as a number or as words. */
  static Answers column(FigureBasis basis, String column, String unit) {
    List<Answer> found = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (EvidenceRow row : centres(basis.facts())) {
      String site = row.text(SITE);
      OptionalDouble number = row.optionalNumber(column);
      if (number.isPresent()) {
        found.add(
            new Answer.Computed(
                basis.stated(site, number.getAsDouble(), unit, "of " + year(row), row)));
      } else if (unit.isEmpty() && row.optionalText(column).isPresent()) {
        found.add(new Answer.Derived(site, row.text(column), row.place(), false));
      } else {
        lacking.add(row.place() + ": " + column + " is missing");
      }
    }
    return new Answers(found, lacking);
  }

  private static int year(EvidenceRow row) {
    return (int) row.number(YEAR);
  }

  /** Installed power of IT from the form of the same site. */
  static Answers installed(FigureBasis basis) {
    return each(
        basis,
        row ->
            form(basis.facts(), row, "installed_it_kw")
                .map(form ->
                    basis.stated(
                        row.text(SITE),
                        form.number("installed_it_kw"),
                        "kW",
                        "installed power of IT",
                        form)),
        "installed_it_kw in sites.csv");
  }

  static Answers renewable(FigureBasis basis) {
    return each(
        basis,
        row ->
            renewableKwh(row).isEmpty()
                ? Optional.empty()
                : Optional.of(
                    basis.stated(
                        row.text(SITE),
                        renewableKwh(row).getAsDouble(),
                        "kWh",
                        "guarantees of origin, power purchase agreements and on site together",
                        row)),
        "renewable_go_kwh, renewable_ppa_kwh or renewable_on_site_kwh");
  }

  private static OptionalDouble renewableKwh(EvidenceRow row) {
    List<String> columns =
        List.of("renewable_go_kwh", "renewable_ppa_kwh", "renewable_on_site_kwh");
    return columns.stream().allMatch(each -> row.optionalNumber(each).isEmpty())
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            columns.stream().mapToDouble(each -> row.optionalNumber(each).orElse(0)).sum());
  }

  static Answers pue(FigureBasis basis) {
    return ratio(basis, "pue", "1", row -> OptionalDouble.of(row.number(TOTAL) / row.number(IT)));
  }

  static Answers wue(FigureBasis basis) {
    return ratio(
        basis,
        "wue_l_per_kwh",
        "L per kWh",
        row -> over(row.optionalNumber("water_m3"), row.number(IT), 1000));
  }

  static Answers erf(FigureBasis basis) {
    return ratio(
        basis,
        "erf",
        "1",
        row -> over(row.optionalNumber("reused_heat_kwh"), row.number(TOTAL), 1));
  }

  static Answers ref(FigureBasis basis) {
    return ratio(basis, "ref", "1", row -> over(renewableKwh(row), row.number(TOTAL), 1));
  }

  private static OptionalDouble over(OptionalDouble amount, double whole, double times) {
    return amount.isPresent()
        ? OptionalDouble.of(times * amount.getAsDouble() / whole)
        : OptionalDouble.empty();
  }

  /** Computes a ratio from the yearly figures of a site. */
  @FunctionalInterface
  private interface Ratio {
    OptionalDouble of(EvidenceRow centre);
  }

  /** As the site form states it, for a rule to hold it against its inputs; else computed. */
  private static Answers ratio(FigureBasis basis, String column, String unit, Ratio ratio) {
    return each(
        basis,
        row -> {
          Optional<EvidenceRow> form = form(basis.facts(), row, column);
          if (form.isPresent()) {
            return Optional.of(
                basis.stated(
                    row.text(SITE),
                    form.get().number(column),
                    unit,
                    "as the site form states it",
                    form.get()));
          }
          OptionalDouble computed = ratio.of(row);
          return computed.isPresent()
              ? Optional.of(
                  new Figure(
                      row.text(SITE),
                      Estimate.exact(computed.getAsDouble()),
                      UnitOfMeasure.parse(unit),
                      Set.of(),
                      basis.handedIn("computed from the yearly figures", List.of(row))))
              : Optional.empty();
        },
        "what " + column + " is computed from");
  }

  private static Optional<EvidenceRow> form(Facts facts, EvidenceRow centre, String column) {
    return facts.has("sites")
        ? facts.rows("sites").stream()
            .filter(row -> row.text(SITE).equals(centre.text(SITE)))
            .filter(row -> row.number(YEAR) == centre.number(YEAR))
            .filter(row -> row.optionalNumber(column).isPresent())
            .findFirst()
        : Optional.empty();
  }

  /** One figure of a data centre; empty where it is not known. */
  @FunctionalInterface
  private interface Part {
    Optional<Figure> of(EvidenceRow centre);
  }

  private static Answers each(FigureBasis basis, Part part, String needed) {
    List<Answer> found = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (EvidenceRow row : centres(basis.facts())) {
      part.of(row)
          .ifPresentOrElse(
              figure -> found.add(new Answer.Computed(figure)),
              () -> lacking.add(row.place() + ": " + needed + " is missing"));
    }
    return new Answers(found, lacking);
  }
}
