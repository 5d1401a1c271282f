package io.gtrace.meter.counter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel tells of the energy of processors, memory and graphics cards, completed by models
 * where it does not tell.
 *
 * @param processor the processors
 * @param meters what is read, each part once
 * @param parts counters that are not added as they are of parts of others
 * @param notes what was left out, and why
 * @param permission the command that lets counters be read which are there and may not be
 */
public record Meters(
    Processor processor,
    List<EnergyMeter> meters,
    List<String> parts,
    List<String> notes,
    Optional<String> permission) {
  public Meters {
    parts = List.copyOf(parts);
    meters = List.copyOf(meters);
    notes = List.copyOf(notes);
  }

  /**
   * Looks below the root of a file system.
   *
   * @param environment of the command: which cards it may see
   * @param availableProcessors as Java counts them, where the machine does not tell
   */
  public static Meters find(Path root, Map<String, String> environment, int availableProcessors) {
    Processor processor = Processor.ofLinux(root, availableProcessors);
    ProcessorPower power = ProcessorPower.of(processor);
    Rapl rapl = Rapl.find(root, new Power(power.idle().watts() / processor.packages()));
    SensorGpus cards = SensorGpus.find(root, environment);
    // Some sockets alone would pass for all of the machine.
    List<EnergyMeter> meters =
        new ArrayList<>(rapl.unreadable().isEmpty() ? rapl.meters() : List.of());
    if (isWithout(meters, Component.PROCESSOR)) {
      meters.add(new ModelledProcessor(power));
    }
    if (isWithout(meters, Component.MEMORY)) {
      meters.add(new ModelledMemory());
    }
    meters.addAll(cards.meters());
    return new Meters(processor, meters, rapl.listed(), cards.notes(), rapl.permission());
  }

  private static boolean isWithout(List<EnergyMeter> meters, Component component) {
    return meters.stream().noneMatch(meter -> meter.component() == component);
  }
}
