package io.gtrace.ratecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.FactorFileException;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Market-based carbon of a contract that is matched hour by hour. */
class HourlyMatchingTest {
  private static final String FRANCE = "{name: own, zone: FR, pue: 1.2, %s}";

  /** Half of the night, all of the afternoon; a quarter of the hours between. */
  private static final String BY_DAY =
      "hourly_matched_shares: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25,"
          + " 1, 1, 1, 1, 1, 1, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25]";

  private static final String NIGHT = "2025-05-01T03:20:00Z";
  private static final String AFTERNOON = "2025-05-01T12:00:00Z";
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  @TempDir Path folder;

  private GTrace with(String dataCentre, String... more) throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("own.yaml"),
            "data_centres:\n  - " + dataCentre + "\n" + String.join("\n", more));
    return GTrace.of(FactorCatalogue.shippedWith(yaml), Fallback.REFUSE);
  }

  private static TextGeneration work() {
    return TextGeneration.of("gpt-4o", 500, 300).at("own");
  }

  private static TextGeneration workAt(String moment) {
    return work().on(Instant.parse(moment));
  }

  private static double marketKgPerKwh(Footprint footprint) {
    return footprint.operationalMarketBasedKg().orElseThrow().median()
        / footprint.energyKwh().median();
  }

  private static double residualKgPerKwh() {
    return marketKgPerKwh(
        GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR")));
  }

  @Test
  void whatIsNotMatchedInThatHourHasTheResidualMix() throws IOException {
    GTrace own = with(FRANCE.formatted(BY_DAY));
    assertThat(marketKgPerKwh(own.estimate(workAt(NIGHT))))
        .isCloseTo(0.5 * residualKgPerKwh(), withinPercentage(1e-9));
    assertThat(marketKgPerKwh(own.estimate(workAt(AFTERNOON)))).isZero();
  }

  @Test
  void workOfNoKnownHourHasTheMeanOverHours() throws IOException {
    GTrace own = with(FRANCE.formatted(BY_DAY));
    double unmatched = (6 * 0.5 + 12 * 0.75) / 24;
    assertThat(marketKgPerKwh(own.estimate(work())))
        .isCloseTo(unmatched * residualKgPerKwh(), withinPercentage(1e-9));
  }

  @Test
  void onlyTheMarketBasedFigureKnowsOfTheContract() throws IOException {
    Footprint hourly = with(FRANCE.formatted(BY_DAY)).estimate(workAt(NIGHT));
    Footprint without = with("{name: own, zone: FR, pue: 1.2}").estimate(workAt(NIGHT));
    for (Impact impact : Impact.values()) {
      if (impact != Impact.OPERATIONAL_MARKET_BASED_KG) {
        assertThat(hourly.draws(impact)).as(impact.name()).isEqualTo(without.draws(impact));
      }
    }
    assertThat(hourly.operationalMarketBasedKg()).isNotEqualTo(without.operationalMarketBasedKg());
  }

  @Test
  void sumsOverHoursAreSumsOfTheHours() throws IOException {
    GTrace own = with(FRANCE.formatted(BY_DAY));
    PricedVolumes sum = own.card().newSum();
    double expected = 0;
    for (String moment : List.of(NIGHT, AFTERNOON, "2025-11-01T09:00:00Z")) {
      CardRow row = own.card().row(workAt(moment));
      sum.add(row, workAt(moment).volumes(row.defaults()));
      expected += own.estimate(workAt(moment)).median(Impact.OPERATIONAL_MARKET_BASED_KG);
    }
    Footprint together = sum.footprint();
    assertThat(together.median(Impact.OPERATIONAL_MARKET_BASED_KG))
        .isCloseTo(expected, withinPercentage(1e-9));
    Footprint night = own.estimate(workAt(NIGHT));
    double share = expected / night.median(Impact.OPERATIONAL_MARKET_BASED_KG);
    assertThat(together.draws(Impact.OPERATIONAL_MARKET_BASED_KG)[7])
        .isCloseTo(
            share * night.draws(Impact.OPERATIONAL_MARKET_BASED_KG)[7], withinPercentage(1e-9));
  }

  @Test
  void theTraceShowsTheShareOfTheHour() throws IOException {
    GTrace own = with(FRANCE.formatted(BY_DAY));
    Trace night = own.explain(workAt(NIGHT));
    List<Trace> shares = new ArrayList<>();
    collect(night, shares);
    assertThat(shares).hasSize(1);
    assertThat(shares.get(0).value()).isEqualTo(0.5);
    assertThat(shares.get(0).name()).contains("05-03 UTC");
    assertThat(shares.get(0).provenance().orElseThrow().source()).contains("operator of own");
  }

  private static void collect(Trace node, List<Trace> found) {
    if (node.name().startsWith("matched share")) {
      found.add(node);
    }
    node.parts().forEach(part -> collect(part, found));
  }

  @Test
  void withoutAResidualMixTheFigureIsNotKnownUntilOneIsGiven() throws IOException {
    String newYork = "{name: own, zone: US-NY, pue: 1.2, " + BY_DAY + "}";
    GTrace own = with(newYork);
    assertThat(own.estimate(workAt(NIGHT)).operationalMarketBasedKg()).isEmpty();
    assertThat(own.card().row(workAt(NIGHT)).notes())
        .anyMatch(note -> note.contains("residual mix of US-NY"));
    GTrace given =
        with(
            newYork,
            "grid_intensities:",
            "  - {zone: US-NY, year: 2025, quantity: residual-mix, g_per_kwh: 300, tier: disclosed,",
            "     source: ours, licence: own}");
    assertThat(marketKgPerKwh(given.estimate(workAt(NIGHT)))).isCloseTo(0.15, within(1e-9));
  }

  private String meter(int hours, UnaryOperator<String> change) throws IOException {
    StringBuilder csv = new StringBuilder("hour,consumed_kwh,contracted_kwh\n");
    for (int i = 0; i < hours; i++) {
      Instant hour = START.plus(Duration.ofHours(i));
      boolean morning = i % 24 < 12;
      csv.append(hour).append(morning ? ",100,50\n" : ",300,900\n");
    }
    Files.writeString(folder.resolve("meter.csv"), change.apply(csv.toString()));
    return FRANCE.formatted("hourly_matched_file: meter.csv");
  }

  @Test
  void metersMatchNoMoreThanIsConsumedAndWeighTheMean() throws IOException {
    GTrace own = with(meter(8_760, csv -> csv));
    assertThat(marketKgPerKwh(own.estimate(workAt(NIGHT))))
        .isCloseTo(0.5 * residualKgPerKwh(), withinPercentage(1e-9));
    assertThat(marketKgPerKwh(own.estimate(workAt(AFTERNOON)))).isZero();
    double unmatchedKwh = 50.0 / 400;
    assertThat(marketKgPerKwh(own.estimate(work())))
        .isCloseTo(unmatchedKwh * residualKgPerKwh(), withinPercentage(1e-9));
  }

  @Test
  void theFactorSetIsNamedByTheHoursToo() throws IOException {
    String one = with(meter(8_760, csv -> csv)).card().catalogue().factorSet();
    String other =
        with(meter(8_760, csv -> csv.replaceFirst("100,50", "100,49")))
            .card()
            .catalogue()
            .factorSet();
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aMeterThatHoldsNoYearOfHoursIsRefusedWithFileLineAndField() throws IOException {
    assertRefused(meter(100, csv -> csv), "meter.csv: must hold every hour of one year");
    assertRefused(
        meter(8_760, csv -> csv.replaceFirst("2025-01-01T02:00:00Z", "2025-01-01T01:00:00Z")),
        "meter.csv, line 4, hour: '2025-01-01T01:00:00Z' must be one hour after the line before");
    assertRefused(
        meter(8_760, csv -> csv.replaceFirst("2025-01-01T02:00:00Z", "2025-01-01 02:00")),
        "meter.csv, line 4, hour: '2025-01-01 02:00' is no time with its offset");
    assertRefused(
        meter(8_760, csv -> csv.replaceFirst("100,50", "0,50")),
        "meter.csv, line 2, consumed_kwh: must be above 0");
    assertRefused(
        meter(8_760, csv -> csv.replaceFirst("100,50", "100,-5")),
        "meter.csv, line 2, contracted_kwh: must be 0 or more");
    assertRefused(
        meter(8_760, csv -> csv.replaceFirst("contracted_kwh", "contract")),
        "meter.csv, line 2, contracted_kwh: must be a number");
  }

  private void assertRefused(String dataCentre, String complaint) {
    assertThatThrownBy(() -> with(dataCentre))
        .isInstanceOf(FactorFileException.class)
        .hasMessageContaining(complaint);
  }
}
