package io.gtrace.ecologits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcoLogitsTest {
  private static final ElectricityMix MIX = new ElectricityMix(0.3844, 9.855e-8, 9.6884, 3.1321);
  private static final DataCentre SITE =
      new DataCentre(ValueRange.exactly(1.09), ValueRange.exactly(0.999));

  private static ServedModel model(String active, String total) {
    return new ServedModel(
        ValueRange.parse(active),
        ValueRange.parse(total),
        OptionalDouble.of(63),
        OptionalDouble.of(0.95));
  }

  private static RequestImpacts impacts(ServedModel model, DataCentre site) {
    return EcoLogits.impacts(model, 200, OptionalDouble.of(5), MIX, site);
  }

  private static void assertExactly(ValueRange actual, double expected) {
    assertThat(actual.low()).isCloseTo(expected, within(1e-12 * expected));
    assertThat(actual.high()).isCloseTo(expected, within(1e-12 * expected));
  }

  /** Figures of the published methodology's example. */
  @Test
  void thePublishedExampleIsReproduced() {
    RequestImpacts impacts = impacts(model("111", "111"), SITE);
    assertExactly(impacts.energyKwh(), 1.0216410036670692e-4);
    assertExactly(impacts.gwpKg(), 4.1957168706094415e-5);
    assertExactly(impacts.adpeKgSbEq(), 1.6047712707571693e-10);
    assertExactly(impacts.primaryEnergyMj(), 1.0237876270673084e-3);
    assertExactly(impacts.waterL(), 4.136229826726363e-4);
  }

  @Test
  void aRangeSpansWhatItsEndsGive() {
    DataCentre wide = new DataCentre(new ValueRange(1.09, 1.14), new ValueRange(0.13, 0.999));
    RequestImpacts range = impacts(model("20..70", "100..440"), wide);
    RequestImpacts low =
        impacts(
            model("20", "100"), new DataCentre(ValueRange.exactly(1.09), ValueRange.exactly(0.13)));
    RequestImpacts high =
        impacts(
            model("70", "440"),
            new DataCentre(ValueRange.exactly(1.14), ValueRange.exactly(0.999)));
    assertThat(range.energyKwh().low()).isEqualTo(low.energyKwh().low());
    assertThat(range.energyKwh().high()).isEqualTo(high.energyKwh().high());
    assertThat(range.gwpKg().high()).isEqualTo(high.gwpKg().high());
    assertThat(range.waterL().low()).isEqualTo(low.waterL().low());
    assertThat(range.waterL().high()).isEqualTo(high.waterL().high());
  }

  @Test
  void aMeasuredLatencyCountsOnlyWhereItIsShorter() {
    ServedModel model = model("111", "111");
    RequestImpacts longer = EcoLogits.impacts(model, 200, OptionalDouble.of(500), MIX, SITE);
    RequestImpacts none = EcoLogits.impacts(model, 200, OptionalDouble.empty(), MIX, SITE);
    RequestImpacts shorter = EcoLogits.impacts(model, 200, OptionalDouble.of(1), MIX, SITE);
    assertThat(longer).isEqualTo(none);
    assertThat(shorter.embodiedGwpKg().low()).isLessThan(none.embodiedGwpKg().low());
  }

  @ParameterizedTest
  @CsvSource({"33, 1", "34, 2", "66, 2", "67, 4", "440, 16"})
  void gpusComeInPowersOfTwo(double totalB, int gpus) {
    ServedModel one =
        new ServedModel(
            ValueRange.exactly(1),
            ValueRange.exactly(totalB),
            OptionalDouble.of(100),
            OptionalDouble.empty());
    double embodied =
        EcoLogits.impacts(one, 100, OptionalDouble.empty(), MIX, SITE).embodiedGwpKg().low();
    double lifetimeS = 3 * 365 * 24 * 3600.0;
    assertThat(embodied)
        .isCloseTo((5_700.0 / 8 + 273) * gpus / (lifetimeS * 64), within(1e-12 * embodied));
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatThrownBy(() -> model("0", "10")).hasMessageContaining("active parameters");
    assertThatThrownBy(() -> ValueRange.parse("70..20")).hasMessageContaining("ascend");
    assertThatThrownBy(() -> ValueRange.parse("many")).hasMessageContaining("20..70");
    assertThatThrownBy(() -> new DataCentre(ValueRange.exactly(0.9), ValueRange.exactly(0)))
        .hasMessageContaining("PUE");
    ServedModel model = model("1", "1");
    assertThatThrownBy(() -> EcoLogits.impacts(model, -1, OptionalDouble.empty(), MIX, SITE))
        .hasMessageContaining("output tokens");
    assertThatThrownBy(() -> EcoLogits.impacts(model, 1, OptionalDouble.of(0), MIX, SITE))
        .hasMessageContaining("latency");
    assertThatThrownBy(() ->
            new ServedModel(
                ValueRange.exactly(1),
                ValueRange.exactly(1),
                OptionalDouble.of(0),
                OptionalDouble.empty()))
        .hasMessageContaining("tokens per second");
  }
}
