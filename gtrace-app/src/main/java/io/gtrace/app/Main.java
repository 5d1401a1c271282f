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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
  private static final String HELP = "help";
  private static final Map<String, Class<?>> COMMANDS = commands();

  private Main() {}

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand.class);
    commands.put("estimate", EstimateCommand.class);
    commands.put("explain", ExplainCommand.class);
    commands.put("compare", CompareCommand.class);
    commands.put("card", CardCommand.class);
    commands.put("validate", ValidateCommand.class);
    commands.put("models", CatalogueCommands.Models.class);
    commands.put("regions", CatalogueCommands.Regions.class);
    commands.put("devices", CatalogueCommands.Devices.class);
    commands.put("formats", FormatsCommand.class);
    commands.put(HELP, HelpCommand.class);
    return Collections.unmodifiableMap(commands);
  }

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
    CommandLine commandLine = commandLine(needed(args)).setOut(out).setErr(err);
    if (args.length == 0) {
      commandLine.usage(err);
      return ExitCode.WRONG_USAGE;
    }
    return commandLine.execute(args);
  }

  /** Options are read off annotations, which takes longer than most estimates. */
  private static Set<String> needed(String... args) {
    boolean one = args.length > 0 && COMMANDS.containsKey(args[0]) && !args[0].equals(HELP);
    return one ? Set.of(args[0]) : COMMANDS.keySet();
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
    return commandLine(COMMANDS.keySet());
  }

  private static CommandLine commandLine(Set<String> commands) {
    CommandLine commandLine = new CommandLine(new Main());
    COMMANDS.forEach((name, command) -> {
      if (commands.contains(name)) {
        commandLine.addSubcommand(name, command);
      }
    });
    commandLine
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
