package io.gtrace.simulation.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DelaysTest {
  private static final List<Memory> MEMORIES =
      List.of(
          new Memory.PowerLaw(40, 2.2), new Memory.PowerLaw(3, 0.5), new Memory.Exponential(12));

  @Test
  void theShareOfDelaysWithinAQuantileIsThatOfTheQuantile() {
    for (Memory memory : MEMORIES) {
      for (double share = 0; share < 1; share += 0.01) {
        assertThat(memory.shareWithin(memory.quantileHours(share))).isCloseTo(share, within(1e-12));
      }
    }
  }

  @Test
  void theTableGivesTheQuantilesOfTheMemoryUpToTheEndOfTheRun() {
    for (Memory memory : MEMORIES) {
      for (int hours : new int[] {1, 168, 5_000}) {
        Delays delays = new Delays(memory, hours);
        double all = delays.shareWithin(hours);
        assertThat(all).isEqualTo(memory.shareWithin(hours));
        for (int i = 0; i < 100_000; i++) {
          double share = all * i / 100_000;
          assertThat(delays.at(share))
              .isCloseTo(memory.quantileHours(share), within(Delays.TOLERANCE_HOURS));
        }
        for (double beyond : new double[] {(1 + all) / 2, 1, 3}) {
          assertThat(delays.at(beyond)).isGreaterThanOrEqualTo(hours * (1 - 1e-9));
        }
      }
    }
  }
}
