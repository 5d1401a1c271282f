package io.gtrace.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.Context;
import io.gtrace.activity.InvalidAmountException;
import io.gtrace.activity.MeteredEnergy;
import io.gtrace.activity.MeteredInference;
import io.gtrace.activity.Training;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.site.Site;
import org.junit.jupiter.api.Test;

/** Runs that a meter told the energy of. */
class MeteredEnergyTest {
  private final GTrace gtrace = GTrace.of(FactorCatalogue.shipped(), Fallback.REFUSE);

  private Footprint of(double meteredKwh, double modelledKwh) {
    return gtrace.estimate(
        new Training(
            "run",
            "rtx-4090",
            new MeteredEnergy(meteredKwh, modelledKwh),
            Context.UNKNOWN.at(new Site.EdgeDevice("rtx-4090", "DE"))));
  }

  @Test
  void whatAMeterToldIsTheEnergy() {
    Footprint metered = of(3, 1);
    assertThat(metered.energyKwh().median()).isCloseTo(4, within(1e-12));
    assertThat(metered.embodiedKg().median()).isZero();
  }

  @Test
  void whatWasModelledIsLessCertain() {
    assertThat(width(of(4, 0).energyKwh())).isLessThan(1.5);
    assertThat(width(of(0, 4).energyKwh())).isGreaterThan(4);
    assertThat(width(of(2, 2).energyKwh())).isBetween(1.5, 4.0);
  }

  private static double width(Quantity quantity) {
    return quantity.high() / quantity.low();
  }

  @Test
  void inferenceIsPricedAsTrainingIs() {
    Context context = Context.UNKNOWN.at(new Site.EdgeDevice("rtx-4090", "DE"));
    Footprint inference =
        gtrace.estimate(new MeteredInference("run", "rtx-4090", new MeteredEnergy(3, 1), context));
    assertThat(inference.carbonKg().median()).isEqualTo(of(3, 1).carbonKg().median());
  }

  @Test
  void energyIsAnAmount() {
    assertThatThrownBy(() -> new MeteredEnergy(-1, 0))
        .isInstanceOf(InvalidAmountException.class)
        .hasMessageContaining("meteredKwh");
    assertThatThrownBy(() -> new MeteredEnergy(0, Double.NaN))
        .isInstanceOf(InvalidAmountException.class)
        .hasMessageContaining("modelledKwh");
  }
}
