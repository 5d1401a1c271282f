package io.gtrace.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Starts {@code gtrace package}. */
public final class Main {
  private static final int WRONG_USAGE = 2;
  private static final int INTERNAL = 70;
  private static final int MACHINE = 74;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command, which tells faults in words. */
  static CommandLine commandLine() {
    return new CommandLine(new PackageCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    return switch (failure) {
      case IllegalArgumentException wrong -> told(err, wrong, WRONG_USAGE);
      case IOException machine -> told(err, machine, MACHINE);
      case UncheckedIOException machine -> told(err, machine, MACHINE);
      default -> {
        err.println("gtrace package: a fault of its own: " + failure);
        for (StackTraceElement frame : failure.getStackTrace()) {
          err.println("  at " + frame);
        }
        yield INTERNAL;
      }
    };
  }

  private static int told(PrintWriter err, Exception failure, int exitCode) {
    err.println("gtrace package: " + failure.getMessage());
    return exitCode;
  }
}
