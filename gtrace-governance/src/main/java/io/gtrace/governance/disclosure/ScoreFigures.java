package io.gtrace.governance.disclosure;

import io.gtrace.activity.Modality;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.Score;
import io.gtrace.governance.facts.UnknownFactException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Software Carbon Intensity of what models made, for each modality: {@code SCI = (E × I + M) / R},
 * ISO/IEC 21031:2024.
 */
final class ScoreFigures {
  private ScoreFigures() {}

  /** One figure of the score of a modality. */
  @FunctionalInterface
  private interface Part {
    Figure of(FigureBasis basis, Modality modality, Score score);
  }

  private static Answers each(FigureBasis basis, Part part) {
    List<Figure> figures = new ArrayList<>();
    Score.byModality(basis.facts(), basis.facts().period())
        .forEach((label, score) -> {
          Modality modality = Modality.parse(label).orElseThrow();
          if (!modality.goesByHardware()) {
            figures.add(part.of(basis, modality, score));
          }
        });
    if (figures.isEmpty()) {
      throw new UnknownFactException("the ledger has no use of a model in the period");
    }
    return Answers.of(figures);
  }

  static Answers energy(FigureBasis basis) {
    return each(
        basis, (on, modality, score) -> impact(on, modality, score, Impact.ENERGY_KWH, Set.of()));
  }

  static Answers embodied(FigureBasis basis) {
    return each(
        basis,
        (on, modality, score) ->
            impact(on, modality, score, Impact.EMBODIED_KG, LedgerFigures.EMBODIED));
  }

  private static Figure impact(
      FigureBasis basis, Modality modality, Score score, Impact impact, Set<Account> accounts) {
    return basis.impact(
        modality.label(),
        score.footprint(),
        impact,
        RollupSql.isModality(modality.label()),
        accounts);
  }

  static Answers intensity(FigureBasis basis) {
    return each(basis, ScoreFigures::intensity);
  }

  private static Figure intensity(FigureBasis basis, Modality modality, Score score) {
    Footprint all = score.footprint();
    DrawnAmount perKwh =
        DrawnAmount.of(all, Impact.OPERATIONAL_LOCATION_BASED_KG)
            .over(DrawnAmount.of(all, Impact.ENERGY_KWH));
    return new Figure(
        modality.label(),
        perKwh.estimate(),
        UnitOfMeasure.parse("kgCO2e per kWh"),
        LedgerFigures.LOCATION,
        basis.asked(
            "location-based carbon over energy",
            basis.select(
                RollupSql.sum(Impact.OPERATIONAL_LOCATION_BASED_KG)
                    + " / "
                    + RollupSql.sum(Impact.ENERGY_KWH),
                RollupSql.isModality(modality.label()))));
  }

  static Answers units(FigureBasis basis) {
    return each(basis, ScoreFigures::units);
  }

  private static Figure units(FigureBasis basis, Modality modality, Score score) {
    return new Figure(
        modality.label(),
        Estimate.exact(score.units()),
        UnitOfMeasure.parse(score.unit()),
        Set.of(),
        basis.asked("functional units made", unitsSql(basis, modality, score)));
  }

  /** Lengths of videos are told by single events; everything else is summed. */
  private static String unitsSql(FigureBasis basis, Modality modality, Score score) {
    String condition = RollupSql.isModality(modality.label());
    return score.unit().equals(Score.SECOND_OF_VIDEO)
        ? RollupSql.selectEvents(basis.facts().period(), LedgerFacts.SECONDS_OF_VIDEO, condition)
        : basis.select(RollupSql.sum(Score.drivers(modality)), condition);
  }

  static Answers score(FigureBasis basis) {
    return each(basis, (on, modality, score) -> score(on, modality, score, LedgerFigures.TOTAL));
  }

  static Answers consumerScore(FigureBasis basis) {
    Set<Account> accounts = EnumSet.copyOf(LedgerFigures.TOTAL);
    accounts.add(Account.CONSUMER);
    return each(basis, (on, modality, score) -> score(on, modality, score, accounts));
  }

  private static Figure score(
      FigureBasis basis, Modality modality, Score score, Set<Account> accounts) {
    String unit = score.unit();
    return new Figure(
            modality.label(),
            score.kgPerUnit().estimate(),
            UnitOfMeasure.parse("kgCO2e per " + unit),
            accounts,
            basis.asked(
                "(E × I + M) / R",
                basis.select(
                    RollupSql.sum(Impact.CARBON_KG)
                        + " / ("
                        + unitsSql(basis, modality, score)
                        + ")",
                    RollupSql.isModality(modality.label()))))
        .in(
            UnitOfMeasure.parse(
                unit.equals("token") ? "gCO2e per 1e6 token" : "gCO2e per " + unit));
  }
}
