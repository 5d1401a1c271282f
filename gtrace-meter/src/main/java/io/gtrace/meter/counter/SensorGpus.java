package io.gtrace.meter.counter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Graphics cards of AMD and Intel, as Linux shows their sensors: a counter of energy where the
 * driver has one, else power.
 *
 * <p>Source: Linux kernel documentation, hwmon/sysfs-interface.rst ({@code energy1_input} in
 * microjoules, {@code power1_average} and {@code power1_input} in microwatts) and
 * gpu/amdgpu/thermal.rst.
 *
 * @param meters those that can be read
 * @param notes what was left out, and why
 */
public record SensorGpus(List<EnergyMeter> meters, List<String> notes) {
  private static final Map<String, String> VENDORS = Map.of("0x1002", "AMD", "0x8086", "Intel");

  /** A power limit of the whole of a processor with graphics built in. */
  private static final Set<String> OF_WHOLE_PROCESSOR = Set.of("slowppt", "fastppt");

  public SensorGpus {
    meters = List.copyOf(meters);
    notes = List.copyOf(notes);
  }

  /**
   * Looks for cards below the root of a file system.
   *
   * @param environment tells which cards of AMD the command may see: {@code ROCR_VISIBLE_DEVICES},
   *     {@code HIP_VISIBLE_DEVICES}
   */
  public static SensorGpus find(Path root, Map<String, String> environment) {
    List<EnergyMeter> meters = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Optional<Set<String>> visible = visible(environment);
    int amd = 0;
    for (Path card : SysFile.in(root.resolve("sys/class/drm"))) {
      if (!String.valueOf(card.getFileName()).matches("card\\d+")) {
        continue;
      }
      Path device = card.resolve("device");
      String vendor = VENDORS.getOrDefault(SysFile.text(device.resolve("vendor")).orElse(""), "");
      if (vendor.isEmpty()) {
        continue;
      }
      String index = vendor.equals("AMD") ? Integer.toString(amd++) : "";
      String name = name(vendor, card, device);
      if (!index.isEmpty() && visible.isPresent() && !visible.get().contains(index)) {
        notes.add(name + ": not counted, as the command may not see it");
      } else {
        meter(name, device).ifPresent(meters::add);
      }
    }
    return new SensorGpus(meters, notes);
  }

  private static Optional<Set<String>> visible(Map<String, String> environment) {
    return Stream.of("ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES")
        .map(environment::get)
        .filter(list -> list != null)
        .findFirst()
        .map(list -> Stream.of(list.split(",", -1)).map(String::strip).collect(Collectors.toSet()));
  }

  private static String name(String vendor, Path card, Path device) {
    String product = SysFile.text(device.resolve("product_name")).orElse("");
    return "GPU " + card.getFileName() + ": " + vendor + (product.isEmpty() ? "" : " " + product);
  }

  private static Optional<EnergyMeter> meter(String name, Path device) {
    for (Path sensors : SysFile.in(device.resolve("hwmon"))) {
      String label = SysFile.text(sensors.resolve("power1_label")).orElse("");
      if (OF_WHOLE_PROCESSOR.contains(label.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      Path counter = sensors.resolve("energy1_input");
      if (SysFile.number(counter).isPresent()) {
        return Optional.of(new Sensor(name, counter, Basis.COUNTER));
      }
      for (String power : List.of("power1_average", "power1_input")) {
        Path file = sensors.resolve(power);
        if (Files.exists(file) && SysFile.number(file).isPresent()) {
          return Optional.of(new Sensor(name, file, Basis.INTEGRATED_POWER));
        }
      }
    }
    return Optional.empty();
  }

  /** A sensor in microjoules or microwatts that is a file. */
  private static final class Sensor implements EnergyMeter {
    private final String name;
    private final Path file;
    private final Basis basis;
    private final CounterReadings counter;
    private final PowerReadings powers;
    private Tally tally = Tally.NONE;

    Sensor(String name, Path file, Basis basis) {
      this.name = name;
      this.file = file;
      this.basis = basis;
      counter = new CounterReadings(name, 1e-6, 0);
      powers = new PowerReadings(name);
    }

    @Override
    public Component component() {
      return Component.GPU;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Basis basis() {
      return basis;
    }

    @Override
    public void read(long nanos, MachineUse use) {
      OptionalLong value = SysFile.number(file);
      Energy step =
          basis == Basis.COUNTER ? counter.add(nanos, value) : powers.add(nanos, power(value));
      tally = tally.plus(step, Energy.NONE, 1);
    }

    private static Optional<Power> power(OptionalLong microwatts) {
      return microwatts.isPresent() && microwatts.getAsLong() >= 0
          ? Optional.of(new Power(microwatts.getAsLong() / 1e6))
          : Optional.empty();
    }

    @Override
    public Tally tally() {
      return tally;
    }

    @Override
    public List<String> notes() {
      List<String> notes = new ArrayList<>(counter.notes());
      notes.addAll(powers.notes());
      notes.add(name + ": counted whole, as its driver does not tell which processes use it");
      return notes;
    }
  }
}
