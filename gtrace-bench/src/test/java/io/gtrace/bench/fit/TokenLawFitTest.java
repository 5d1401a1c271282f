package io.gtrace.bench.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import org.junit.jupiter.api.Test;

class TokenLawFitTest {
  private static final TokenLawFit.Outcome OUTCOME = TokenLawFit.shipped(System.out).outcome();

  @Test
  void theShippedConstantsAreWhatTheFitGives() {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    assertThat(OUTCOME.constants()).isNotEmpty();
    for (TokenLawFit.Constant constant : OUTCOME.constants()) {
      Factor shipped = catalogue.assumption(constant.id());
      assertThat(shipped.median())
          .as(constant.id())
          .isCloseTo(constant.median(), within(1e-3 * constant.median()));
    }
  }

  @Test
  void backbonesThatTheFitHasNotSeenArePredictedWithinTheirIntervals() {
    assertThat(OUTCOME.unseen().rows()).isGreaterThan(600);
    assertThat(OUTCOME.unseen().medianAbsolutePercentageError()).isLessThan(16);
    assertThat(Math.abs(OUTCOME.unseen().medianSignedError())).isLessThan(5);
    assertThat(OUTCOME.unseen().coverage90()).isBetween(0.85, 0.95);
  }
}
