package io.gtrace.governance.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import org.junit.jupiter.api.Test;

class DrawnAmountTest {
  private static DrawnAmount energy(String factorSet, double kwh) {
    double[] medians = {kwh, 0, 0, 0, 0, 0, 0};
    return DrawnAmount.of(
        Footprint.of(factorSet, medians, 0, impact -> new double[] {kwh, kwh}), Impact.ENERGY_KWH);
  }

  @Test
  void amountsOfDifferentFactorsAreNotPutTogether() {
    DrawnAmount one = energy("a", 2);
    DrawnAmount other = energy("b", 1);
    assertThatThrownBy(() -> one.over(other))
        .isInstanceOf(UnknownFactException.class)
        .hasMessageContaining("gtrace ledger reprice");
    assertThatThrownBy(() -> one.times(2).plus(one.exactly(1).plus(other)))
        .isInstanceOf(UnknownFactException.class);
    assertThat(one.plus(energy("a", 1)).median()).isEqualTo(3);
    assertThat(one.minus(other.exactly(1)).median()).isEqualTo(1);
  }
}
