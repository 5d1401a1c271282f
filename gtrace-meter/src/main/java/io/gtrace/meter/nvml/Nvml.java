package io.gtrace.meter.nvml;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NVML, the library of the NVIDIA driver that tells of GPUs, called through the foreign function
 * API. Only what is needed of it; the signatures are those of {@code nvml.h}.
 *
 * <p>Source: NVML API reference, docs.nvidia.com/deploy/nvml-api.
 */
@SuppressWarnings("restricted")
public final class Nvml implements AutoCloseable {
  static final int SUCCESS = 0;
  static final int NOT_SUPPORTED = 3;
  static final int NOT_FOUND = 6;
  static final int INSUFFICIENT_SIZE = 7;
  static final int FUNCTION_NOT_FOUND = 13;

  private static final int NAME_BYTES = 96;
  private static final int MOST_PROCESSES = 1_024;

  /** {@code nvmlProcessInfo_t}: pid, padding, memory in bytes, and the MIG instances. */
  private static final long PROCESS_BYTES = 24;

  private static final long PROCESS_MEMORY_OFFSET = 8;

  /** {@code nvmlProcessUtilizationSample_t}: pid, padding, time, and four shares in per cent. */
  private static final long SAMPLE_BYTES = 32;

  private static final long SAMPLE_TIME_OFFSET = 8;
  private static final long SAMPLE_SM_OFFSET = 16;

  private final SymbolLookup library;
  private final Map<String, Optional<MethodHandle>> functions = new HashMap<>();

  private Nvml(SymbolLookup library) {
    this.library = library;
  }

  /**
   * A process that computes on a GPU.
   *
   * @param memoryBytes of the GPU that it holds; 0 where the driver does not tell
   */
  record GpuProcess(long pid, long memoryBytes) {}

  /**
   * How busy a process kept a GPU.
   *
   * @param micros the moment, in the clock of the driver
   * @param percent share of the time in which it computed
   */
  record Utilisation(long pid, long micros, int percent) {}

  /** A GPU of the driver. */
  record Device(MemorySegment handle) {}

  /**
   * Loads the library of the driver and begins to use it.
   *
   * @return empty where there is none, as on a machine without an NVIDIA driver
   * @throws NvmlException if there is one and it cannot begin; the message says why
   */
  public static Optional<Nvml> load() throws NvmlException {
    for (String name : List.of("libnvidia-ml.so.1", "libnvidia-ml.so", "nvml.dll")) {
      try {
        return Optional.of(open(SymbolLookup.libraryLookup(name, Arena.ofAuto())));
      } catch (IllegalArgumentException notThere) {
        // The next name, or none.
      }
    }
    return Optional.empty();
  }

  /** Begins to use a library. */
  static Nvml open(SymbolLookup library) throws NvmlException {
    Nvml nvml = new Nvml(library);
    nvml.require("nvmlInit_v2", nvml.call("nvmlInit_v2"));
    return nvml;
  }

