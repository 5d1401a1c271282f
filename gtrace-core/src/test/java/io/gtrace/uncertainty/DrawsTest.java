package io.gtrace.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawsTest {
  private static final Scatter UNIT = new Scatter(0, 1, Shape.NORMAL);

  private static double correlation(double[] one, double[] other) {
    double sum = 0;
    double ones = 0;
    double others = 0;
    for (int k = 0; k < one.length; k++) {
      sum += one[k] * other[k];
      ones += one[k] * one[k];
      others += other[k] * other[k];
    }
    return sum / Math.sqrt(ones * others);
  }

  @Test
  void factorsThatErrTogetherAreDrawnTogether() {
    Correlations correlations =
        Correlations.of(
            List.of(
                new Correlations.Pair("b", "a", 0.8),
                new Correlations.Pair("c", "a", -0.5),
                new Correlations.Pair("c", "b", -0.2)));
    Draws draws = new Draws(8_192, 1, correlations);
    double[] a = draws.of("a", UNIT);
    double[] b = draws.of("b", UNIT);
    double[] c = draws.of("c", UNIT);
    assertThat(correlation(a, b)).isCloseTo(0.8, within(0.03));
    assertThat(correlation(a, c)).isCloseTo(-0.5, within(0.03));
    assertThat(correlation(b, c)).isCloseTo(-0.2, within(0.03));
    assertThat(correlation(a, draws.of("d", UNIT))).isCloseTo(0, within(0.03));
    assertThat(Arrays.stream(c).map(x -> x * x).average().orElseThrow()).isCloseTo(1, within(0.05));
  }

  @Test
  void whatIsIndependentDrawsTheSameWhateverErrsTogetherBesideIt() {
    Correlations correlations = Correlations.of(List.of(new Correlations.Pair("b", "a", 0.8)));
    assertThat(new Draws(64, 1, correlations).of("pue", UNIT))
        .isEqualTo(new Draws(64, 1).of("pue", UNIT));
  }

  @Test
  void correlationsThatContradictEachOtherAreRefused() {
    List<Correlations.Pair> pairs =
        List.of(
            new Correlations.Pair("b", "a", 0.9),
            new Correlations.Pair("c", "a", 0.9),
            new Correlations.Pair("c", "b", -0.9));
    assertThatThrownBy(() -> Correlations.of(pairs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no distribution");
  }

  @Test
  void aHeavyTailKeepsItsMedianAndItsNinetyPerCentInterval() {
    Scatter heavy = Scatter.of90(0.5, 1, 2, Shape.HEAVY_LOGNORMAL);
    Scatter normal = Scatter.of90(0.5, 1, 2, Shape.LOGNORMAL);
    assertThat(heavy.low()).isCloseTo(0.5, within(1e-12));
    assertThat(heavy.high()).isCloseTo(2, within(1e-12));
    assertThat(heavy.at(0)).isEqualTo(1);
    assertThat(heavy.at(0.674)).isLessThan(normal.at(0.674));
    assertThat(heavy.at(3)).isGreaterThan(normal.at(3));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 5, 6.5, LOGNORMAL",
    "4, 6, 40, LOGNORMAL",
    "0.5, 0.75, 0.95, SHARE",
    "1.05, 1.15, 1.3, ABOVE_ONE",
    "0.5, 1, 4, HEAVY_LOGNORMAL",
    "1, 2, 5, NON_NEGATIVE"
  })
  void aLopsidedIntervalKeepsItsLowItsMedianAndItsHigh(
      double low, double median, double high, Shape shape) {
    double[] drawn = new Draws(16_384, 1).of("lopsided", Scatter.of90(low, median, high, shape));
    Arrays.sort(drawn);
    assertThat(drawn[drawn.length / 20]).isCloseTo(low, withinPercentage(0.1));
    assertThat(drawn[drawn.length / 2]).isCloseTo(median, withinPercentage(0.1));
    assertThat(drawn[drawn.length - drawn.length / 20]).isCloseTo(high, withinPercentage(0.1));
  }

  @Test
  void whatCanOnlyLieHigherIsNeverDrawnLower() {
    double[] drawn = new Draws(64, 1).of("one-sided", Scatter.of90(2, 2, 8, Shape.LOGNORMAL));
    assertThat(Arrays.stream(drawn).min()).hasValue(2);
    assertThat(Arrays.stream(drawn).max().orElseThrow()).isGreaterThan(8);
  }

  @Test
  void aFurtherSpreadWidensBothSides() {
    Scatter wider = Scatter.of90(2, 4, 5, Shape.LOGNORMAL).widened(0.3);
    double z = Scatter.Z95;
    assertThat(Math.log(4 / wider.low()))
        .isCloseTo(Math.hypot(Math.log(2), z * 0.3), within(1e-12));
    assertThat(Math.log(wider.high() / 4))
        .isCloseTo(Math.hypot(Math.log(1.25), z * 0.3), within(1e-12));
  }

  @Test
  void anEvenIntervalIsDrawnAsItsStandardDeviationTells() {
    Scatter even = Scatter.of90(0.25, 1, 4, Shape.LOGNORMAL);
    Scatter told = Scatter.lognormal(1, Math.log(4) / Scatter.Z95);
    for (double score : new double[] {-3, -1, 0.5, 2}) {
      assertThat(even.at(score)).isCloseTo(told.at(score), withinPercentage(1e-9));
    }
  }
}
