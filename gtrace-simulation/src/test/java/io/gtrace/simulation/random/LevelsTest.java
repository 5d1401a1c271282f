package io.gtrace.simulation.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.35, 0.9, 1.2})
  void theMeanOfLognormalLevelsIsOne(double logSd) {
    Levels.Lognormal lognormal = new Levels.Lognormal(logSd);

    double mean = IntStream.range(0, Levels.COUNT).mapToDouble(lognormal::mean).average().orElse(0);

    assertThat(mean).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.35, 0.9, 1.2})
  void lognormalNumbersHaveTheVarianceOfTheLaw(double logSd) {
    Levels.Lognormal lognormal = new Levels.Lognormal(logSd);
    PersonDraws draws = new PersonDraws(1).restart(0, Purpose.SPREAD, 0);

    // Variance of the levels, and of the tail by drawing: the last level holds much of it.
    double squares = 0;
    for (int level = 0; level < Levels.LAST; level++) {
      squares += lognormal.mean(level) * lognormal.mean(level) / Levels.COUNT;
    }
    int tries = 400_000;
    double tail = 0;
    double tailSquares = 0;
    for (int i = 0; i < tries; i++) {
      double number = lognormal.at(Levels.LAST, draws.nextLong());
      tail += number / tries;
      tailSquares += number * number / tries;
    }

    double variance = squares + tailSquares / Levels.COUNT - 1;
    assertThat(variance / Math.expm1(logSd * logSd)).isCloseTo(1, within(0.005));
    assertThat(tail / lognormal.mean(Levels.LAST)).isCloseTo(1, within(0.01));
  }

  @Test
  void normalLevelsAreThoseOfTheLaw() {
    double[] normal = Levels.normal();

    double variance =
        IntStream.range(0, normal.length)
            .mapToDouble(i -> normal[i] * normal[i])
            .average()
            .orElse(0);

    assertThat(IntStream.range(0, normal.length).mapToDouble(i -> normal[i]).sum())
        .isCloseTo(0, within(1e-9));
    assertThat(variance).isCloseTo(1, within(0.002));
  }
}
