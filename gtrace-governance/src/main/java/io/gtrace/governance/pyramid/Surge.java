package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.simulation.document.Document;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.uncertainty.Scatter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import tools.jackson.databind.JsonNode;

/**
 * A simulated surge on top of a usual year, held against the annual budget.
 *
 * <p>A run of a study tells its carbon by median and 90 % interval; between them it is taken to be
 * lognormal, with a spread of its own on either side. The usual year is the period, scaled to a
 * year, in each joint draw. How far both err together a run does not tell: they are crossed as if
 * independent and at equal quantiles, and the less favourable holds.
 *
 * @param probability that the budget is broken; its interval is that of so many runs (Wilson 1927)
 * @param avoidableKg mean carbon beyond the budget that controls avoid: without them less with them
 *     where the run names a scenario, else all of it
 */
record Surge(String name, Estimate probability, Estimate avoidableKg, String basis) {
  private static final int SLICES = 200;

  /** The run that, by the high end of its interval, most likely breaks the budget. */
  static Surge worst(Facts facts) {
    double budgetKg =
        facts
            .profile()
            .annualBudgetKg()
            .orElseThrow(() -> new UnknownFactException("add annual_budget_kg to the profile"));
    return facts.rows("surge").stream()
        .map(row -> of(facts, row, budgetKg))
        .max(Comparator.comparingDouble(surge -> surge.probability().high()))
        .orElseThrow();
  }

  private static Surge of(Facts facts, EvidenceRow row, double budgetKg) {
    double share = row.number("share_of_wave");
    if (!(share > 0)) {
      throw new UnknownFactException(
          row.place() + ", share_of_wave: must be above 0, or no surge is tested");
    }
    DrawnAmount year =
        DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(1 / facts.period().years());
    String scenario = row.text("scenario");
    Outcome outcome = Outcome.read(facts.profile().folder(), row, scenario);
    Burden burden = Burden.worse(year.draws(), outcome, share, budgetKg);
    double avoidableKg =
        scenario.isEmpty()
            ? burden.overshootKg()
            : Burden.worse(
                        year.draws(),
                        Outcome.read(facts.profile().folder(), row, ""),
                        share,
                        budgetKg)
                    .overshootKg()
                - burden.overshootKg();
    return new Surge(
        outcome.name(),
        wilson(burden.probability(), outcome.runs()),
        Estimate.exact(Math.max(0, avoidableKg)),
        basis(outcome, share, facts.card().catalogue().factorSet()));
  }

  private static String basis(Outcome outcome, double share, String factorSet) {
    return outcome.name()
        + ", "
        + outcome.runs()
        + " runs from seed "
        + outcome.seed()
        + ", "
        + (share == 1 ? "all" : String.format(Locale.ROOT, "%.3g %%", 100 * share))
        + " of the wave on top of the period as a year"
        + (outcome.factorSet().equals(factorSet)
            ? ""
            : "; the run is priced by other factors than those at hand ("
                + (outcome.factorSet().isEmpty() ? "it names none" : outcome.factorSet())
                + "): run the study anew");
  }

  /** How a year with a wave fares against a budget. */
  private record Burden(double probability, double overshootKg) {

    /** The less favourable of a wave that errs with the year and of one that does not. */
    static Burden worse(double[] yearKg, Outcome outcome, double share, double budgetKg) {
      Burden one = crossed(yearKg, outcome, share, budgetKg);
      Burden other = atEqualQuantiles(yearKg, outcome, share, budgetKg);
      return new Burden(
          Math.max(one.probability(), other.probability()),
          Math.max(one.overshootKg(), other.overshootKg()));
    }

    private static Burden crossed(double[] yearKg, Outcome outcome, double share, double budgetKg) {
      double[] waveKg =
          IntStream.range(0, SLICES)
              .mapToDouble(slice -> share * outcome.quantile((slice + 0.5) / SLICES))
              .toArray();
      return of(
          Arrays.stream(yearKg)
              .flatMap(usual -> Arrays.stream(waveKg).map(wave -> usual + wave))
              .toArray(),
          budgetKg);
    }

    private static Burden atEqualQuantiles(
        double[] yearKg, Outcome outcome, double share, double budgetKg) {
      double[] inOrder = yearKg.clone();
      Arrays.sort(inOrder);
      return of(
          IntStream.range(0, inOrder.length)
              .mapToDouble(k -> inOrder[k] + share * outcome.quantile((k + 0.5) / inOrder.length))
              .toArray(),
          budgetKg);
    }

    private static Burden of(double[] totalKg, double budgetKg) {
      return new Burden(
          Arrays.stream(totalKg).filter(total -> total > budgetKg).count()
              / (double) totalKg.length,
          Arrays.stream(totalKg).map(total -> Math.max(0, total - budgetKg)).sum()
              / totalKg.length);
    }
  }

  /** A share of so many cases with its 90 % score interval. */
  private static Estimate wilson(double share, int cases) {
    double z = Scatter.Z95;
    double n = cases;
    double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return new Estimate(share, Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /** Carbon of a wave, as an outcome of a study tells it. */
  private record Outcome(
      String name,
      String factorSet,
      int runs,
      long seed,
      double medianKg,
      double lowKg,
      double highKg) {

    static Outcome read(Path folder, EvidenceRow row, String wanted) {
      Path file = folder.resolve(row.text("run")).resolve("outcome.json");
      try {
        JsonNode root =
            Document.read(file.toString(), Document.text(file, "outcome of a study")).root();
        JsonNode figures = scenario(root, row, wanted);
        JsonNode carbon = figures.at("/footprint/carbonKg");
        Outcome outcome =
            new Outcome(
                root.path("study").asString(""),
                root.path("factorSet").asString(""),
                root.path("runs").asInt(0),
                root.path("seed").asLong(0),
                carbon.path("median").asDouble(0),
                carbon.path("low").asDouble(0),
                carbon.path("high").asDouble(0));
        if (!(outcome.lowKg() > 0 && outcome.runs() > 0)) {
          throw new UnknownFactException(row.place() + ", run: " + file + " tells of no carbon");
        }
        return outcome;
      } catch (DocumentException unusable) {
        throw new UnknownFactException(
            row.place()
                + ", run: "
                + unusable.getMessage()
                + "; gtrace study run STUDY --runs 100 --out FOLDER makes a run, which is named by its"
                + " folder, as seen from the profile");
      }
    }

    private static JsonNode scenario(JsonNode root, EvidenceRow row, String wanted) {
      if (wanted.isEmpty()) {
        return root;
      }
      JsonNode scenarios = root.path("scenarios");
      return IntStream.range(0, scenarios.size())
          .mapToObj(scenarios::get)
          .filter(each -> each.path("id").asString("").equals(wanted))
          .findFirst()
          .orElseThrow(() ->
              new UnknownFactException(
                  row.place() + ", scenario: the run has no scenario '" + wanted + "'"));
    }

    double quantile(double probability) {
      double score = NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
      double side = score < 0 ? medianKg / lowKg : highKg / medianKg;
      return medianKg * Math.exp(score / Scatter.Z95 * Math.log(side));
    }
  }
}
