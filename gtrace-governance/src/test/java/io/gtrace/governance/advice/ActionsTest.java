package io.gtrace.governance.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.advice.Plan.Line;
import io.gtrace.governance.advice.Plan.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions against figures that follow from the estimates themselves. */
class ActionsTest {
  private static final GTrace GTRACE = GTrace.standard();
  private static final double REQUESTS = 1_000;
  private static final String CALLS =
      "{\"when\":\"2024-03-04T10:00:00Z\",\"model\":\"%s\",\"region\":\"%s\",\"team\":\"t\","
          + "\"requests\":1000,\"input_tokens\":500000,\"output_tokens\":300000}\n";

  @TempDir Path folder;

  private Replay replay(String yaml, String model, String region) throws IOException {
    return replay(yaml, model, region, LedgerFixture.CATALOGUE);
  }

  private Replay replay(String yaml, String model, String region, FactorCatalogue catalogue)
      throws IOException {
    LedgerFixture ledger = LedgerFixture.of(folder, String.format(CALLS, model, region), catalogue);
    return ledger.replay(
        yaml.isEmpty()
            ? Organisation.silent()
            : new OrganisationReader(catalogue).read("org.yaml", yaml));
  }

  private static Line only(Replay replay, String action) {
    Plan plan = Plan.of(replay, List.of(action), Order.CARBON);
    assertThat(plan.lines()).as(plan.toString()).hasSize(1);
    return plan.lines().get(0);
  }

  private static Footprint of(String model, String region) {
    return GTRACE
        .estimate(
            TextGeneration.of(model, 500, 300).at(region).on(Instant.parse("2024-03-04T10:00:00Z")))
        .times(REQUESTS);
  }

  @Test
  void aCascadeAvoidsTheLargeModelLessTheSmallOneAndTheMisses() throws IOException {
    Line line =
        only(
            replay(
                "assumptions: {cascade-miss-rate: 0.3}\nsmaller: {gpt-4o: gpt-4o-mini}",
                "gpt-4o",
                "aws/us-east-1"),
            "cascade");
    Footprint large = of("gpt-4o", "aws/us-east-1");
    Footprint small = of("gpt-4o-mini", "aws/us-east-1");
    // n × [large − (small + miss × large)]; the answer travels once, so networks are not added.
    double networkless = 0.3 * large.median(Impact.ENERGY_KWH);
    double plain = large.median(Impact.ENERGY_KWH) - small.median(Impact.ENERGY_KWH) - networkless;
    double network = 0.3 * networkKwh();
    assertThat(line.avoided().energyKwh().median()).isCloseTo(plain + network, within(1e-9));
    assertThat(line.detail()).isEqualTo("gpt-4o to gpt-4o-mini");
    assertThat(line.command().orElseThrow())
        .isEqualTo(
            "gtrace compare text --model gpt-4o,gpt-4o-mini --input-tokens 500 --output-tokens 300"
                + " --region aws/us-east-1");
  }

  /** (6 bytes × 800 tokens + 4,000 bytes) × 1,000 requests at 0.01 kWh/GB. */
  private static double networkKwh() {
    return (6 * 800 + 4_000) * REQUESTS / 1e9 * 0.01;
  }

  @Test
  void aMoveAvoidsTheDifferenceOfTheTwoRegions() throws IOException {
    Line line =
        only(
            replay(
                "regions: [aws/eu-north-1]\nassumptions: {region-capacity-share: 1}",
                "gpt-4o",
                "aws/eu-central-1"),
            "region-routing");
    Footprint here = of("gpt-4o", "aws/eu-central-1");
    Footprint there = of("gpt-4o", "aws/eu-north-1");
    assertThat(line.avoided().carbonKg().median())
        .isCloseTo(here.median(Impact.CARBON_KG) - there.median(Impact.CARBON_KG), within(1e-9));
    assertThat(line.detail()).isEqualTo("aws/eu-central-1 to aws/eu-north-1 (100 %)");
    assertThat(line.command().orElseThrow())
        .isEqualTo(
            "gtrace route --model gpt-4o --regions aws/eu-central-1,aws/eu-north-1 --input-tokens 500"
                + " --output-tokens 300");
  }

  @Test
  void halfTheCapacityIsHalfTheSaving() throws IOException {
    Replay replay = replay("regions: [aws/eu-north-1]", "gpt-4o", "aws/eu-central-1");
    Line line = only(replay, "region-routing");
    Footprint here = of("gpt-4o", "aws/eu-central-1");
    Footprint there = of("gpt-4o", "aws/eu-north-1");
    assertThat(line.avoided().carbonKg().median())
        .isCloseTo(
            (here.median(Impact.CARBON_KG) - there.median(Impact.CARBON_KG)) / 2, within(1e-9));
  }

  @Test
  void aHitAvoidsTheModelButNotTheNetwork() throws IOException {
    Line line =
        only(
            replay("assumptions: {response-cache-hit-rate: 0.2}", "gpt-4o", "aws/us-east-1"),
            "response-caching");
    assertThat(line.avoided().energyKwh().median())
        .isCloseTo(
            0.2 * (of("gpt-4o", "aws/us-east-1").median(Impact.ENERGY_KWH) - networkKwh()),
            within(1e-9));
  }

  @Test
  void shorterAnswersAreFewerTokensAtTheSameRate() throws IOException {
    Line line =
        only(
            replay("assumptions: {output-reduction: 0.4}", "gpt-4o", "aws/us-east-1"),
            "shorter-outputs");
    double all = of("gpt-4o", "aws/us-east-1").median(Impact.ENERGY_KWH);
    double readingOnly =
        GTRACE
            .estimate(TextGeneration.of("gpt-4o", 500, 0).at("aws/us-east-1"))
            .times(REQUESTS)
            .median(Impact.ENERGY_KWH);
    assertThat(line.avoided().energyKwh().median())
        .isCloseTo(0.4 * (all - readingOnly), within(1e-9));
  }

