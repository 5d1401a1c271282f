package io.gtrace.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.meter.counter.Basis;
import io.gtrace.meter.load.Counted;
import io.gtrace.meter.load.MeasuredProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real commands on this machine, whatever can be measured of it. */
@EnabledOnOs(OS.LINUX)
class CommandRunTest {
  /** Works for a while, whatever the speed of the machine: processor time, not time. */
  private static final String BURN = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";

  @TempDir private Path folder;

  private final List<Metering> shown = new ArrayList<>();

  private CommandRun.Ended run(String... command)
      throws CommandNotRunException, InterruptedException {
    try (Machine machine = Machine.find(Machine.View.here(Counted.COMMAND))) {
      return new CommandRun(
              machine, new Sampling(Duration.ofMillis(100), shown::add), InstantSource.system())
          .run(List.of(command));
    }
  }

  @Test
  void workIsMeasured() throws CommandNotRunException, InterruptedException {
    CommandRun.Ended ended = run("sh", "-c", BURN);
    Metering metering = ended.metering();
    assertThat(ended.exitCode()).isZero();
    assertThat(metering.load().ownCpuSeconds()).isGreaterThan(0.05);
    assertThat(metering.load().busyCpuSeconds())
        .isGreaterThanOrEqualTo(metering.load().ownCpuSeconds() - 0.1);
    assertThat(metering.own().joules()).isPositive();
    assertThat(metering.own().joules()).isLessThanOrEqualTo(whole(metering) * 1.000001);
    assertThat(metering.ownIdle().joules()).isLessThanOrEqualTo(metering.own().joules());
    assertThat(shown).isNotEmpty();
    assertThat(metering.cost().readings()).isEqualTo(shown.size() + 1);
    assertThat(metering.cost().ofReadings()).isPositive();
    assertThat(metering.cost().all()).isGreaterThanOrEqualTo(metering.cost().ofReadings());
  }

  private static double whole(Metering metering) {
    return metering.parts().stream().mapToDouble(part -> part.tally().whole().joules()).sum();
  }

  @Test
  void aProcessThatRunsAlreadyIsMeasuredToItsEnd() throws InterruptedException, IOException {
    Path done = folder.resolve("done");
    Process other = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    Process process =
        new ProcessBuilder(
                "sh", "-c", "read go; (sh -c '" + BURN + "'); touch " + done + "; read end")
            .start();
    try (Machine machine = Machine.find(Machine.View.ofProcess(process.pid(), Counted.COMMAND))) {
      Sampling sampling =
          new Sampling(Duration.ofMillis(20), metering -> drive(process, metering, done));
      Metering metering =
          new AttachedRun(machine, sampling, InstantSource.system()).run(process.toHandle());
      assertThat(process.waitFor()).isNotNegative();
      assertThat(metering.load().ownCpuSeconds()).isGreaterThan(0.05);
      assertThat(metering.own().joules()).isPositive().isLessThan(whole(metering));
      assertThat(metering.load().processesLeft()).isZero();
      assertThat(metering.notes()).noneMatch(note -> note.contains("still ran"));
    } finally {
      process.destroyForcibly();
      other.destroyForcibly();
    }
  }

  @Test
  @Timeout(60)
  void aProcessThatEndedIsDoneThoughItsParentTakesNoNote()
      throws IOException, InterruptedException {
    // The child ends with its input; what its parent has become by then waits for nobody.
    Process parent =
        new ProcessBuilder("sh", "-c", "exec 3<&0; (read end <&3) & echo $!; exec sleep 600")
            .start();
    try (BufferedReader told = parent.inputReader()) {
      long pid = Long.parseLong(told.readLine());
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
      try (Machine machine = Machine.find(Machine.View.ofProcess(pid, Counted.COMMAND))) {
        Sampling sampling = new Sampling(Duration.ofMillis(20), metering -> endInput(parent));
        Metering metering = new AttachedRun(machine, sampling, InstantSource.system()).run(child);
        assertThat(metering.load().processesLeft()).isZero();
        assertThat(metering.cost().readings()).isGreaterThan(1);
        assertThat(child.isAlive()).as("nobody took note of its end").isTrue();
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  private static void endInput(Process process) {
    try {
      process.outputWriter().close();
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  /** Lets a process begin when it has been seen, and end when its work is done. */
  private static void drive(Process process, Metering metering, Path done) {
    try {
      if (metering.cost().readings() == 1) {
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
      } else if (Files.exists(done)) {
        endInput(process);
      }
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  @Test
  void childrenThatAreReapedAtOnceCount() throws CommandNotRunException, InterruptedException {
    CommandRun.Ended ended = run("sh", "-c", "(sh -c '" + BURN + "'); (sh -c '" + BURN + "')");
    assertThat(ended.metering().load().ownCpuSeconds()).isGreaterThan(0.1);
  }

  @Test
  void processesWhoseParentHasEndedAreStillTheCommands()
      throws CommandNotRunException, InterruptedException, IOException {
    Path done = folder.resolve("done");
    String orphan = "(sh -c '" + BURN + "; touch " + done + "' &)";
    CommandRun.Ended ended =
        run("sh", "-c", orphan + "; while [ ! -e " + done + " ]; do sleep 0.05; done");
    assertThat(done).exists();
    assertThat(ended.metering().load().ownCpuSeconds()).isGreaterThan(0.05);
  }

  @Test
  void theExitCodeIsThatOfTheCommand() throws CommandNotRunException, InterruptedException {
    assertThat(run("sh", "-c", "exit 3").exitCode()).isEqualTo(3);
    assertThat(run("sh", "-c", "kill -9 $$").exitCode()).isEqualTo(137);
  }

  @Test
  void whatCannotBeRunIsToldAsShellsDo() throws IOException {
    assertThatThrownBy(() -> run("no-such-program-anywhere"))
        .isInstanceOfSatisfying(
            CommandNotRunException.class, notRun -> assertThat(notRun.exitCode()).isEqualTo(127))
        .hasMessageContaining("PATH");
    assertThatThrownBy(() -> run(folder.resolve("nothing").toString()))
        .isInstanceOfSatisfying(
            CommandNotRunException.class, notRun -> assertThat(notRun.exitCode()).isEqualTo(127));
    Path text = Files.writeString(folder.resolve("text"), "no program");
    assertThatThrownBy(() -> run(text.toString()))
        .isInstanceOfSatisfying(
            CommandNotRunException.class, notRun -> assertThat(notRun.exitCode()).isEqualTo(126));
  }

  @Test
  void aMachineWithCountersIsMeasuredAndOneWithoutIsModelled() throws IOException {
    assertThat(find().meters())
        .extracting(meter -> meter.basis())
        .containsExactly(Basis.MODEL, Basis.MODEL);
    Path zone = Files.createDirectories(folder.resolve("sys/class/powercap/intel-rapl:0"));
    Files.writeString(zone.resolve("name"), "package-0");
    Files.writeString(zone.resolve("energy_uj"), "5");
    assertThat(find().meters())
        .extracting(meter -> meter.basis())
        .containsExactly(Basis.COUNTER, Basis.MODEL);
  }

  private Machine find() {
    return Machine.find(
        new Machine.View(folder, Map.of(), 1, MeasuredProcesses.startedBy(1), 4, Counted.COMMAND),
        Optional.empty(),
        List.of());
  }
}
