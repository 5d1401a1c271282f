package io.gtrace.meter.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorPowerTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "AMD EPYC 9654 96-Core Processor, 360",
    "Intel(R) Xeon(R) Platinum 8480+, 350",
    "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz, 120",
    "13th Gen Intel(R) Core(TM) i9-13900K, 125",
    "Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz, 15",
    "AMD Ryzen 9 5950X 16-Core Processor, 105",
    "AMD Ryzen 7 7840U w/ Radeon 780M Graphics, 28",
    "Intel(R) Core(TM) Ultra 7 155H, 28"
  })
  void processorsAreKnownByTheNameThatTheMachineGives(String name, double watts) {
    ProcessorPower one = ProcessorPower.of(new Processor(name, 1, 8));
    ProcessorPower two = ProcessorPower.of(new Processor(name, 2, 16));
    assertThat(one.full().watts()).isCloseTo(0.7 * watts, within(1e-9));
    assertThat(one.idle().watts()).isLessThan(one.full().watts() / 2);
    assertThat(two.full().watts()).isCloseTo(2 * one.full().watts(), within(1e-9));
  }

  @Test
  void aPowerThatNoPageConfirmsSaysSo() {
    assertThat(ProcessorPower.of(new Processor("AMD EPYC 9654 96-Core Processor", 1, 8)).basis())
        .doesNotContain("confirm");
    assertThat(ProcessorPower.of(new Processor("Intel(R) Xeon(R) Platinum 8480+", 1, 8)).basis())
        .contains("no published page");
  }

  @Test
  void anUnknownProcessorIsEstimatedByItsCoresAndSaysSo() {
    ProcessorPower power = ProcessorPower.of(new Processor("Cray-1", 1, 10));
    assertThat(power.at(0).watts()).isCloseTo(7.4, within(1e-9));
    assertThat(power.at(1).watts()).isCloseTo(35, within(1e-9));
    assertThat(power.basis()).contains("10 logical processors").contains("Cray-1");
  }

  @Test
  void socketsAndLogicalProcessorsAreCounted() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      told.append("processor\t: ").append(i).append('\n');
      told.append("model name\t: AMD EPYC 7742 64-Core Processor\n");
      told.append("physical id\t: ").append(i / 2).append("\n\n");
    }
    Files.writeString(root.resolve("proc/cpuinfo"), told);
    assertThat(Processor.ofLinux(root, 1))
        .isEqualTo(new Processor("AMD EPYC 7742 64-Core Processor", 2, 4));
  }

  @Test
  void withoutCountersTheProcessorIsModelledAndMemoryIsOnlyTheOwn() {
    Meters meters = Meters.find(root, Map.of(), 10);
    MachineUse use = new MachineUse(0.5, 0.2, 10e9, 0.01, Set.of(), false);
    meters.meters().forEach(meter -> meter.read(0, use));
    meters.meters().forEach(meter -> meter.read(100 * SECOND, use));
    Tally processor = meters.meters().get(0).tally();
    double half = (7.4 + 35) / 2;
    assertThat(processor.whole().joules()).isCloseTo(100 * half, within(1e-6));
    assertThat(processor.own().joules()).isCloseTo(20 * half, within(1e-6));
    assertThat(processor.ownIdle().joules()).isCloseTo(20 * 7.4, within(1e-6));
    assertThat(meters.meters().get(1).tally().own().joules())
        .isCloseTo(100 * 10 * 0.392, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"processors.csv", "processor_power.csv"})
  void everyRowHasASource(String file) throws IOException {
    Set<String> names = new HashSet<>();
    try (InputStreamReader text =
        new InputStreamReader(
            Objects.requireNonNull(ProcessorPower.class.getResourceAsStream(file)),
            StandardCharsets.UTF_8)) {
      for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text)) {
        String name = row.getField(0);
        assertThat(names.add(name)).as(name).isTrue();
        assertThat(row.getField("source")).as(name).isNotBlank();
        if (file.equals("processors.csv")) {
          assertThat(Processor.normal(name)).isEqualTo(name);
        }
      }
    }
    assertThat(names).isNotEmpty();
  }
}
