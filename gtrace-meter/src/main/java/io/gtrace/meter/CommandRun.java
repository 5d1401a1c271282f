package io.gtrace.meter;

import io.gtrace.meter.load.Orphans;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a command and measures it. The command has the standard streams of this process; signals to
 * this process are passed on to it, and what was measured is told also when one ends it.
 */
public final class CommandRun {
  private final Machine machine;
  private final Sampling sampling;
  private final InstantSource clock;

  public CommandRun(Machine machine, Sampling sampling, InstantSource clock) {
    this.machine = machine;
    this.sampling = sampling;
    this.clock = clock;
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
        sampling.until(pause -> process.waitFor(pause.toNanos(), TimeUnit.NANOSECONDS), metering);
        return new Ended(process.exitValue(), metering.result());
      } catch (InterruptedException asked) {
        process.destroy();
        throw asked;
      }
    }
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
