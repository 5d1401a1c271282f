package io.gtrace.governance.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.governance.advice.PlacementChoices.Choice;
import io.gtrace.governance.routing.Criterion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementChoicesTest {
  @TempDir static Path folder;
  private static LedgerFixture ledger;

  @BeforeAll
  static void ingest() throws IOException {
    ledger = LedgerFixture.of(folder, LedgerFixture.mixedUsage());
  }

  @Test
  void noChoiceIsBetterThanAnotherInEverythingAndAllAreFound() {
    List<Criterion> criteria =
        List.of(Criterion.CARBON_KG, Criterion.WATER_L, Criterion.LATENCY_MS);
    PlacementChoices found = PlacementChoices.of(ledger.replay(Organisation.silent()), criteria);
    assertThat(found.choices()).hasSizeGreaterThan(2);
    for (Choice one : found.choices()) {
      for (Choice other : found.choices()) {
        boolean isBetter =
            criteria.stream().allMatch(each -> one.total(each) <= other.total(each))
                && criteria.stream()
                    .anyMatch(each -> one.total(each) < other.total(each) * (1 - 1e-9));
        assertThat(isBetter).as(one + " beats " + other).isFalse();
      }
    }
    Choice cleanest = found.choices().get(0);
    assertThat(cleanest.total(Criterion.CARBON_KG))
        .isLessThan(found.today().total(Criterion.CARBON_KG));
    // Users are taken to be where the work runs today, so nothing is nearer.
    assertThat(found.today().total(Criterion.LATENCY_MS)).isZero();
    assertThat(found.choices())
        .anySatisfy(choice -> assertThat(choice.total(Criterion.LATENCY_MS)).isLessThan(1e-6));
  }

  @Test
  void electricityWithoutAPriceIsNamed() {
    assertThatThrownBy(() ->
            PlacementChoices.of(ledger.replay(Organisation.silent()), List.of(Criterion.COST)))
        .hasMessageContaining("price of electricity")
        .hasMessageContaining("more");
  }

  @Test
  void pricesAreTradedForCarbon() {
    Organisation priced =
        new OrganisationReader(LedgerFixture.CATALOGUE)
            .read(
                "org.yaml",
                "regions: [aws/eu-north-1]\n"
                    + "prices: {currency: EUR, electricity-per-kwh: {aws/eu-north-1: 0.3,"
                    + " aws/us-east-1: 0.1, aws/eu-central-1: 0.2, US-CISO: 0.1}}\n"
                    + "assumptions: {region-capacity-share: 1}");
    PlacementChoices found =
        PlacementChoices.of(ledger.replay(priced), List.of(Criterion.CARBON_KG, Criterion.COST));
    Choice cleanest = found.choices().get(0);
    Choice cheapest = found.choices().get(found.choices().size() - 1);
    assertThat(cleanest.regions()).isEqualTo("aws/eu-north-1 100 %");
    assertThat(cheapest.total(Criterion.COST)).isLessThan(cleanest.total(Criterion.COST));
    assertThat(cheapest.total(Criterion.CARBON_KG))
        .isGreaterThan(cleanest.total(Criterion.CARBON_KG));
  }
}