  int count() throws NvmlException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment count = call.allocate(JAVA_INT);
      require("nvmlDeviceGetCount_v2", call("nvmlDeviceGetCount_v2", count));
      return count.get(JAVA_INT, 0);
    }
  }

  /** The GPU of an index, in the order of the PCI bus. */
  Device device(int index) throws NvmlException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment handle = call.allocate(ADDRESS);
      String function = "nvmlDeviceGetHandleByIndex_v2";
      FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
      int code =
          function(function, signature)
              .map(handleOf -> invoked(() -> (int) handleOf.invokeExact(index, handle)))
              .orElse(FUNCTION_NOT_FOUND);
      require(function, code);
      return new Device(handle.get(ADDRESS, 0));
    }
  }

  String name(Device device) throws NvmlException {
    return text("nvmlDeviceGetName", device);
  }

  /** Its unique name, as {@code GPU-5bf...}. */
  String uuid(Device device) throws NvmlException {
    return text("nvmlDeviceGetUUID", device);
  }

  private String text(String function, Device device) throws NvmlException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment buffer = call.allocate(NAME_BYTES);
      FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
      MemorySegment handle = device.handle();
      int code =
          function(function, signature)
              .map(textOf -> invoked(() -> (int) textOf.invokeExact(handle, buffer, NAME_BYTES)))
              .orElse(FUNCTION_NOT_FOUND);
      require(function, code);
      return buffer.getString(0);
    }
  }

  /**
   * Energy since the driver was loaded, mJ.
   *
   * @throws NvmlException if the GPU has no such counter (before Volta), or it cannot be read
   */
  long totalEnergyMillijoules(Device device) throws NvmlException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment millijoules = call.allocate(JAVA_LONG);
      String function = "nvmlDeviceGetTotalEnergyConsumption";
      require(function, call(function, device.handle(), millijoules));
      return millijoules.get(JAVA_LONG, 0);
    }
  }

  /** What the board draws, mW; on most boards the mean of the last second. */
  long powerMilliwatts(Device device) throws NvmlException {
    return whole("nvmlDeviceGetPowerUsage", device);
  }

  /** Whether the GPU is divided into instances (MIG). */
  boolean isDivided(Device device) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment current = call.allocate(JAVA_INT);
      MemorySegment pending = call.allocate(JAVA_INT);
      int code = call("nvmlDeviceGetMigMode", device.handle(), current, pending);
      return code == SUCCESS && current.get(JAVA_INT, 0) != 0;
    }
  }

  private long whole(String function, Device device) throws NvmlException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment value = call.allocate(JAVA_INT);
      require(function, call(function, device.handle(), value));
      return Integer.toUnsignedLong(value.get(JAVA_INT, 0));
    }
  }

  /** The processes that compute on a GPU now. */
  List<GpuProcess> processes(Device device) throws NvmlException {
    String function = "nvmlDeviceGetComputeRunningProcesses_v3";
    try (Arena call = Arena.ofConfined()) {
      MemorySegment count = call.allocate(JAVA_INT);
      count.set(JAVA_INT, 0, MOST_PROCESSES);
      MemorySegment infos =
          call.allocate(PROCESS_BYTES * MOST_PROCESSES, JAVA_LONG.byteAlignment());
      int code = call(function, device.handle(), count, infos);
      if (code == FUNCTION_NOT_FOUND) {
        // Drivers before 510; the same structure.
        function = "nvmlDeviceGetComputeRunningProcesses_v2";
        code = call(function, device.handle(), count, infos);
      }
      require(function, code);
      List<GpuProcess> processes = new ArrayList<>();
      for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
        long at = i * PROCESS_BYTES;
        long bytes = infos.get(JAVA_LONG, at + PROCESS_MEMORY_OFFSET);
        // All bits set where the driver does not tell.
        processes.add(new GpuProcess(pid(infos, at), Math.max(0, bytes)));
      }
      return processes;
    }
  }

  /**
   * How busy processes kept a GPU since a moment.
   *
   * @param sinceMicros in the clock of the driver; 0 for all that it remembers
   */
  List<Utilisation> utilisation(Device device, long sinceMicros) throws NvmlException {
    String function = "nvmlDeviceGetProcessUtilization";
    FunctionDescriptor signature =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment count = call.allocate(JAVA_INT);
      count.set(JAVA_INT, 0, MOST_PROCESSES);
      MemorySegment samples =
          call.allocate(SAMPLE_BYTES * MOST_PROCESSES, JAVA_LONG.byteAlignment());
      MemorySegment handle = device.handle();
      int code =
          function(function, signature)
              .map(of -> invoked(() -> (int) of.invokeExact(handle, samples, count, sinceMicros)))
              .orElse(FUNCTION_NOT_FOUND);
      if (code == NOT_FOUND) {
        return List.of();
      }
      require(function, code);
      List<Utilisation> all = new ArrayList<>();
      for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
        long at = i * SAMPLE_BYTES;
        all.add(
            new Utilisation(
                pid(samples, at),
                samples.get(JAVA_LONG, at + SAMPLE_TIME_OFFSET),
                samples.get(JAVA_INT, at + SAMPLE_SM_OFFSET)));
      }
      return all;
    }
  }

  private static long pid(MemorySegment structures, long at) {
    return Integer.toUnsignedLong(structures.get(JAVA_INT, at));
  }

  private int call(String function, MemorySegment... arguments) {
    FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT);
    for (int i = 0; i < arguments.length; i++) {
      signature = signature.appendArgumentLayouts(ADDRESS);
    }
    return function(function, signature)
        .map(handle -> invoked(() -> (int) handle.invokeWithArguments((Object[]) arguments)))
        .orElse(FUNCTION_NOT_FOUND);
  }

  private Optional<MethodHandle> function(String name, FunctionDescriptor signature) {
    return functions.computeIfAbsent(
        name,
        missing ->
            library
                .find(name)
                .map(address -> Linker.nativeLinker().downcallHandle(address, signature)));
  }

  @FunctionalInterface
  private interface NativeCall {
    int code() throws Throwable;
  }

  private static int invoked(NativeCall call) {
    try {
      return call.code();
    } catch (Throwable impossible) {
      // A function of C throws nothing; what comes here is a fault of ours or of the machine.
      throw new IllegalStateException("a function of NVML could not be called", impossible);
    }
  }

  private void require(String function, int code) throws NvmlException {
    if (code != SUCCESS) {
      throw new NvmlException(function, code, reason(code));
    }
  }

  private String reason(int code) {
    if (code == FUNCTION_NOT_FOUND) {
      return "the driver is too old to have it";
    }
    FunctionDescriptor signature = FunctionDescriptor.of(ADDRESS, JAVA_INT);
    Optional<MethodHandle> words = function("nvmlErrorString", signature);
    if (words.isEmpty()) {
      return "failed";
    }
    try {
      MemorySegment text = (MemorySegment) words.get().invokeExact(code);
      return text.equals(MemorySegment.NULL)
          ? "failed"
          : text.reinterpret(Integer.MAX_VALUE).getString(0);
    } catch (Throwable impossible) {
      throw new IllegalStateException("a function of NVML could not be called", impossible);
    }
  }

  @Override
  public void close() {
    call("nvmlShutdown");
  }
}
