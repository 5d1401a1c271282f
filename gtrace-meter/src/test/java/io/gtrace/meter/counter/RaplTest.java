package io.gtrace.meter.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaplTest {
  private static final long SECOND = 1_000_000_000;
  private static final MachineUse HALF = new MachineUse(0.5, 0.5, 1e9, 0.25, Set.of(), false);
  private static final MachineUse ALL = new MachineUse(0.5, 0.5, 1e9, 0.25, Set.of(), true);

  @TempDir private Path root;

  private Path zone(String zone, String name, String microjoules) throws IOException {
    Path folder = Files.createDirectories(root.resolve("sys/class/powercap").resolve(zone));
    Files.writeString(folder.resolve("name"), name + "\n");
    Files.writeString(folder.resolve("max_energy_range_uj"), "262143328850\n");
    return set(folder, microjoules);
  }

  private static Path set(Path zone, String microjoules) throws IOException {
    Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
    return zone;
  }

  private Rapl find() {
    return Rapl.find(root, new Power(10));
  }

  private static void read(Rapl rapl, long seconds, MachineUse use) {
    rapl.meters().forEach(meter -> meter.read(seconds * SECOND, use));
  }

  @Test
  void packagesAndMemoryOfAllSocketsCountOnce() throws IOException {
    zone("intel-rapl:0", "package-0", "1");
    zone("intel-rapl:0/intel-rapl:0:0", "core", "1");
    zone("intel-rapl:0/intel-rapl:0:1", "dram", "1");
    zone("intel-rapl:1", "package-1", "1");
    zone("intel-rapl:1/intel-rapl:1:0", "uncore", "1");
    zone("intel-rapl:2", "psys", "1");
    zone("intel-rapl-mmio:0", "package-0", "1");
    // Linux shows each part a second time beside the packages.
    zone("intel-rapl:0:1", "dram", "1");
    Rapl rapl = find();
    assertThat(rapl.meters())
        .extracting(EnergyMeter::name)
        .containsExactly("package-0", "dram of package-0", "package-1");
    assertThat(rapl.listed()).anyMatch(note -> note.startsWith("psys"));
    assertThat(rapl.permission()).isEmpty();
  }

  @Test
  void energyIsTheDifferenceOfCountersAndTheShareIsOfThat() throws IOException {
    Path zone = zone("intel-rapl:0", "package-0", "1000000");
    Path memory = zone("intel-rapl:0/intel-rapl:0:0", "dram", "0");
    Rapl rapl = find();
    read(rapl, 0, HALF);
    set(zone, "31000000");
    set(memory, "4000000");
    read(rapl, 1, HALF);
    set(zone, "131000000");
    read(rapl, 2, ALL);
    Tally tally = rapl.meters().get(0).tally();
    assertThat(tally.whole().joules()).isCloseTo(130, within(1e-9));
    assertThat(tally.own().joules()).isCloseTo(0.5 * 30 + 100, within(1e-9));
    assertThat(tally.ownIdle().joules()).isCloseTo(0.5 * 10 + 10, within(1e-9));
    assertThat(rapl.meters().get(1).tally().own().joules()).isCloseTo(1, within(1e-9));
  }

  @Test
  void aCounterThatIsFullBeginsAnew() throws IOException {
    Path zone = zone("intel-rapl:0", "package-0", "262143000000");
    Rapl rapl = find();
    read(rapl, 0, ALL);
    set(zone, "99671150");
    read(rapl, 1, ALL);
    assertThat(rapl.meters().get(0).tally().own().joules()).isCloseTo(100, within(1e-6));
    assertThat(rapl.meters().get(0).notes()).isEmpty();
  }

  @Test
  void aCounterThatWasSetBackIsToldOfAndLeftOut() throws IOException {
    Path zone = zone("intel-rapl:0", "package-0", "90000000000");
    Rapl rapl = find();
    read(rapl, 0, ALL);
    set(zone, "5000000");
    read(rapl, 1, ALL);
    set(zone, "55000000");
    read(rapl, 2, ALL);
    set(zone, "garbage");
    read(rapl, 3, ALL);
    set(zone, "105000000");
    read(rapl, 4, ALL);
    EnergyMeter meter = rapl.meters().get(0);
    assertThat(meter.tally().own().joules()).isCloseTo(100, within(1e-9));
    assertThat(meter.notes())
        .anyMatch(note -> note.contains("jumped") && note.contains("once"))
        .anyMatch(note -> note.contains("no number once"));
  }

  @Test
  void whatMayNotBeReadHasOneCommandThatHelps() throws IOException {
    zone("intel-rapl:0", "package-0", "1");
    Path zone = zone("intel-rapl:1", "package-1", "1");
    // Nothing can be read from a folder, whoever asks.
    Files.delete(zone.resolve("energy_uj"));
    Path counter = Files.createDirectory(zone.resolve("energy_uj"));
    Meters meters = Meters.find(root, Map.of(), 4);
    assertThat(meters.permission()).contains("sudo chmod a+r " + counter.toRealPath());
    assertThat(meters.meters())
        .extracting(EnergyMeter::basis)
        .containsExactly(Basis.MODEL, Basis.MODEL);
  }

  @Test
  void aMachineWithoutCountersHasNone() {
    assertThat(find()).isEqualTo(new Rapl(List.of(), List.of(), List.of()));
  }
}
