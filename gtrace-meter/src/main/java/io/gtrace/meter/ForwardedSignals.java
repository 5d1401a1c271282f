package io.gtrace.meter;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * While a command runs, signals that ask to end are its own: this process passes them on and stays,
 * to tell what was measured. A terminal gives its signals (Ctrl-C) to all processes in front, so
 * the command has those already, and they are not given to it twice.
 */
@SuppressWarnings("restricted")
final class ForwardedSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  // Places after the name in /proc/self/stat, proc(5).
  private static final int GROUP = 2;
  private static final int GROUP_IN_FRONT = 5;

  private final CompletableFuture<Process> command = new CompletableFuture<>();
  private final SignalHandlers handlers;

  private ForwardedSignals() {
    handlers = SignalHandlers.of(NAMES, this::pass);
  }

  /** Holds signals from now on until there is a command that they can be passed to. */
  static ForwardedSignals held() {
    return new ForwardedSignals();
  }

  /** Passes them to a command. */
  void to(Process process) {
    command.complete(process);
  }

  private void pass(String name, int number) {
    boolean fromTerminal = !name.equals("TERM") && isInFront();
    if (!fromTerminal) {
      // The thread of the signal waits until there is a command.
      send(number, command.join());
    }
  }

  private static void send(int number, Process process) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> address = linker.defaultLookup().find("kill");
    if (address.isEmpty() || !process.isAlive()) {
      process.destroy();
      return;
    }
    MethodHandle kill =
        linker.downcallHandle(address.get(), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    try {
      int failed = (int) kill.invokeExact((int) process.pid(), number);
      if (failed != 0) {
        process.destroy();
      }
    } catch (Throwable impossible) {
      throw new IllegalStateException("kill could not be called", impossible);
    }
  }

  /** Whether this process is of the group that a terminal has in front. */
  private static boolean isInFront() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return fields.length > GROUP_IN_FRONT && fields[GROUP].equals(fields[GROUP_IN_FRONT]);
    } catch (IOException notLinux) {
      return Boolean.getBoolean("gtrace.terminal");
    }
  }

  @Override
  public void close() {
    handlers.close();
  }
}
