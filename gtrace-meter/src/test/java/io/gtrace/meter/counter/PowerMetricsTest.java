package io.gtrace.meter.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PowerMetricsTest {
  private static final MachineUse HALF = new MachineUse(0.5, 0.5, 0, 0, Set.of(), false);

  @Test
  void meanPowersTimesTheirTimeAreTheEnergy() {
    PowerMetrics.Lines lines = new PowerMetrics.Lines();
    PowerMetrics.Part processor = new PowerMetrics.Part(Component.PROCESSOR, "processor", lines);
    PowerMetrics.Part gpu = new PowerMetrics.Part(Component.GPU, "GPU", lines);
    processor.read(0, HALF);
    gpu.read(0, HALF);
    for (int sample = 0; sample < 2; sample++) {
      lines.add(
          "*** Sampled system activity (Mon Mar  2 10:00:00 2026 +0100) (500.00ms elapsed) ***");
      lines.add("**** Processor usage ****");
      lines.add("CPU Power: 8000 mW");
      lines.add("GPU Power: 4000 mW");
      lines.add("ANE Power: 2000 mW");
      lines.add("Combined Power (CPU + GPU + ANE): 14000 mW");
      lines.add("**** GPU usage ****");
      lines.add("GPU Power: 4000 mW");
    }
    processor.read(1, HALF);
    gpu.read(1, HALF);
    assertThat(processor.tally().whole().joules()).isCloseTo(10, within(1e-9));
    assertThat(processor.tally().own().joules()).isCloseTo(5, within(1e-9));
    assertThat(gpu.tally().own().joules()).isCloseTo(2, within(1e-9));
    assertThat(gpu.notes()).isEmpty();
  }

  @Test
  void silenceIsToldOf() {
    PowerMetrics.Part gpu = new PowerMetrics.Part(Component.GPU, "GPU", new PowerMetrics.Lines());
    gpu.read(0, HALF);
    gpu.read(1, HALF);
    assertThat(gpu.tally()).isEqualTo(Tally.NONE);
    assertThat(gpu.notes()).anyMatch(note -> note.contains("root"));
  }
}
