package io.gtrace.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "0.83129|0.831",
        "1.0|1",
        "-0.5|-0.5",
        "45000|45,000",
        "1.2349e-5|1.23·10⁻⁵",
        "0.00619|0.00619",
        "989e12|9.89·10¹⁴",
        "9.999|10"
      })
  void threeDigitsAreEnough(double value, String text) {
    assertThat(Numeral.of(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.1665273170451914e-6,1.1665273170451914·10⁻⁶", "-0.011205,-0.011205"})
  void exactNumbersKeepTheirDigits(BigDecimal value, String text) {
    assertThat(Numeral.exactly(value)).isEqualTo(text);
  }
}
