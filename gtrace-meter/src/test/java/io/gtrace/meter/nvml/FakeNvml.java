package io.gtrace.meter.nvml;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.gtrace.meter.nvml.Nvml.GpuProcess;
import io.gtrace.meter.nvml.Nvml.Utilisation;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A library with the functions of NVML, called as the real one is: by address, with arguments as C
 * has them.
 */
@SuppressWarnings("restricted")
final class FakeNvml {
  final List<Gpu> gpus = new ArrayList<>();

  /** Functions that this driver does not have. */
  final Set<String> absent = new HashSet<>();

  int failsToBegin = Nvml.SUCCESS;
  boolean ended;

  /** What a GPU tells. */
  static final class Gpu {
    final String name;
    final String uuid;
    long millijoules;
    int milliwatts;
    boolean hasCounter = true;
    boolean divided;
    List<GpuProcess> processes = List.of();
    List<Utilisation> utilisation = List.of();

    Gpu(String name, String uuid) {
      this.name = name;
      this.uuid = uuid;
    }
  }

  Gpu gpu(String name) {
    Gpu gpu = new Gpu(name, "GPU-" + gpus.size() + "f00");
    gpus.add(gpu);
    return gpu;
  }

  Nvml open() throws NvmlException {
    Arena arena = Arena.ofAuto();
    return Nvml.open(name -> address(arena, name));
  }

  private Optional<MemorySegment> address(Arena arena, String function) {
    if (absent.contains(function)) {
      return Optional.empty();
    }
    return switch (function) {
      case "nvmlInit_v2" -> stub(arena, "init", JAVA_INT);
      case "nvmlShutdown" -> stub(arena, "shutdown", JAVA_INT);
      case "nvmlErrorString" -> stub(arena, "errorString", ADDRESS, JAVA_INT);
      case "nvmlDeviceGetCount_v2" -> stub(arena, "count", JAVA_INT, ADDRESS);
      case "nvmlDeviceGetHandleByIndex_v2" -> stub(arena, "handle", JAVA_INT, JAVA_INT, ADDRESS);
      case "nvmlDeviceGetName" -> stub(arena, "name", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
      case "nvmlDeviceGetUUID" -> stub(arena, "uuid", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
      case "nvmlDeviceGetTotalEnergyConsumption" ->
          stub(arena, "energy", JAVA_INT, ADDRESS, ADDRESS);
      case "nvmlDeviceGetPowerUsage" -> stub(arena, "power", JAVA_INT, ADDRESS, ADDRESS);
      case "nvmlDeviceGetMigMode" -> stub(arena, "mig", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
      case "nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2" ->
          stub(arena, "processes", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
      case "nvmlDeviceGetProcessUtilization" ->
          stub(arena, "utilisation", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
      default -> Optional.empty();
    };
  }

  private Optional<MemorySegment> stub(
      Arena arena, String method, MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor signature = FunctionDescriptor.of(result, arguments);
    MethodType type = signature.toMethodType();
    try {
      MethodHandle handle = MethodHandles.lookup().bind(this, method, type);
      return Optional.of(Linker.nativeLinker().upcallStub(handle, signature, arena));
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private Gpu of(MemorySegment handle) {
    return gpus.get((int) handle.address() - 1);
  }

  private static MemorySegment at(MemorySegment pointer, long bytes) {
    return pointer.reinterpret(bytes);
  }

  int init() {
    return failsToBegin;
  }

  int shutdown() {
    ended = true;
    return Nvml.SUCCESS;
  }

  MemorySegment errorString(int code) {
    return Arena.global().allocateFrom("reason " + code);
  }

  int count(MemorySegment count) {
    at(count, 4).set(JAVA_INT, 0, gpus.size());
    return Nvml.SUCCESS;
  }

  int handle(int index, MemorySegment handle) {
    at(handle, 8).set(ADDRESS, 0, MemorySegment.ofAddress(index + 1));
    return Nvml.SUCCESS;
  }

  int name(MemorySegment device, MemorySegment buffer, int length) {
    at(buffer, length).setString(0, of(device).name);
    return Nvml.SUCCESS;
  }

  int uuid(MemorySegment device, MemorySegment buffer, int length) {
    at(buffer, length).setString(0, of(device).uuid);
    return Nvml.SUCCESS;
  }

  int energy(MemorySegment device, MemorySegment millijoules) {
    if (!of(device).hasCounter) {
      return Nvml.NOT_SUPPORTED;
    }
    at(millijoules, 8).set(JAVA_LONG, 0, of(device).millijoules);
    return Nvml.SUCCESS;
  }

  int power(MemorySegment device, MemorySegment milliwatts) {
    at(milliwatts, 4).set(JAVA_INT, 0, of(device).milliwatts);
    return Nvml.SUCCESS;
  }

  int mig(MemorySegment device, MemorySegment current, MemorySegment pending) {
    at(current, 4).set(JAVA_INT, 0, of(device).divided ? 1 : 0);
    at(pending, 4).set(JAVA_INT, 0, 0);
    return Nvml.SUCCESS;
  }

  int processes(MemorySegment device, MemorySegment count, MemorySegment infos) {
    List<GpuProcess> processes = of(device).processes;
    MemorySegment structures = at(infos, 24L * processes.size());
    for (int i = 0; i < processes.size(); i++) {
      structures.set(JAVA_INT, 24L * i, (int) processes.get(i).pid());
      structures.set(JAVA_LONG, 24L * i + 8, processes.get(i).memoryBytes());
    }
    at(count, 4).set(JAVA_INT, 0, processes.size());
    return Nvml.SUCCESS;
  }

  int utilisation(
      MemorySegment device, MemorySegment samples, MemorySegment count, long sinceMicros) {
    List<Utilisation> told =
        of(device).utilisation.stream().filter(each -> each.micros() > sinceMicros).toList();
    if (told.isEmpty()) {
      return Nvml.NOT_FOUND;
    }
    MemorySegment structures = at(samples, 32L * told.size());
    for (int i = 0; i < told.size(); i++) {
      structures.set(JAVA_INT, 32L * i, (int) told.get(i).pid());
      structures.set(JAVA_LONG, 32L * i + 8, told.get(i).micros());
      structures.set(JAVA_INT, 32L * i + 16, told.get(i).percent());
    }
    at(count, 4).set(JAVA_INT, 0, told.size());
    return Nvml.SUCCESS;
  }
}
