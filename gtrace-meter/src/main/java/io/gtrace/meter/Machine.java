package io.gtrace.meter;

import io.gtrace.meter.counter.EnergyMeter;
import io.gtrace.meter.counter.Meters;
import io.gtrace.meter.counter.PowerMetrics;
import io.gtrace.meter.load.Counted;
import io.gtrace.meter.load.LinuxLoad;
import io.gtrace.meter.load.MachineLoad;
import io.gtrace.meter.load.MeasuredProcesses;
import io.gtrace.meter.load.PortableLoad;
import io.gtrace.meter.nvml.NvidiaGpus;
import io.gtrace.meter.nvml.Nvml;
import io.gtrace.meter.nvml.NvmlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tells the energy of a machine, and how busy it is.
 *
 * @param processor its processors, for people
 * @param meters what is read, each part once
 * @param load how busy it is
 * @param parts counters that are not added as they are of parts of others
 * @param notes what was left out or does not work, and why
 * @param permission the command that lets counters be read which are there and may not be; empty if
 *     there are none
 * @param endings let go of what reading needs
 */
public record Machine(
    String processor,
    List<EnergyMeter> meters,
    MachineLoad load,
    List<String> parts,
    List<String> notes,
    Optional<String> permission,
    List<Runnable> endings)
    implements AutoCloseable {
  private static final long POWERMETRICS_MILLIS = 500;

  public Machine {
    meters = List.copyOf(meters);
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
    endings = List.copyOf(endings);
  }

  /**
   * What is looked at.
   *
   * @param root of the file system in which Linux tells of its hardware
   * @param environment of the command: which GPUs it may see
   * @param self this process
   * @param measured whose part of the machine is asked for
   * @param logicalProcessors as Java counts them, where the machine does not tell
   * @param counted what counts as the command's own
   */
  public record View(
      Path root,
      Map<String, String> environment,
      long self,
      MeasuredProcesses measured,
      int logicalProcessors,
      Counted counted) {
    public View {
      environment = Map.copyOf(environment);
    }

    /** This machine, as this process sees it, for commands that this process starts. */
    public static View here(Counted counted) {
      long self = ProcessHandle.current().pid();
      return here(System.getenv(), MeasuredProcesses.startedBy(self), counted);
    }

    /**
     * This machine, for a process that runs already. Which GPUs it may see is told only to its user
     * and to root; to others it is as if it might see all.
     */
    public static View ofProcess(long pid, Counted counted) {
      return here(environmentOf(pid), MeasuredProcesses.running(pid), counted);
    }

    private static Map<String, String> environmentOf(long pid) {
      Map<String, String> environment = new HashMap<>();
      try {
        String told =
            Files.readString(
                Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
        for (String entry : told.split("\0", -1)) {
          int equals = entry.indexOf('=');
          if (equals > 0) {
            environment.put(entry.substring(0, equals), entry.substring(equals + 1));
          }
        }
      } catch (IOException notTold) {
        return Map.of();
      }
      return environment;
    }

    private static View here(
        Map<String, String> environment, MeasuredProcesses measured, Counted counted) {
      return new View(
          Path.of("/"),
          environment,
          ProcessHandle.current().pid(),
          measured,
          Runtime.getRuntime().availableProcessors(),
          counted);
    }
  }

  /**
   * Finds what can be read on this machine.
   *
   * @throws IllegalArgumentException if what shall be counted is not told here
   */
  public static Machine find(View view) {
    if (!LinuxLoad.isTold(view.root()) && Files.isExecutable(Path.of(PowerMetrics.PROGRAM))) {
      return apple(view);
    }
    try {
      Optional<Nvml> nvml = Nvml.load();
      return find(view, nvml, noteOfDriver(view.root(), nvml.isPresent()));
    } catch (NvmlException failed) {
      return find(
          view, Optional.empty(), List.of("NVIDIA GPUs cannot be read: " + failed.getMessage()));
    }
  }

  private static List<String> noteOfDriver(Path root, boolean loaded) {
    return !loaded && Files.exists(root.resolve("proc/driver/nvidia"))
        ? List.of(
            "this machine has an NVIDIA driver, but its library libnvidia-ml.so.1 is not found:"
                + " GPUs are not in the figure (in a container, add the utility capability:"
                + " NVIDIA_DRIVER_CAPABILITIES=compute,utility)")
        : List.of();
  }

  static Machine find(View view, Optional<Nvml> nvml, List<String> notesOfGpus) {
    Meters found = Meters.find(view.root(), view.environment(), view.logicalProcessors());
    List<EnergyMeter> meters = new ArrayList<>(found.meters());
    List<String> notes = new ArrayList<>(found.notes());
    notes.addAll(notesOfGpus);
    if (nvml.isPresent()) {
      boolean blind = LinuxLoad.isContained(view.root());
      NvidiaGpus gpus = NvidiaGpus.find(nvml.get(), view.environment(), blind);
      meters.addAll(gpus.meters());
      notes.addAll(gpus.notes());
    }
    MachineLoad load =
        LinuxLoad.isTold(view.root())
            ? new LinuxLoad(
                view.root(),
                view.self(),
                view.measured(),
                found.processor().logicalProcessors(),
                view.counted())
            : new PortableLoad(view.measured(), view.logicalProcessors(), view.counted());
    return new Machine(
        found.processor().name(),
        meters,
        load,
        found.parts(),
        notes,
        found.permission(),
        nvml.map(library -> List.<Runnable>of(library::close)).orElse(List.of()));
  }

  private static Machine apple(View view) {
    MachineLoad load = new PortableLoad(view.measured(), view.logicalProcessors(), view.counted());
    if ("root".equals(System.getProperty("user.name"))) {
      try {
        PowerMetrics told = PowerMetrics.start(PowerMetrics.PROGRAM, POWERMETRICS_MILLIS);
        return new Machine(
            "Apple",
            told.meters(),
            load,
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(told::close));
      } catch (IOException failed) {
        return modelled(
            view, load, List.of("powermetrics cannot be started: " + failed.getMessage()));
      }
    }
    return modelled(
        view,
        load,
        List.of("powermetrics tells the energy here and must run as root: sudo gtrace meter ..."));
  }

  private static Machine modelled(View view, MachineLoad load, List<String> notes) {
    Meters found = Meters.find(view.root(), view.environment(), view.logicalProcessors());
    return new Machine(
        found.processor().name(),
        found.meters(),
        load,
        List.of(),
        notes,
        Optional.empty(),
        List.of());
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
  }
}
