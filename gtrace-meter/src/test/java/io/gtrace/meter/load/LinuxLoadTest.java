package io.gtrace.meter.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.meter.counter.MachineUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines written down as Linux tells of them. */
class LinuxLoadTest {
  private static final long SECOND = 1_000_000_000;
  private static final long SELF = 100;

  @TempDir private Path root;

  @BeforeEach
  void machine() throws IOException {
    write("proc/meminfo", "MemTotal: 16000 kB\nMemFree: 1 kB\nMemAvailable: 8000 kB\n");
    busy(1_000);
    process(SELF, "(gtrace (x) y)", 0, 0);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void busy(long ticks) throws IOException {
    // Idle, waiting and stolen time is none of it.
    write("proc/stat", "cpu  " + ticks + " 0 0 999999 888 0 0 7777 0 0\ncpu0 1 1 1 1\n");
  }

  private void process(long pid, String name, long ownTicks, long endedTicks, long... children)
      throws IOException {
    String folder = "proc/" + pid + "/";
    write(
        folder + "stat",
        pid
            + " "
            + name
            + " S 1 1 1 0 -1 4194304 1 0 0 0 "
            + ownTicks
            + " 0 "
            + endedTicks
            + " 0 20 0 1 0 100 0 0\n");
    write(
        folder + "status",
        "Name:\tx\nState:\tS (sleeping)\nRssAnon:\t   1000 kB\nRssFile:\t 200 kB\nRssShmem:\t 0 kB\n");
    StringBuilder list = new StringBuilder();
    for (long child : children) {
      list.append(child).append(' ');
    }
    write(folder + "task/" + pid + "/children", list.toString());
  }

  private LinuxLoad load(Counted counted) {
    return new LinuxLoad(root, SELF, MeasuredProcesses.startedBy(SELF), 4, counted);
  }

  @Test
  void aSharedMachineIsTheCommandsByItsPartOfTheWork() throws IOException {
    process(SELF, "(java)", 3, 0, 200);
    process(200, "(sh)", 10, 0, 201);
    process(201, "(python)", 90, 0);
    LinuxLoad load = load(Counted.COMMAND);
    load.read(0);
    busy(1_400);
    process(201, "(python)", 190, 0);
    MachineUse use = load.read(2 * SECOND);
    assertThat(use.busyShare()).isCloseTo(400 / 100.0 / (2 * 4), within(1e-9));
    assertThat(use.ownOfBusy()).isCloseTo(0.25, within(1e-9));
    // What both map counts once: 1,000 kB each, and 200 kB.
    assertThat(use.ownMemoryBytes()).isCloseTo(2_200 * 1024.0, within(1e-6));
    assertThat(use.ownOfMemory()).isCloseTo(2_200 / 8_000.0, within(1e-9));
    assertThat(use.ownProcesses()).containsExactlyInAnyOrder(200L, 201L);
  }

  @Test
  void childrenThatEndCountOnceAsTheirParentsTakeNoteOfThem() throws IOException {
    process(SELF, "(java)", 0, 0, 200);
    process(200, "(make)", 10, 0, 201);
    process(201, "(cc)", 50, 0);
    LinuxLoad load = load(Counted.COMMAND);
    load.read(0);
    // One ends, another came and went between two readings.
    process(200, "(make)", 20, 50 + 30 + 40);
    Files.delete(root.resolve("proc/201/stat"));
    busy(2_000);
    load.read(SECOND);
    assertThat(load.totals().ownCpuSeconds()).isCloseTo(0.1 + 0.3 + 0.4, within(1e-9));
    // The command ends, and its starter takes note.
    process(SELF, "(java)", 0, 20 + 120);
    load.read(2 * SECOND);
    assertThat(load.totals().ownCpuSeconds()).isCloseTo(0.8, within(1e-9));
    assertThat(load.totals().processesLeft()).isZero();
  }

  @Test
  void aProcessRunsUntilTheLastOfItsThreadsHasEnded() throws IOException {
    process(200, "(server)", 10, 0);
    LinuxLoad load = new LinuxLoad(root, SELF, MeasuredProcesses.running(200), 4, Counted.COMMAND);
    write("proc/200/status", "Name:\tserver\nState:\tZ (zombie)\nThreads:\t3\n");
    load.read(0);
    assertThat(load.totals().processesLeft()).as("only its first thread has ended").isEqualTo(1);
    write("proc/200/status", "Name:\tserver\nState:\tZ (zombie)\nThreads:\t1\n");
    load.read(SECOND);
    assertThat(load.totals().processesLeft()).isZero();
  }

  @Test
  void aCounterThatGoesBackwardsTakesNothingBack() throws IOException {
    process(SELF, "(java)", 0, 0, 200);
    process(200, "(x)", 500, 0);
    LinuxLoad load = load(Counted.COMMAND);
    load.read(0);
    process(200, "(x)", 400, 0);
    busy(10);
    MachineUse use = load.read(SECOND);
    assertThat(use.busyShare()).isZero();
    assertThat(use.ownOfBusy()).isZero();
    assertThat(load.totals().ownCpuSeconds()).isZero();
  }

  @Test
  void aProcessThatRunsAlreadyCountsWithItsChildrenAndWithoutTheMeter() throws IOException {
    process(50, "(bash)", 1_000, 700, 60, SELF);
    process(60, "(python)", 500, 0);
    process(SELF, "(java)", 900, 0, 61);
    process(61, "(helper)", 900, 0);
    LinuxLoad load = new LinuxLoad(root, SELF, MeasuredProcesses.running(50), 4, Counted.COMMAND);
    load.read(0);
    process(50, "(bash)", 1_010, 700, 60, SELF);
    process(60, "(python)", 590, 0);
    process(SELF, "(java)", 999, 0, 61);
    busy(1_400);
    MachineUse use = load.read(SECOND);
    assertThat(use.ownOfBusy()).isCloseTo(0.25, within(1e-9));
    assertThat(use.ownProcesses()).containsExactlyInAnyOrder(50L, 60L);
    assertThat(load.notes()).isEmpty();
    // It ends: what is no longer told takes nothing back.
    Files.delete(root.resolve("proc/50/stat"));
    load.read(2 * SECOND);
    assertThat(load.totals().ownCpuSeconds()).isCloseTo(1, within(1e-9));
  }

  @Test
  void aChildThatItsParentTakesNoNoteOfKeepsTheOthersCounting() throws IOException {
    process(SELF, "(java)", 0, 0, 200);
    process(200, "(serve)", 100, 0, 201);
    process(201, "(worker)", 500, 0);
    LinuxLoad load = load(Counted.COMMAND);
    load.read(0);
    process(200, "(serve)", 100, 0);
    load.read(SECOND);
    load.read(2 * SECOND);
    process(200, "(serve)", 150, 0);
    load.read(3 * SECOND);
    assertThat(load.totals().ownCpuSeconds()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aContainerOfVersionTwoCountsAsAWhole() throws IOException {
    write("proc/" + SELF + "/cgroup", "0::/system.slice/docker-1.scope\n");
    String group = "sys/fs/cgroup/system.slice/docker-1.scope/";
    write(group + "cpu.stat", "usage_usec 5000000\nuser_usec 1\n");
    write(group + "memory.current", "4096000\n");
    write(group + "cgroup.procs", "200\n300\n");
    LinuxLoad load = load(Counted.CGROUP);
    load.read(0);
    busy(1_400);
    write(group + "cpu.stat", "usage_usec 8000000\n");
    MachineUse use = load.read(SECOND);
    assertThat(use.ownOfBusy()).isCloseTo(0.75, within(1e-9));
    assertThat(use.ownMemoryBytes()).isCloseTo(4_096_000, within(1e-9));
    assertThat(use.ownProcesses()).contains(300L);
  }

  @Test
  void aContainerOfVersionOneCountsAsAWhole() throws IOException {
    write("proc/" + SELF + "/cgroup", "4:cpu,cpuacct:/docker/1\n3:memory:/docker/1\n0::/\n");
    // It sees its own group as the root.
    write("sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "1000000000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1024000\n");
    LinuxLoad load = load(Counted.CGROUP);
    load.read(0);
    busy(1_400);
    write("sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "3000000000\n");
    MachineUse use = load.read(SECOND);
    assertThat(use.ownOfBusy()).isCloseTo(0.5, within(1e-9));
    assertThat(use.ownMemoryBytes()).isCloseTo(1_024_000, within(1e-9));
  }

  @Test
  void withoutAControlGroupItCannotBeCounted() {
    assertThatThrownBy(() -> load(Counted.CGROUP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu.stat");
  }

  @Test
  void aDedicatedMachineIsTheCommandsWhole() {
    assertThat(load(Counted.MACHINE).read(0).whole()).isTrue();
  }

  @Test
  void processesThatRunOnAreToldOf() throws IOException {
    process(SELF, "(java)", 0, 0, 200);
    process(200, "(daemon)", 1, 0);
    LinuxLoad load = load(Counted.COMMAND);
    load.read(0);
    assertThat(load.notes()).anyMatch(note -> note.startsWith("1 process of the command"));
  }
}
