package io.gtrace.simulation.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedGeometricTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0.3",
    "1, 4",
    "7, 0.01",
    "7, 0.999999",
    "7, 1",
    "7, 1.0000001",
    "7, 1.5",
    "1000, 0.9",
    "1000, 0.9999999",
    "1000, 1",
    "1000, 1.00001",
    "1000, 1.2"
  })
  void itIsTheSumOfItsWeights(int most, double ratio) {
    double weight = 0;
    double numbers = 0;
    for (int number = 1; number <= most; number++) {
      double each = Math.pow(ratio, number);
      weight += each;
      numbers += each * number;
    }
    double last = Math.pow(ratio, most);
    double logRatio = Math.log(ratio);

    TruncatedGeometric summed =
        ratio <= 1
            ? TruncatedGeometric.after(1, logRatio, most)
            : TruncatedGeometric.endingAt(last, logRatio, most);

    assertThat(summed.weight()).isCloseTo(weight, withPercentage(1e-6));
    assertThat(summed.mean()).isCloseTo(numbers / weight, withPercentage(1e-6));
    assertThat(summed.last()).isCloseTo(last, withPercentage(1e-6));
  }
}
