package io.gtrace.meter.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.meter.counter.MachineUse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** This machine as Java tells of it. */
class PortableLoadTest {
  private static final long SECOND = 1_000_000_000;

  private static Process waiting() throws IOException {
    return new ProcessBuilder("cat").start();
  }

  @Test
  void onlyWhatStartsAfterTheFirstReadingIsTheCommands() throws IOException {
    PortableLoad load =
        new PortableLoad(
            MeasuredProcesses.startedBy(ProcessHandle.current().pid()), 4, Counted.COMMAND);
    Process earlier = waiting();
    load.read(0);
    Process command = waiting();
    try {
      MachineUse use = load.read(SECOND);
      assertThat(use.ownProcesses()).contains(command.pid()).doesNotContain(earlier.pid());
      assertThat(use.busyShare()).isBetween(0.0, 1.0);
      assertThat(use.ownOfBusy()).isBetween(0.0, 1.0);
      assertThat(load.totals().processesLeft()).isEqualTo(1);
      assertThat(load.notes()).anyMatch(note -> note.contains("memory"));
    } finally {
      earlier.destroy();
      command.destroy();
    }
  }

  @Test
  void aProcessThatRunsAlreadyCountsFromTheFirstReadingOn() throws IOException {
    Process running = waiting();
    try {
      PortableLoad load =
          new PortableLoad(MeasuredProcesses.running(running.pid()), 4, Counted.COMMAND);
      assertThat(load.read(0).ownProcesses()).containsExactly(running.pid());
      load.read(SECOND);
      assertThat(load.totals().ownCpuSeconds()).isBetween(0.0, 0.5);
      assertThat(load.totals().processesLeft()).isEqualTo(1);
    } finally {
      running.destroy();
    }
  }

  @Test
  void thereAreNoControlGroups() {
    assertThatThrownBy(() -> new PortableLoad(MeasuredProcesses.startedBy(1), 4, Counted.CGROUP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Linux");
  }
}
