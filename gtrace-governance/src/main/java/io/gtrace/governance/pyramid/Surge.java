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
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import tools.jackson.databind.JsonNode;

/**
 * A simulated surge on top of a usual year, held against the annual budget.
 *
 * <p>A run of a study tells its carbon by median and 90 % interval; between them it is taken to be
 * lognormal, with a spread of its own on either side. The usual year is the period, scaled to a
 * year, in each joint draw.
 *
 * @param probability that the budget is broken; its interval is that of so many runs (Wilson 1927)
 * @param expectedOvershootKg mean carbon beyond the budget
 */
record Surge(String name, Estimate probability, Estimate expectedOvershootKg, String basis) {
  private static final int SLICES = 200;

  /** The run that most likely breaks the budget. */
  static Surge worst(Facts facts) {
    double budgetKg =
        facts
            .profile()
            .annualBudgetKg()
            .orElseThrow(() -> new UnknownFactException("the profile has no annual_budget_kg"));
    return facts.rows("surge").stream()
        .map(row -> of(facts, row, budgetKg))
        .max(Comparator.comparingDouble(surge -> surge.probability().value()))
        .orElseThrow();
  }

  private static Surge of(Facts facts, EvidenceRow row, double budgetKg) {
    Outcome outcome = Outcome.read(facts.profile().folder(), row);
    double share = row.number("share_of_wave");
    DrawnAmount year =
        DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(1 / facts.period().years());
    double broken = 0;
    double overshoot = 0;
    for (double usual : year.draws()) {
      for (int slice = 0; slice < SLICES; slice++) {
        double total = usual + share * outcome.quantile((slice + 0.5) / SLICES);
        broken += total > budgetKg ? 1 : 0;
        overshoot += Math.max(0, total - budgetKg);
      }
    }
    double cases = (double) year.draws().length * SLICES;
    return new Surge(
        outcome.name(),
        wilson(broken / cases, outcome.runs()),
        Estimate.exact(overshoot / cases),
        outcome.name()
            + ", "
            + outcome.runs()
            + " runs from seed "
            + outcome.seed()
            + ", "
            + 100 * share
            + " % of the wave on top of the period as a year");
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
      String name, int runs, long seed, double medianKg, double lowKg, double highKg) {

    static Outcome read(Path folder, EvidenceRow row) {
      Path file = folder.resolve(row.text("run")).resolve("outcome.json");
      try {
        JsonNode root =
            Document.read(file.toString(), Document.text(file, "outcome of a study")).root();
        JsonNode figures = scenario(root, row);
        JsonNode carbon = figures.at("/footprint/carbonKg");
        Outcome outcome =
            new Outcome(
                root.path("study").asString(""),
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
        throw new UnknownFactException(row.place() + ", run: " + unusable.getMessage());
      }
    }

    private static JsonNode scenario(JsonNode root, EvidenceRow row) {
      String wanted = row.text("scenario");
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
