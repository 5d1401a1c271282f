package io.gtrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.footprint.Footprint;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.report.Figures;
import io.gtrace.simulation.document.DocumentException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
      "5:the ledger is locked, damaged or not there",
      "6:a gate stays closed, or a form is not whole (--strict)",
      "74:a file or standard output cannot be written",
      "70:a fault of gtrace itself"
    },
    footer = {"", "Start with: gtrace demo"})
public final class Main {
  private static final String HELP = "help";
  private static final Set<String> VERSION_OPTIONS = Set.of("--version", "-V");
  private static final Map<String, Class<?>> COMMANDS = commands();

  /** Commands that price by the shipped factors unless they are told otherwise. */
  private static final Set<String> PRICING = Set.of("estimate", "explain", "compare");

  /** Types of options that no command has; to prepare for them takes time at every start. */
  private static final String UNUSED_CONVERTERS = "java\\.sql\\..+,java\\.time\\.(?!LocalDate$).+";

  private static final Set<String> OTHERWISE = Set.of("--allow-fallback", "--help", "-h");

  private Main() {}

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand.class);
    commands.put("estimate", EstimateCommand.class);
    commands.put("explain", ExplainCommand.class);
    commands.put("compare", CompareCommand.class);
    commands.put("card", CardCommand.class);
    commands.put("ingest", IngestCommand.class);
    commands.put("ledger", LedgerCommand.class);
    commands.put("query", QueryCommand.class);
    commands.put("report", ReportCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("token", TokenCommand.class);
    commands.put("mcp", McpCommand.class);
    commands.put("watch", WatchCommand.class);
    commands.put("meter", MeterCommand.class);
    commands.put("advise", AdviseCommand.class);
    commands.put("route", RouteCommand.class);
    commands.put("validate", ValidateCommand.class);
    commands.put("trend", TrendCommand.class);
    commands.put("study", StudyCommand.class);
    commands.put("pyramid", PyramidCommand.class);
    commands.put("gate", GateCommand.class);
    commands.put("guide", GuideCommand.class);
    commands.put("disclose", DiscloseCommand.class);
    commands.put("models", CatalogueCommands.Models.class);
    commands.put("regions", CatalogueCommands.Regions.class);
    commands.put("devices", CatalogueCommands.Devices.class);
    commands.put("formats", FormatsCommand.class);
    commands.put(HELP, HelpCommand.class);
    return Collections.unmodifiableMap(commands);
  }

  public static void main(String[] args) {
    if (args.length == 1 && VERSION_OPTIONS.contains(args[0])) {
      // Without the command line, which takes several times as long to make as to print this.
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
      out.println(versionLine());
      out.flush();
      System.exit(out.checkError() ? ExitCode.MACHINE : ExitCode.DONE);
    }
    if (usesShippedFactors(args)) {
      // It takes about as long as to read the options, and there is more than one core.
      Thread.ofPlatform().daemon().start(Main::estimateBeforehand);
    }
    System.setProperty("picocli.converters.excludes", UNUSED_CONVERTERS);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    Interruption.exit(run(new FileOutputStream(FileDescriptor.out), err, args));
  }

  /**
   * Loads the factors and takes all the first steps on the way from an activity to a printed
   * figure, which cost far more than the later ones.
   */
  private static void estimateBeforehand() {
    Footprint footprint = GTrace.standard().estimate(TextGeneration.of("gpt-4o", 1, 1));
    Figures.carbon(footprint.carbonKg());
  }

  private static boolean usesShippedFactors(String... args) {
    return args.length > 1
        && PRICING.contains(args[0])
        && Stream.of(args).noneMatch(arg -> arg.startsWith("--factors") || OTHERWISE.contains(arg));
  }

  /**
   * Runs one command.
   *
   * @param results where it prints them, in UTF-8
   * @return an {@link ExitCode}
   */
  static int run(OutputStream results, PrintWriter err, String... args) {
    ResultStream watched = new ResultStream(results);
    PrintWriter out = new PrintWriter(watched, true, UTF_8);
    int exitCode = run(out, err, args);
    out.flush();
    return watched.failure().map(failure -> explainLostResults(err, failure)).orElse(exitCode);
  }

  private static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine = commandLine(Needed.by(args)).setOut(out).setErr(err);
    if (args.length == 0) {
      commandLine.usage(err);
      return ExitCode.WRONG_USAGE;
    }
    return commandLine.execute(args);
  }

  /**
   * What is needed of the commands: options are read off annotations, which takes longer than most
   * estimates.
   *
   * @param activities the subcommands of a command that does something with an activity
   */
  private record Needed(Set<String> commands, Set<String> activities) {
    static final Needed ALL = new Needed(COMMANDS.keySet(), ActivityCommands.BY_NAME.keySet());

    static Needed by(String... args) {
      if (args.length == 0 || !COMMANDS.containsKey(args[0]) || args[0].equals(HELP)) {
        return ALL;
      }
      boolean one = args.length > 1 && ALL.activities().contains(args[1]);
      return new Needed(Set.of(args[0]), one ? Set.of(args[1]) : ALL.activities());
    }
  }

  private static int explainLostResults(PrintWriter err, IOException failure) {
    // Whoever closed the pipe, as head does, has read what it wanted.
    if (!String.valueOf(failure.getMessage()).contains("Broken pipe")) {
      err.println("gtrace: the results cannot be written: " + Failure.reason(failure));
    }
    return ExitCode.MACHINE;
  }

  /** The command with all its subcommands, as manuals and completions are made of it. */
  public static CommandLine commandLine() {
    return commandLine(Needed.ALL);
  }

  private static CommandLine commandLine(Needed needed) {
    CommandLine commandLine = new CommandLine(new Main());
    add(commandLine, COMMANDS, needed.commands());
    for (CommandLine command : commandLine.getSubcommands().values()) {
      if (command.getCommand() instanceof ActivityAction) {
        add(command, ActivityCommands.BY_NAME, needed.activities());
      }
    }
    commandLine
        .setAllowSubcommandsAsOptionParameters(true)
        .setParameterExceptionHandler(Main::explainWrongUse)
        .setExecutionExceptionHandler(Main::explainFailure);
    OptionValues.register(commandLine);
    commandLine.getSubcommands().values().stream()
        .filter(each -> each.getCommand() instanceof CompareCommand)
        .forEach(CompareCommand::adaptExamples);
    // What follows a command that is measured are its own options.
    commandLine.getSubcommands().values().stream()
        .filter(each -> each.getCommand() instanceof MeterCommand)
        .forEach(each -> each.setStopAtPositional(true));
    return commandLine;
  }

  private static void add(
      CommandLine commandLine, Map<String, Class<?>> commands, Set<String> needed) {
    for (Map.Entry<String, Class<?>> command : commands.entrySet()) {
      if (needed.contains(command.getKey())) {
        commandLine.addSubcommand(command.getKey(), command.getValue());
      }
    }
  }

  private static int explainWrongUse(ParameterException wrong, String[] args) {
    PrintWriter err = wrong.getCommandLine().getErr();
    if (wrong instanceof UnmatchedArgumentException unmatched && namesNoCommand(unmatched)) {
      explainUnknownCommand(err, unmatched);
      return ExitCode.WRONG_USAGE;
    }
    err.println("gtrace: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println(
        "  all options: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_USAGE;
  }

  /** Whether a command was expected where something else stands. */
  private static boolean namesNoCommand(UnmatchedArgumentException unmatched) {
    return !unmatched.isUnknownOption()
        && !unmatched.getCommandLine().getSubcommands().isEmpty()
        && unmatched.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
  }

  private static void explainUnknownCommand(PrintWriter err, UnmatchedArgumentException unmatched) {
    CommandLine at = unmatched.getCommandLine();
    String name = at.getCommandSpec().qualifiedName();
    err.println(
        "gtrace: there is no command '" + name + " " + unmatched.getUnmatched().get(0) + "'");
    if (unmatched.getSuggestions().isEmpty()) {
      err.println("  known are: " + String.join(", ", at.getSubcommands().keySet()));
    }
    UnmatchedArgumentException.printSuggestions(unmatched, err);
    err.println("  what each does: " + name + " --help");
  }

  private static int explainFailure(
      Exception failure, CommandLine commandLine, @Nullable ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (failure instanceof UnknownNameException unknown) {
      err.println("gtrace: " + unknown.getMessage());
      err.println("  or price it by its class with --allow-fallback");
      return ExitCode.UNKNOWN_NAME;
    }
    if (failure instanceof LedgerException) {
      err.println("gtrace: " + failure.getMessage());
      return ExitCode.LEDGER;
    }
    if (failure instanceof IllegalArgumentException
        || failure instanceof UsageException
        || failure instanceof DocumentException) {
      err.println("gtrace: " + failure.getMessage());
      return ExitCode.WRONG_USAGE;
    }
    if (failure instanceof UncheckedIOException machine) {
      err.println("gtrace: " + inWords(machine));
      return ExitCode.MACHINE;
    }
    err.println("gtrace: a fault of its own: " + failure);
    for (StackTraceElement frame : failure.getStackTrace()) {
      err.println("  at " + frame);
    }
    return ExitCode.INTERNAL;
  }

  /** The system's own words for a file are no more than its name. */
  private static String inWords(UncheckedIOException machine) {
    IOException cause = machine.getCause();
    return cause instanceof FileSystemException file && file.getFile() != null
        ? file.getFile() + ": " + Failure.reason(file)
        : String.valueOf((cause == null ? machine : cause).getMessage());
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {versionLine()};
    }
  }

  private static String versionLine() {
    return "gtrace " + version();
  }

  /** The version that is running. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
