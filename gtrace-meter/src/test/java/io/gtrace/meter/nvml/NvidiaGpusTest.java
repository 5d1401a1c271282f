package io.gtrace.meter.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.meter.counter.Basis;
import io.gtrace.meter.counter.EnergyMeter;
import io.gtrace.meter.counter.MachineUse;
import io.gtrace.meter.nvml.Nvml.GpuProcess;
import io.gtrace.meter.nvml.Nvml.Utilisation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** GPUs by way of native calls into a library that has the functions of NVML. */
class NvidiaGpusTest {
  private static final long SECOND = 1_000_000_000;
  private static final long OWN = 4_242;
  private static final long OTHER = 17;
  private static final MachineUse USE = new MachineUse(0.5, 0.5, 0, 0, Set.of(OWN), false);

  private final FakeNvml driver = new FakeNvml();

  private static void read(NvidiaGpus gpus, long seconds) {
    gpus.meters().forEach(meter -> meter.read(seconds * SECOND, USE));
  }

  private static double ownJoules(EnergyMeter meter) {
    return meter.tally().own().joules();
  }

  @Test
  void eachGpuCountsOnceAndOnlyWhereTheCommandComputed() throws NvmlException {
    FakeNvml.Gpu used = driver.gpu("NVIDIA H200");
    FakeNvml.Gpu unused = driver.gpu("NVIDIA H200");
    used.millijoules = 7_000_000;
    unused.millijoules = 1;
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(), false);
      read(gpus, 0);
      used.millijoules += 500_000;
      unused.millijoules += 70_000;
      used.processes = List.of(new GpuProcess(OWN, 1 << 30));
      read(gpus, 1);
      assertThat(gpus.meters())
          .extracting(EnergyMeter::name)
          .containsExactly("GPU 0: NVIDIA H200", "GPU 1: NVIDIA H200");
      assertThat(ownJoules(gpus.meters().get(0))).isCloseTo(500, within(1e-9));
      assertThat(ownJoules(gpus.meters().get(1))).isZero();
      assertThat(gpus.meters().get(1).tally().whole().joules()).isCloseTo(70, within(1e-9));
      assertThat(gpus.meters().get(0).notes()).isEmpty();
      assertThat(gpus.meters().get(1).notes()).anyMatch(note -> note.contains("not counted"));
    }
    assertThat(driver.ended).isTrue();
  }

  @Test
  void aGpuWithOthersOnItIsSharedByHowBusyEachKeptIt() throws NvmlException {
    FakeNvml.Gpu gpu = driver.gpu("NVIDIA A100");
    gpu.processes = List.of(new GpuProcess(OWN, 10), new GpuProcess(OTHER, 30));
    gpu.utilisation = List.of(new Utilisation(OTHER, 1_000, 100));
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(), false);
      read(gpus, 0);
      gpu.utilisation =
          List.of(
              new Utilisation(OTHER, 1_000, 100),
              new Utilisation(OWN, 2_000, 60),
              new Utilisation(OTHER, 2_000, 20));
      gpu.millijoules += 400_000;
      read(gpus, 1);
      assertThat(ownJoules(gpus.meters().get(0))).isCloseTo(300, within(1e-9));
      // Nothing new of how busy they kept it: by memory, and that is said.
      gpu.millijoules += 400_000;
      read(gpus, 2);
      assertThat(ownJoules(gpus.meters().get(0))).isCloseTo(300 + 100, within(1e-9));
      assertThat(gpus.meters().get(0).notes()).anyMatch(note -> note.contains("memory"));
    }
  }

  @Test
  void withoutACounterPowerIsIntegrated() throws NvmlException {
    FakeNvml.Gpu gpu = driver.gpu("NVIDIA Tesla P100");
    gpu.hasCounter = false;
    gpu.milliwatts = 100_000;
    gpu.processes = List.of(new GpuProcess(OWN, 0));
    driver.absent.add("nvmlDeviceGetComputeRunningProcesses_v3");
    driver.absent.add("nvmlDeviceGetMigMode");
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(), false);
      read(gpus, 0);
      gpu.milliwatts = 200_000;
      read(gpus, 10);
      assertThat(gpus.meters().get(0).basis()).isEqualTo(Basis.INTEGRATED_POWER);
      assertThat(ownJoules(gpus.meters().get(0))).isCloseTo(1_500, within(1e-9));
    }
  }

  @Test
  void onlyGpusThatTheCommandMaySeeAreItsOwn() throws NvmlException {
    driver.gpu("NVIDIA L4");
    driver.gpu("NVIDIA L4");
    FakeNvml.Gpu third = driver.gpu("NVIDIA L4");
    try (Nvml nvml = driver.open()) {
      NvidiaGpus byIndex = NvidiaGpus.find(nvml, Map.of(NvidiaGpus.VISIBLE, "2"), false);
      assertThat(byIndex.meters())
          .extracting(EnergyMeter::name)
          .containsExactly("GPU 2: NVIDIA L4");
      assertThat(byIndex.notes()).hasSize(2);
      NvidiaGpus byName = NvidiaGpus.find(nvml, Map.of(NvidiaGpus.VISIBLE, "GPU-1f"), false);
      assertThat(byName.meters()).extracting(EnergyMeter::name).containsExactly("GPU 1: NVIDIA L4");
      assertThat(NvidiaGpus.find(nvml, Map.of(NvidiaGpus.VISIBLE, ""), false).meters()).isEmpty();
      assertThat(NvidiaGpus.find(nvml, Map.of(NvidiaGpus.VISIBLE, "-1,2"), false).meters())
          .isEmpty();
      // A GPU that was given to the command is its own, idle or not.
      read(byIndex, 0);
      third.millijoules += 30_000;
      read(byIndex, 1);
      assertThat(ownJoules(byIndex.meters().get(0))).isCloseTo(30, within(1e-9));
    }
  }

  @Test
  void gpusOfAContainerAreItsOwn() throws NvmlException {
    FakeNvml.Gpu gpu = driver.gpu("NVIDIA H100");
    gpu.processes = List.of(new GpuProcess(OTHER, 1));
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(), true);
      read(gpus, 0);
      gpu.millijoules += 30_000;
      read(gpus, 1);
      assertThat(ownJoules(gpus.meters().get(0))).isCloseTo(30, within(1e-9));
      assertThat(gpus.meters().get(0).notes()).anyMatch(note -> note.contains("container"));
    }
  }

  @Test
  void instancesAndMixedOrdersAreToldOf() throws NvmlException {
    driver.gpu("NVIDIA A100").divided = true;
    driver.gpu("NVIDIA T4");
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(NvidiaGpus.VISIBLE, "0,1"), false);
      assertThat(gpus.meters().get(0).notes()).anyMatch(note -> note.contains("MIG"));
      assertThat(gpus.notes()).anyMatch(note -> note.contains("CUDA_DEVICE_ORDER=PCI_BUS_ID"));
    }
  }

  @Test
  void aCounterThatIsSetBackLosesNoMoreThanThatStep() throws NvmlException {
    FakeNvml.Gpu gpu = driver.gpu("NVIDIA H100");
    gpu.millijoules = 9_000_000;
    gpu.processes = List.of(new GpuProcess(OWN, 1));
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(), false);
      read(gpus, 0);
      gpu.millijoules = 0;
      read(gpus, 1);
      gpu.millijoules = 250_000;
      read(gpus, 2);
      assertThat(ownJoules(gpus.meters().get(0))).isCloseTo(250, within(1e-9));
      assertThat(gpus.meters().get(0).notes()).anyMatch(note -> note.contains("jumped"));
    }
  }

  @Test
  void aDriverThatDoesNotBeginSaysWhy() {
    driver.failsToBegin = 9;
    assertThatThrownBy(driver::open)
        .isInstanceOf(NvmlException.class)
        .hasMessage("nvmlInit_v2: reason 9 (NVML error 9)");
  }

  @Test
  void aDriverThatIsTooOldIsToldOf() throws NvmlException {
    driver.gpu("NVIDIA K80");
    driver.absent.add("nvmlDeviceGetCount_v2");
    try (Nvml nvml = driver.open()) {
      NvidiaGpus gpus = NvidiaGpus.find(nvml, Map.of(), false);
      assertThat(gpus.meters()).isEmpty();
      assertThat(gpus.notes()).anyMatch(note -> note.contains("too old"));
    }
  }
}
