package io.gtrace.bench.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.bench.fit.LawFit.Miss;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Shape;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Quantile;
import org.junit.jupiter.api.Test;

/** What ships is what the fit gives, and the fit knows models that it has not seen. */
class LawFitTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final LawFit.Outcome TOKENS = LawFit.shipped(Law.TOKENS, System.out).outcome();
  private static final LawFit.Outcome PIXELS = LawFit.shipped(Law.PIXELS, System.out).outcome();

  @Test
  void theShippedConstantsAreWhatTheFitGives() {
    for (LawFit.Outcome outcome : List.of(TOKENS, PIXELS)) {
      for (int p = 0; p < outcome.logs().size(); p++) {
        LogParameter parameter = outcome.law().constants().get(p);
        Factor shipped = CATALOGUE.assumption(parameter.id());
        assertThat(Math.log(shipped.median()))
            .as(parameter.id())
            .isCloseTo(outcome.logs().get(p), within(1e-3));
        double logSd = Math.sqrt(outcome.covariance().getEntry(p, p));
        boolean normal = shipped.scatter().shape() == Shape.NON_NEGATIVE;
        assertThat(shipped.scatter().sd() / (normal ? shipped.median() : 1))
            .as(parameter.id())
            .isCloseTo(logSd, within(1e-3));
      }
    }
  }

  @Test
  void theShippedMisfitsAreWhatTheFitLeaves() {
    Misfits all = new Misfits(TOKENS.misses());
    assertThat(all.measured()).hasSizeGreaterThan(25);
    for (Misfits.Misfit misfit : all.measured()) {
      assertThat(CATALOGUE.misfit("token-law", misfit.model(), misfit.accelerator()))
          .as(misfit.model())
          .hasValueSatisfying(shipped ->
              assertThat(shipped.logMedian()).isCloseTo(misfit.logMedian(), within(1e-3)));
    }
  }

  @Test
  void backbonesThatTheFitHasNotSeenAreCloseToTheMeasurements() {
    assertThat(TOKENS.misses()).hasSizeGreaterThan(600);
    assertThat(medianError(TOKENS.misses())).isLessThan(0.12);
    Misfits pixels = new Misfits(PIXELS.misses());
    assertThat(medianError(pixels.of("image-law").misses())).isLessThan(0.15);
    assertThat(medianError(pixels.of("video-law").misses())).isLessThan(0.15);
    for (LawFit.Outcome outcome : List.of(TOKENS, PIXELS)) {
      assertThat(Math.abs(median(outcome.misses(), Miss::unseen))).isLessThan(0.05);
    }
  }

  private static double medianError(List<Miss> misses) {
    return median(misses, miss -> Math.abs(Math.expm1(miss.unseen())));
  }

  private static double median(List<Miss> misses, ToDoubleFunction<Miss> figure) {
    return Quantile.withDefaults().evaluate(misses.stream().mapToDouble(figure).toArray(), 0.5);
  }
}
