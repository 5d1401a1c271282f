package io.gtrace.meter;

import io.gtrace.meter.load.Orphans;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a command and measures it. The command has the standard streams of this process; signals to
 * this process are passed on to it, and what was measured is told also when one ends it.
 */
public final class CommandRun {
  /** The first readings come quickly, so that short commands are seen to use GPUs. */
  private static final Duration FIRST = Duration.ofMillis(50);

  /** A reading may take so much of the time until the next one: half a per cent. */
  private static final int REST_PER_READING = 200;

  private final Machine machine;
  private final Duration interval;
  private final InstantSource clock;
  private final Consumer<Metering> live;

  /**
   * @param interval between two readings, more than zero; longer where a reading takes long
   * @param live is told what it has come to after each reading but the last
   */
  public CommandRun(
      Machine machine, Duration interval, InstantSource clock, Consumer<Metering> live) {
    this.machine = machine;
    this.interval = interval;
    this.clock = clock;
    this.live = live;
  }

  /**
   * What came of it.
   *
   * @param exitCode of the command; 128 and the number of the signal that ended it, if one did
   */
  public record Ended(int exitCode, Metering metering) {}

  /**
   * Runs it to its end.
   *
   * @param command the program, then its arguments
   * @throws CommandNotRunException if it could not be started
   * @throws InterruptedException if this thread is told to end; the command is then told so too
   */
  public Ended run(List<String> command) throws CommandNotRunException, InterruptedException {
    requireProgram(command.get(0));
    Orphans.adopt();
    try (ForwardedSignals signals = ForwardedSignals.held()) {
      EnergyMetering metering = new EnergyMetering(machine, clock, System::nanoTime);
      Process process = start(command);
      try {
        signals.to(process);
        follow(process, metering);
        return new Ended(process.exitValue(), metering.result());
      } catch (InterruptedException asked) {
        process.destroy();
        throw asked;
      }
    }
  }

  private void follow(Process process, EnergyMetering metering) throws InterruptedException {
    Duration pause = interval.compareTo(FIRST) < 0 ? interval : FIRST;
    while (!process.waitFor(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      Duration took = metering.read();
      live.accept(metering.result());
      pause = longer(shorter(pause.multipliedBy(2), interval), took.multipliedBy(REST_PER_READING));
    }
    metering.read();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Process start(List<String> command) throws CommandNotRunException {
    try {
      return new ProcessBuilder(command).inheritIO().start();
    } catch (IOException failed) {
      throw new CommandNotRunException(
          CommandNotRunException.NOT_EXECUTABLE,
          command.get(0) + " cannot be run: " + failed.getMessage());
    }
  }

  private static void requireProgram(String program) throws CommandNotRunException {
    List<Path> places =
        program.contains(File.separator)
            ? List.of(Path.of(program))
            : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .toList();
    if (places.stream().anyMatch(place -> !Files.isDirectory(place) && Files.isExecutable(place))) {
      return;
    }
    if (places.stream().anyMatch(Files::exists)) {
      throw new CommandNotRunException(
          CommandNotRunException.NOT_EXECUTABLE, program + " is there, but may not be run");
    }
    throw new CommandNotRunException(
        CommandNotRunException.NOT_FOUND,
        program
            + " is not found"
            + (program.contains(File.separator) ? "" : " in the folders of PATH"));
  }
}
