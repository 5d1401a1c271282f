package io.gtrace.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Location-based, market-based and marginal carbon are kept apart in every sum. */
class CarbonAccountsTest {
  private static final List<Impact> ACCOUNTS =
      List.of(
          Impact.OPERATIONAL_LOCATION_BASED_KG,
          Impact.OPERATIONAL_MARKET_BASED_KG,
          Impact.MARGINAL_KG);

  /** A footprint of which one basic impact is 1 and all others are 0. */
  private static Footprint only(Impact one) {
    double[] medians = new double[Impact.CARBON_KG.ordinal()];
    medians[one.ordinal()] = 1;
    return Footprint.of("set", medians, 0, impact -> new double[] {medians[impact.ordinal()]});
  }

  @Test
  void aSumOfFootprintsAddsEachAccountToItsOwnKind() {
    for (Impact one : ACCOUNTS) {
      for (Impact other : ACCOUNTS) {
        Footprint sum = only(one).plus(only(other).times(2));
        for (Impact account : ACCOUNTS) {
          double expected = (account == one ? 1 : 0) + (account == other ? 2 : 0);
          assertThat(sum.median(account)).as(one + " + " + other).isEqualTo(expected);
          assertThat(sum.draws(account)).as(one + " + " + other).containsExactly(expected);
        }
      }
    }
  }

  @Test
  void theHeadlineHoldsOneAccountOnly() {
    assertThat(only(Impact.OPERATIONAL_LOCATION_BASED_KG).median(Impact.CARBON_KG)).isEqualTo(1);
    assertThat(only(Impact.OPERATIONAL_MARKET_BASED_KG).median(Impact.CARBON_KG)).isZero();
    assertThat(only(Impact.OPERATIONAL_MARKET_BASED_KG).draws(Impact.CARBON_KG)).containsOnly(0);
    assertThat(only(Impact.MARGINAL_KG).median(Impact.CARBON_KG)).isZero();
    assertThat(only(Impact.MARGINAL_KG).draws(Impact.CARBON_KG)).containsOnly(0);
  }

  @Test
  void anAccountThatIsNotKnownOfAPartIsNotKnownOfTheSumAndNoOtherStandsIn() {
    Footprint known = GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR"));
    Footprint notKnown =
        GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("US-NY"));
    assertThat(known.operationalMarketBasedKg()).isPresent();
    assertThat(notKnown.operationalMarketBasedKg()).isEmpty();
    assertThat(known.plus(notKnown).operationalMarketBasedKg()).isEmpty();
  }
}
