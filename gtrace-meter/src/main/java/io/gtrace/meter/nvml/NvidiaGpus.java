package io.gtrace.meter.nvml;

import io.gtrace.meter.counter.EnergyMeter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The GPUs of the NVIDIA driver that a command may use.
 *
 * @param meters those that can be read
 * @param notes what was left out, or does not work, and why
 */
public record NvidiaGpus(List<EnergyMeter> meters, List<String> notes) {
  /** Which GPUs programs of CUDA may see: indices or unique names, with commas between. */
  static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static final String ORDER = "CUDA_DEVICE_ORDER";

  public NvidiaGpus {
    meters = List.copyOf(meters);
    notes = List.copyOf(notes);
  }

  /**
   * Finds them.
   *
   * @param environment of the command
   * @param blind whether processes go by other numbers here than the driver knows them by, as in a
   *     container
   */
  public static NvidiaGpus find(Nvml nvml, Map<String, String> environment, boolean blind) {
    List<EnergyMeter> meters = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int count;
    try {
      count = nvml.count();
    } catch (NvmlException failed) {
      return new NvidiaGpus(
          List.of(), List.of("NVIDIA GPUs cannot be read: " + failed.getMessage()));
    }
    Optional<Set<String>> visible = visible(environment);
    Set<String> names = new HashSet<>();
    for (int index = 0; index < count; index++) {
      try {
        Nvml.Device device = nvml.device(index);
        String model = nvml.name(device);
        names.add(model);
        String name = "GPU " + index + ": " + model;
        if (visible.isPresent() && !sees(visible.get(), index, nvml.uuid(device))) {
          notes.add(name + ": not counted, as " + VISIBLE + " does not name it");
        } else {
          meters.add(new GpuMeter(nvml, device, name, blind || visible.isPresent(), blind));
        }
      } catch (NvmlException failed) {
        notes.add("GPU " + index + " cannot be read: " + failed.getMessage());
      }
    }
    visible.ifPresent(list -> noteOrder(list, names, environment, notes));
    return new NvidiaGpus(meters, notes);
  }

  /** Empty where the variable is not set: then all may be used. */
  private static Optional<Set<String>> visible(Map<String, String> environment) {
    String list = environment.get(VISIBLE);
    if (list == null) {
      return Optional.empty();
    }
    // As CUDA reads it: what follows an index that is none is not seen.
    return Optional.of(
        Stream.of(list.split(",", -1))
            .map(String::strip)
            .takeWhile(name -> !name.isEmpty() && !name.startsWith("-"))
            .collect(Collectors.toSet()));
  }

  private static boolean sees(Set<String> visible, int index, String uuid) {
    return visible.contains(Integer.toString(index))
        || visible.stream().anyMatch(name -> name.startsWith("GPU-") && uuid.startsWith(name))
        // An instance is named after itself, not after its GPU: no GPU is left out then.
        || visible.stream().anyMatch(name -> name.startsWith("MIG-"));
  }

  private static void noteOrder(
      Set<String> visible, Set<String> names, Map<String, String> environment, List<String> notes) {
    boolean byIndex = visible.stream().anyMatch(name -> name.matches("\\d+"));
    if (byIndex && names.size() > 1 && !"PCI_BUS_ID".equals(environment.get(ORDER))) {
      notes.add(
          VISIBLE
              + " counts GPUs from the fastest on, but they are read in the order of the bus: set "
              + ORDER
              + "=PCI_BUS_ID, or name them as nvidia-smi -L does, so that both mean the same");
    }
  }
}
