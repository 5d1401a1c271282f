package io.gtrace.app;

import io.gtrace.factor.UnknownNameException;
import io.gtrace.ledger.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code gtrace} command. */
@Command(
    name = "gtrace",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "The carbon ledger for generative AI: energy, carbon and water, with intervals.",
    subcommands = {
      DemoCommand.class,
      EstimateCommand.class,
      ExplainCommand.class,
      CompareCommand.class,
      CardCommand.class,
      ValidateCommand.class,
      CatalogueCommands.Models.class,
      CatalogueCommands.Regions.class,
      CatalogueCommands.Devices.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "3:done, but some input was refused (see the quarantine file)",
      "4:unknown model, place or device",
      "74:a file or standard output cannot be written",
      "70:a fault of gtrace itself"
    },
    footer = {"", "Start with: gtrace demo"})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(new FileOutputStream(FileDescriptor.out), err, args));
  }

  /**
   * Runs one command.
   *
   * @param results where it prints them, in UTF-8
   * @return an {@link ExitCode}
   */
  static int run(OutputStream results, PrintWriter err, String... args) {
    ResultStream watched = new ResultStream(results);
    PrintWriter out = new PrintWriter(watched, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, args);
    out.flush();
    return watched.failure().map(failure -> explainLostResults(err, failure)).orElse(exitCode);
  }

  private static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine = commandLine().setOut(out).setErr(err);
    if (args.length == 0) {
      commandLine.usage(err);
      return ExitCode.WRONG_USAGE;
    }
    return commandLine.execute(args);
  }

  private static int explainLostResults(PrintWriter err, IOException failure) {
    // Whoever closed the pipe, as head does, has read what it wanted.
    if (!String.valueOf(failure.getMessage()).contains("Broken pipe")) {
      err.println("gtrace: the results cannot be written: " + Failure.reason(failure));
    }
    return ExitCode.MACHINE;
  }

  /** The command with all its subcommands. */
  static CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(new Main())
            .setAllowSubcommandsAsOptionParameters(true)
            .setParameterExceptionHandler(Main::explainWrongUse)
            .setExecutionExceptionHandler(Main::explainFailure);
    OptionValues.register(commandLine);
    commandLine.getSubcommands().values().stream()
        .filter(each -> each.getCommand() instanceof CompareCommand)
        .forEach(CompareCommand::adaptExamples);
    return commandLine;
  }

  private static int explainWrongUse(ParameterException wrong, String[] args) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println("gtrace: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println(
        "  all options: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_USAGE;
  }

  private static int explainFailure(
      Exception failure, CommandLine commandLine, @Nullable ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (failure instanceof UnknownNameException unknown) {
      err.println("gtrace: " + unknown.getMessage());
      err.println("  or price it by its class with --allow-fallback");
      return ExitCode.UNKNOWN_NAME;
    }
    if (failure instanceof IllegalArgumentException || failure instanceof UsageException) {
      err.println("gtrace: " + failure.getMessage());
      return ExitCode.WRONG_USAGE;
    }
    if (failure instanceof UncheckedIOException machine) {
      Throwable cause = machine.getCause();
      err.println("gtrace: " + (cause == null ? machine : cause).getMessage());
      return ExitCode.MACHINE;
    }
    err.println("gtrace: a fault of its own: " + failure);
    for (StackTraceElement frame : failure.getStackTrace()) {
      err.println("  at " + frame);
    }
    return ExitCode.INTERNAL;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"gtrace " + (version == null ? "development" : version)};
    }
  }
}