  @Test
  void aYearMoreOfFiveSparesASixthOfTheMaking() throws IOException {
    FactorCatalogue own = ownDataCentre(1.5);
    Replay replay = replay("", "llama-3.1-8b-instruct", "own", own);
    Line line = only(replay, "longer-life");
    double making = replay.priced(replay.loads()).footprint().median(Impact.EMBODIED_KG);
    assertThat(line.avoided().embodiedKg().median()).isCloseTo(making / 6, within(1e-12));
    assertThat(line.avoided().energyKwh().median()).isZero();
  }

  @Test
  void aBetterPueSparesItsShareOfTheFacility() throws IOException {
    Replay replay =
        replay(
            "assumptions: {pue-target: 1.2}", "llama-3.1-8b-instruct", "own", ownDataCentre(1.5));
    Line line = only(replay, "better-pue");
    double inside =
        replay.priced(replay.loads()).footprint().median(Impact.ENERGY_KWH) - networkKwh();
    assertThat(line.avoided().energyKwh().median()).isCloseTo(inside * 0.3 / 1.5, within(1e-9));
  }

  @Test
  void aSiteBetterThanTheTargetStaysAsItIs() throws IOException {
    Replay replay = replay("", "llama-3.1-8b-instruct", "own", ownDataCentre(1.05));
    assertThat(Plan.of(replay, List.of("better-pue"), Order.CARBON).lines()).isEmpty();
  }

  private FactorCatalogue ownDataCentre(double pue) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("factors.yaml"),
            "data_centres:\n  - {name: own, zone: DE, pue: " + pue + ", wue_l_per_kwh: 0.1}\n");
    return FactorCatalogue.shippedWith(file);
  }

  @Test
  void whatCanWaitWaitsForTheCleanestHour() throws IOException {
    Line line =
        only(
            replay("workloads: [{name: jobs, team: t, slack-hours: 12}]", "gpt-4o", "US-CISO"),
            "time-shifting");
    double least = Double.POSITIVE_INFINITY;
    for (int hour = 10; hour <= 22; hour++) {
      Footprint then =
          GTRACE
              .estimate(
                  TextGeneration.of("gpt-4o", 500, 300)
                      .at("US-CISO")
                      .on(Instant.parse(String.format("2024-03-04T%02d:00:00Z", hour))))
              .times(REQUESTS);
      least = Math.min(least, then.median(Impact.CARBON_KG));
    }
    assertThat(line.avoided().carbonKg().median())
        .isCloseTo(of("gpt-4o", "US-CISO").median(Impact.CARBON_KG) - least, within(1e-9));
  }

  @Test
  void aWorkloadMayForbidAnAction() throws IOException {
    Replay replay =
        replay("workloads: [{name: w, team: t, without: [cascade]}]", "gpt-4o", "aws/us-east-1");
    assertThat(Plan.of(replay, List.of("cascade"), Order.CARBON).idle()).containsKey("cascade");
  }

  @Test
  void aModelBelowTheLowestQualityIsNoChoice() throws IOException {
    LedgerFixture ledger =
        LedgerFixture.of(folder, String.format(CALLS, "gpt-4o", "aws/us-east-1"));
    String floor = "quality: {gpt-4o: 4, gpt-4o-mini: %d}%nworkloads: [{name: w, min-quality: 3}]";
    OrganisationReader reader = new OrganisationReader(LedgerFixture.CATALOGUE);
    Replay good = ledger.replay(reader.read("org.yaml", String.format(floor, 3)));
    Replay bad = ledger.replay(reader.read("org.yaml", String.format(floor, 2)));
    assertThat(Plan.of(good, List.of("cascade"), Order.CARBON).lines()).hasSize(1);
    assertThat(Plan.of(bad, List.of("cascade"), Order.CARBON).lines()).isEmpty();
  }

  @Test
  void conflictingConstraintsAreNamedAndTheRestIsPlanned() throws IOException {
    Replay replay =
        replay(
            "workloads: [{name: chat, residency: [FR], users: JP, max-latency-ms: 20}]",
            "gpt-4o",
            "aws/us-east-1");
    Plan plan = Plan.of(replay, List.of(), Order.CARBON);
    assertThat(plan.impossible().get("region-routing"))
        .contains("data residency FR")
        .contains("round trip of at most 20 ms");
    assertThat(plan.lines()).isNotEmpty();
  }

  @Test
  void pricesSayWhatAnActionSaves() throws IOException {
    Line line =
        only(
            replay(
                "prices: {currency: EUR, models: {gpt-4o: {input: 2, output: 10}}}\n"
                    + "assumptions: {output-reduction: 0.5}",
                "gpt-4o",
                "aws/us-east-1"),
            "shorter-outputs");
    // Half of 300,000 tokens at 10 for a million.
    assertThat(line.avoided().cost().orElseThrow()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void aModelWithoutAPriceSeemsNotToBeFree() throws IOException {
    Line line =
        only(
            replay(
                "prices: {currency: EUR, models: {gpt-4o: {input: 2, output: 10}}}\n"
                    + "smaller: {gpt-4o: gpt-4o-mini}",
                "gpt-4o",
                "aws/us-east-1"),
            "cascade");
    assertThat(line.avoided().cost()).isEmpty();
  }
}
