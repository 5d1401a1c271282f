package io.gtrace.meter.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorGpusTest {
  private static final long SECOND = 1_000_000_000;
  private static final MachineUse USE = new MachineUse(0.5, 0.1, 1e9, 0.1, Set.of(), false);

  @TempDir private Path root;

  private Path card(int number, String vendor, String sensor, String value) throws IOException {
    Path device = root.resolve("sys/class/drm/card" + number + "/device");
    Path sensors = Files.createDirectories(device.resolve("hwmon/hwmon" + number));
    Files.writeString(device.resolve("vendor"), vendor + "\n");
    Path file = sensors.resolve(sensor);
    Files.writeString(file, value + "\n");
    return file;
  }

  private static void read(SensorGpus cards, long seconds) {
    cards.meters().forEach(meter -> meter.read(seconds * SECOND, USE));
  }

  @Test
  void powerIsIntegratedAndACounterIsNot() throws IOException {
    Path power = card(0, "0x1002", "power1_average", "100000000");
    Path counter = card(1, "0x8086", "energy1_input", "5000000");
    SensorGpus cards = SensorGpus.find(root, Map.of());
    assertThat(cards.meters())
        .extracting(EnergyMeter::basis)
        .containsExactly(Basis.INTEGRATED_POWER, Basis.COUNTER);
    read(cards, 0);
    Files.writeString(power, "200000000");
    Files.writeString(counter, "65000000");
    read(cards, 2);
    Files.writeString(power, "nothing");
    read(cards, 3);
    assertThat(cards.meters().get(0).tally().own().joules()).isCloseTo(300 + 200, within(1e-9));
    assertThat(cards.meters().get(0).notes()).anyMatch(note -> note.contains("1 readings"));
    assertThat(cards.meters().get(1).tally().own().joules()).isCloseTo(60, within(1e-9));
  }

  @Test
  void cardsThatTheCommandMayNotSeeAreLeftOut() throws IOException {
    card(0, "0x1002", "power1_average", "100000000");
    card(1, "0x1002", "power1_average", "100000000");
    SensorGpus cards = SensorGpus.find(root, Map.of("HIP_VISIBLE_DEVICES", "1"));
    assertThat(cards.meters()).extracting(EnergyMeter::name).containsExactly("GPU card1: AMD");
    assertThat(cards.notes()).anyMatch(note -> note.startsWith("GPU card0"));
  }

  @Test
  void thePowerOfAWholeProcessorIsNotThatOfItsGraphics() throws IOException {
    Path power = card(0, "0x1002", "power1_average", "15000000");
    Files.writeString(power.resolveSibling("power1_label"), "slowPPT\n");
    assertThat(SensorGpus.find(root, Map.of()).meters()).isEmpty();
  }
}
