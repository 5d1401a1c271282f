package io.gtrace.simulation.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivityClockTest {
  @Test
  void aDelayEndsInTheHourInWhichSoMuchActivityHasPassed() {
    ActivityClock clock = new ActivityClock(new double[] {1, 0.02, 0.01, 0.03, 2, 0.5});

    assertThat(clock.hourAfter(0, 0.25, 0.5)).isZero();
    assertThat(clock.hourAfter(0, 0.5, 0.51)).isEqualTo(1);
    assertThat(clock.hourAfter(0, 0.5, 0.525)).isEqualTo(2);
    assertThat(clock.hourAfter(0, 0.5, 0.55)).isEqualTo(3);
    assertThat(clock.hourAfter(1, 0.5, 2.04)).isEqualTo(4);
    assertThat(clock.hourAfter(4, 0.5, 1.1)).isEqualTo(5);
  }

  @Test
  void aDelayBeyondTheEndEndsAtTheEnd() {
    ActivityClock clock = new ActivityClock(new double[] {1, 0.01, 3});

    assertThat(clock.hourAfter(2, 0.5, 1.5)).isEqualTo(3);
    assertThat(clock.hourAfter(0, 0, 1e12)).isEqualTo(3);
    assertThat(clock.hourAfter(0, 0, Double.POSITIVE_INFINITY)).isEqualTo(3);
  }
}
