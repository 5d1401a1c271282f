package io.gtrace.meter.counter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Energy counters of processors of Intel and AMD (running average power limit), as Linux shows them
 * under {@code /sys/class/powercap}: of each processor package, and of the memory beside it where
 * there is a counter of it. Cores and built-in graphics are parts of a package, and the platform
 * ({@code psys}) holds packages; neither is added.
 *
 * <p>Source: Linux kernel documentation, power/powercap/powercap.rst.
 *
 * @param meters those that can be read
 * @param unreadable counters that are there and may not be read
 * @param listed zones that are there and not added, with the reason
 */
public record Rapl(List<EnergyMeter> meters, List<Path> unreadable, List<String> listed) {
  private static final String MEMORY = "dram";
  private static final String PLATFORM = "psys";

  public Rapl {
    meters = List.copyOf(meters);
    unreadable = List.copyOf(unreadable);
    listed = List.copyOf(listed);
  }

  /**
   * Looks for counters below the root of a file system.
   *
   * @param idleOfPackage what a processor package draws when nothing runs, as far as that is known
   */
  public static Rapl find(Path root, Power idleOfPackage) {
    return new Search(idleOfPackage).in(root.resolve("sys/class/powercap"));
  }

  /**
   * The one command that lets everybody on the machine read the counters until it starts anew;
   * empty if all that are there can be read.
   */
  public Optional<String> permission() {
    return unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            unreadable.stream()
                .map(Path::toString)
                .collect(Collectors.joining(" ", "sudo chmod a+r ", "")));
  }

  private static final class Search {
    private final List<EnergyMeter> meters = new ArrayList<>();
    private final List<Path> unreadable = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Power idleOfPackage;

    Search(Power idleOfPackage) {
      this.idleOfPackage = idleOfPackage;
    }

    Rapl in(Path powercap) {
      List<Path> zones = new ArrayList<>();
      for (Path zone : SysFile.in(powercap)) {
        if (isZone(zone)) {
          zones.add(zone);
        }
      }
      // The same package is shown a second time by way of its memory-mapped registers.
      zones.sort((one, other) -> Boolean.compare(isMapped(one), isMapped(other)));
      zones.forEach(this::packageZone);
      return new Rapl(meters, unreadable, listed);
    }

    private static boolean isZone(Path zone) {
      return String.valueOf(zone.getFileName()).matches("intel-rapl(-mmio)?:\\d+");
    }

    private static boolean isMapped(Path zone) {
      return String.valueOf(zone.getFileName()).startsWith("intel-rapl-mmio");
    }

    private void packageZone(Path zone) {
      String name = SysFile.text(zone.resolve("name")).orElse("");
      if (name.equals(PLATFORM)) {
        listed.add("psys: the whole platform, which holds the packages");
        return;
      }
      if (!seen.add(name)) {
        listed.add(name + " (" + zone.getFileName() + "): the same counter a second time");
        return;
      }
      add(zone, name, Component.PROCESSOR);
      for (Path part : SysFile.in(zone)) {
        if (!String.valueOf(part.getFileName()).matches("intel-rapl(-mmio)?:\\d+:\\d+")) {
          continue;
        }
        String partName = SysFile.text(part.resolve("name")).orElse("");
        if (partName.equals(MEMORY)) {
          add(part, MEMORY + " of " + name, Component.MEMORY);
        } else {
          listed.add(partName + " of " + name + ": a part of it");
        }
      }
    }

    private void add(Path zone, String name, Component component) {
      Path counter = zone.resolve("energy_uj");
      if (!Files.exists(counter)) {
        listed.add(name + ": has no counter");
      } else if (SysFile.text(counter).isEmpty()) {
        unreadable.add(real(counter));
      } else {
        long range = SysFile.number(zone.resolve("max_energy_range_uj")).orElse(0);
        Power idle = component == Component.PROCESSOR ? idleOfPackage : Power.NONE;
        meters.add(new CounterFile(name, component, counter, range, idle));
      }
    }

    private static Path real(Path file) {
      try {
        return file.toRealPath();
      } catch (IOException unknown) {
        return file;
      }
    }
  }

  /** A counter in microjoules that is a file. */
  private static final class CounterFile implements EnergyMeter {
    private final String name;
    private final Component component;
    private final Path file;
    private final CounterReadings readings;
    private final Power idle;
    private final Elapsed elapsed = new Elapsed();
    private Tally tally = Tally.NONE;

    CounterFile(String name, Component component, Path file, long range, Power idle) {
      this.name = name;
      this.component = component;
      this.file = file;
      this.idle = idle;
      readings = new CounterReadings(name, 1e-6, range);
    }

    @Override
    public Component component() {
      return component;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Basis basis() {
      return Basis.COUNTER;
    }

    @Override
    public void read(long nanos, MachineUse use) {
      Energy step = readings.add(nanos, SysFile.number(file));
      double share = component == Component.MEMORY ? use.ownOfMemory() : use.ownOfBusy();
      double seconds = elapsed.secondsTo(nanos);
      tally = tally.plus(step, idle.during(seconds), use.whole() ? 1 : share);
    }

    @Override
    public Tally tally() {
      return tally;
    }

    @Override
    public List<String> notes() {
      return readings.notes();
    }
  }
}
