package io.gtrace.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawnBoundsTest {
  private static void assertSame(int count, IntToDoubleFunction draw) {
    double[] draws = IntStream.range(0, count).mapToDouble(draw).toArray();
    double[] expected = Quantile.withDefaults().evaluate(draws, 0.05, 0.95);
    assertThat(DrawnBounds.of(draws)).as(Arrays.toString(draws)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 31, 255, 256, 257, 512, 1_000, 4_096})
  void theyAreTheQuantilesWhateverTheDraws(int count) {
    SplittableRandom random = new SplittableRandom(count);
    for (int trial = 0; trial < 200; trial++) {
      assertSame(count, i -> Math.exp(2 * random.nextGaussian()));
    }
    assertSame(count, i -> random.nextInt(3));
    assertSame(count, i -> 7);
    assertSame(count, i -> i);
    assertSame(count, i -> -i);
    assertSame(count, i -> i % 8 == 0 ? -i : i);
    assertSame(count, i -> i % 8 == 0 ? 1 : Double.POSITIVE_INFINITY);
    assertSame(count, i -> i % 2 == 0 ? 0 : Math.exp(random.nextGaussian()));
    assertSame(count, i -> i % 50 == 0 ? -0.0 : i);
    assertSame(count, i -> i % 50 == 0 ? Double.MIN_VALUE : Double.MAX_VALUE / (1 + i % 3));
    assertSame(count, i -> 1 + Math.ulp(1.0) * random.nextInt(40));
    assertSame(count, i -> random.nextGaussian());
  }
}
