package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.footprint.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @Test
  void theMedianChoosesTheUnitOfTheWholeInterval() {
    assertThat(Figures.carbon(new Quantity(0.01234, 0.0008, 1.5)))
        .isEqualTo("12.3 g CO2e (0.8 to 1,500)");
    assertThat(Figures.energy(new Quantity(2_500, 900, 4_000))).isEqualTo("2.5 MWh (0.9 to 4)");
    assertThat(Figures.carbon(new Quantity(4.06e-19, 2e-19, 1e-18)))
        .isEqualTo("406 ag CO2e (200 to 1,000)");
  }

  @ParameterizedTest
  @CsvSource({
    "3.45e-11, 34.5 nWh",
    "3.45e-8, 34.5 µWh",
    "3.45e-5, 34.5 mWh",
    "0.0345, 34.5 Wh",
    "34.5, 34.5 kWh",
    "3.45e-14, 0.0345 nWh"
  })
  void smallEnergiesHaveAPrefixThatFits(double kwh, String text) {
    assertThat(Figures.energy(kwh)).isEqualTo(text);
  }

  @Test
  void anIntervalOfOneValueIsNotTold() {
    assertThat(Figures.water(Quantity.ZERO)).isEqualTo("0 µL");
    assertThat(Figures.carbon(Quantity.ZERO)).isEqualTo("0 mg CO2e");
    assertThat(Figures.amount(new Quantity(255, 255, 255))).isEqualTo("255");
    assertThat(Figures.share(new Quantity(0.5, 0.5, 0.5))).isEqualTo("50 %");
    assertThat(Figures.amount(new Quantity(255, 254, 256))).isEqualTo("255 (254 to 256)");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.0002, <0.1", "0.0123, 1.2", "0.0999, 10", "0.62, 62", "1, 100"})
  void aShareHasTenthsOnlyWhereItIsSmall(double share, String percent) {
    assertThat(Figures.percent(share)).isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource({"0.0123, 0.012", "1.26, 1.3", "349, 350", "12345, '12,000'"})
  void aComparisonHasTwoDigits(double count, String text) {
    assertThat(Figures.roughly(count)).isEqualTo(text);
  }
}
