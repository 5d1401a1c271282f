package io.gtrace.governance.disclosure;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.MeteredEnergy;
import io.gtrace.governance.facts.TargetPath;
import io.gtrace.governance.facts.UnknownFactException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words that follow from facts. */
final class DerivedWords {
  private DerivedWords() {}

  static Answers organisation(FigureBasis basis) {
    return Answers.words(basis.facts().profile().organisation(), "the profile");
  }

  static Answers period(FigureBasis basis) {
    return Answers.words(
        basis.facts().period().firstDay() + " to " + basis.facts().period().end().minusDays(1),
        "the period that was asked for");
  }

  static Answers factors(FigureBasis basis) {
    return Answers.words(String.join(", ", basis.facts().ledger().factorSets()), "the ledger");
  }

  /** What the energy rests on. */
  static Answers energyMethod(FigureBasis basis) {
    Facts facts = basis.facts();
    String modelled = "modelled by the rate card from own activity data";
    if (!facts.ledgerGrade().isAtLeast(Grade.E3)) {
      return Answers.words(modelled, "meters cover too little of it");
    }
    return Answers.words(
        String.format(
            Locale.ROOT,
            "measured for %.0f %% of the energy, else %s",
            100 * MeteredEnergy.of(facts).share(),
            modelled),
        "meters.csv");
  }

  static Answers overhead(FigureBasis basis) {
    basis.facts().ledger().total();
    return Answers.words(
        "PUE of each data centre is part of its energy", "rates of the rate card at each site");
  }

  static Answers baseYear(FigureBasis basis) {
    return Answers.words(
        Integer.toString(TargetPath.of(basis.facts()).target().baseYear()),
        "target of the profile");
  }

  static Answers target(FigureBasis basis) {
    TargetPath path = TargetPath.of(basis.facts());
    return Answers.words(
        String.format(
            Locale.ROOT,
            "absolute, location-based: each year %.1f %% of base year %d off",
            100 * path.target().yearlyReduction(),
            path.target().baseYear()),
        "target of the profile");
  }

  static Answers exclusions(FigureBasis basis) {
    return Answers.words(
        basis.facts().rowsOfPeriod("exclusions").stream()
            .map(row -> row.text("stage") + " (" + row.text("basis") + ")")
            .collect(Collectors.joining("; ")),
        basis.handedIn("exclusions", basis.facts().rowsOfPeriod("exclusions")));
  }

  static Answers assurance(FigureBasis basis) {
    List<EvidenceRow> statements =
        basis.facts().rowsOfPeriod("assurance").stream()
            .filter(row -> !row.text("level").equals("none"))
            .toList();
    if (statements.isEmpty()) {
      throw new UnknownFactException("assurance.csv has no statement of limited or reasonable");
    }
    return Answers.words(
        statements.stream()
            .map(row ->
                row.text("level")
                    + " ("
                    + row.text("provider")
                    + ", "
                    + row.text("statement")
                    + ")")
            .collect(Collectors.joining("; ")),
        basis.handedIn("statements", statements));
  }
}
