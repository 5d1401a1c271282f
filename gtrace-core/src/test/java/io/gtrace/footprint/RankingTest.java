package io.gtrace.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final GTrace GTRACE = GTrace.standard();

  private static Footprint of(String model, String place) {
    return GTRACE.estimate(TextGeneration.of(model, 500, 300).at(place));
  }

  @Test
  void whatIsSharedDoesNotBlurWhichCostsLess() {
    Footprint less = of("gpt-4o", "FR");
    Ranking ranking = new Ranking(List.of(less, less.times(1.01)), Impact.CARBON_KG);
    assertThat(less.carbonKg().high()).isGreaterThan(10 * less.carbonKg().low());
    assertThat(ranking.probabilityOfLess(0, 1)).isEqualTo(1);
    assertThat(ranking.probabilityOfLess(1, 0)).isZero();
    assertThat(ranking.ratio(1, 0).low()).isCloseTo(1.01, withinPercentage(1e-9));
    assertThat(ranking.ratio(1, 0).high()).isCloseTo(1.01, withinPercentage(1e-9));
  }

  @Test
  void probabilitiesOfLeastAddUpToOne() {
    Ranking ranking =
        new Ranking(
            List.of(of("gpt-4o", "FR"), of("gpt-4o-mini", "PL"), of("claude-sonnet-4-5", "FR")),
            Impact.CARBON_KG);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      assertThat(ranking.probabilityOfLeast(i)).isBetween(0.0, 1.0);
      sum += ranking.probabilityOfLeast(i);
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    assertThat(ranking.probabilityOfLess(0, 2) + ranking.probabilityOfLess(2, 0))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aDifferenceIsThatOfMediansWithTheIntervalOfItsDraws() {
    Footprint dirty = of("gpt-4o", "PL");
    Footprint clean = of("gpt-4o", "FR");
    Quantity more = new Ranking(List.of(dirty, clean), Impact.CARBON_KG).difference(0, 1);
    assertThat(more.median())
        .isCloseTo(dirty.carbonKg().median() - clean.carbonKg().median(), withinPercentage(1e-9));
    assertThat(more.low()).isPositive().isLessThan(more.median());
    assertThat(more.high()).isGreaterThan(more.median());
  }

  @Test
  void figuresOfOtherFactorsAreNotSetBeside() {
    Footprint here = of("gpt-4o", "FR");
    Footprint other = Footprint.of("other factors", new double[7], 0, impact -> new double[512]);
    assertThatThrownBy(() -> new Ranking(List.of(here, other), Impact.CARBON_KG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("factor set");
  }
}
