package io.gtrace.meter.nvml;

import io.gtrace.meter.counter.Basis;
import io.gtrace.meter.counter.Component;
import io.gtrace.meter.counter.CounterReadings;
import io.gtrace.meter.counter.Energy;
import io.gtrace.meter.counter.EnergyMeter;
import io.gtrace.meter.counter.MachineUse;
import io.gtrace.meter.counter.Power;
import io.gtrace.meter.counter.PowerReadings;
import io.gtrace.meter.counter.Tally;
import io.gtrace.meter.nvml.Nvml.GpuProcess;
import io.gtrace.meter.nvml.Nvml.Utilisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One GPU of NVIDIA: its counter of energy, or, where it has none, its power integrated. */
final class GpuMeter implements EnergyMeter {
  private final Nvml nvml;
  private final Nvml.Device device;
  private final String name;
  private final boolean held;
  private final boolean blind;
  private final boolean divided;
  private final Basis basis;
  private final CounterReadings counter;
  private final PowerReadings powers;

  private Tally tally = Tally.NONE;
  private long sinceMicros;
  private boolean used;
  private boolean sharedByMemory;
  private boolean processesUnknown;

  /**
   * @param held whether it is the command's whether it computes or not
   * @param blind whether processes go by other numbers here than the driver knows them by
   * @throws NvmlException if neither its energy nor its power can be read
   */
  GpuMeter(Nvml nvml, Nvml.Device device, String name, boolean held, boolean blind)
      throws NvmlException {
    this.nvml = nvml;
    this.device = device;
    this.name = name;
    this.held = held;
    this.blind = blind;
    divided = nvml.isDivided(device);
    basis = basisOf(nvml, device);
    counter = new CounterReadings(name, 1e-3, 0);
    powers = new PowerReadings(name);
  }

  private static Basis basisOf(Nvml nvml, Nvml.Device device) throws NvmlException {
    try {
      nvml.totalEnergyMillijoules(device);
      return Basis.COUNTER;
    } catch (NvmlException noCounter) {
      nvml.powerMilliwatts(device);
      return Basis.INTEGRATED_POWER;
    }
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
    Energy step =
        basis == Basis.COUNTER ? counter.add(nanos, millijoules()) : powers.add(nanos, power());
    GpuShare share = share(use);
    used |= share.used();
    sharedByMemory |= share.byMemory();
    tally = tally.plus(step, Energy.NONE, use.whole() ? 1 : share.share());
  }

  private OptionalLong millijoules() {
    try {
      return OptionalLong.of(nvml.totalEnergyMillijoules(device));
    } catch (NvmlException unreadable) {
      return OptionalLong.empty();
    }
  }

  private Optional<Power> power() {
    try {
      return Optional.of(new Power(nvml.powerMilliwatts(device) / 1e3));
    } catch (NvmlException unreadable) {
      return Optional.empty();
    }
  }

  private GpuShare share(MachineUse use) {
    List<GpuProcess> processes;
    try {
      processes = nvml.processes(device);
    } catch (NvmlException unknown) {
      processesUnknown = true;
      return new GpuShare(1, false, false);
    }
    return GpuShare.of(held, blind, processes, utilisation(), use.ownProcesses());
  }

  private List<Utilisation> utilisation() {
    try {
      List<Utilisation> samples = nvml.utilisation(device, sinceMicros);
      long last = samples.stream().mapToLong(Utilisation::micros).max().orElse(sinceMicros);
      // What the driver remembers of the time before the command is of others.
      boolean first = sinceMicros == 0;
      sinceMicros = Math.max(sinceMicros, last);
      return first ? List.of() : samples;
    } catch (NvmlException notTold) {
      return List.of();
    }
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(counter.notes());
    notes.addAll(powers.notes());
    if (divided) {
      notes.add(
          name
              + ": is divided into instances (MIG); its counter is that of the whole board, of which"
              + " the command's part is told by its processes");
    }
    if (processesUnknown) {
      notes.add(name + ": counted whole, as the driver does not tell which processes use it");
    } else if (blind) {
      notes.add(
          name
              + ": counted whole, as it was handed to this container, where its processes cannot be"
              + " told apart");
    } else if (sharedByMemory) {
      notes.add(
          name + ": shared with others by the memory that each held, as nothing better is told");
    } else if (!used && !held) {
      notes.add(name + ": not counted where no process of the command was seen to compute on it");
    }
    return notes;
  }
}
