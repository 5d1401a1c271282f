package io.gtrace.spark;

import io.gtrace.factor.FactorFileException;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.BatchAssembly;
import io.gtrace.ledger.Refusal;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.Seal;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyException;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code spark-submit} runs. */
@Command(
    name = "gtrace-spark",
    mixinStandardHelpOptions = true,
    description = "Accounts usage, and simulates it, on a Spark cluster.",
    subcommands = {Main.Ingest.class, Main.Stream.class, Main.StudyCommand.class})
public final class Main {
  private static final int REFUSED = 3;
  private static final int UNKNOWN = 4;
  private static final int LEDGER = 5;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command; returns the code to exit with. */
  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failed, command, parsed) -> told(failed, command))
        .execute(arguments);
  }

  private static int told(Exception failed, CommandLine command) throws Exception {
    int code = codeOf(failed);
    if (code == CommandLine.ExitCode.SOFTWARE) {
      throw failed;
    }
    command.getErr().println("gtrace-spark: " + failed.getMessage());
    return code;
  }

  private static int codeOf(Exception failed) {
    if (failed instanceof LedgerException) {
      return LEDGER;
    }
    if (failed instanceof UnknownNameException) {
      return UNKNOWN;
    }
    boolean wrongUsage =
        failed instanceof UsageException
            || failed instanceof FactorFileException
            || failed instanceof StudyException;
    return wrongUsage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  private static SparkSession session(String name) {
    return SparkSession.builder().appName("gtrace " + name).getOrCreate();
  }

  private static CommandLine commandLine(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "the parser sets it").commandLine();
  }

  private static PrintWriter out(@Nullable CommandSpec spec) {
    return commandLine(spec).getOut();
  }

  /** Options of whatever writes a ledger. */
  static final class LedgerOptions {
    @Option(
        names = "--ledger",
        required = true,
        paramLabel = "FOLDER",
        description = "The ledger, in a folder that all machines see; made if there is none.")
    private Path ledger = Path.of("");

    @Option(
        names = "--factors",
        paramLabel = "FILE",
        description = "Your own factors, under the same path on every machine.")
    private @Nullable Path factors;

    @Option(
        names = "--quarantine",
        paramLabel = "FILE",
        description =
            "Where rows go that cannot be accounted; beside the ledger by default. Each batch of a"
                + " stream that has some puts them into a file of its own.")
    private @Nullable Path quarantine;

    @Option(
        names = "--wait",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "How long to wait for another writer: ${DEFAULT-VALUE}.")
    private long waitSeconds;

    SparkLedger open(SparkSession session) {
      return new SparkLedger(
          session,
          new SparkLedger.Settings(
              ledger,
              Optional.ofNullable(factors),
              Duration.ofSeconds(waitSeconds),
              Optional.ofNullable(quarantine).orElse(Path.of(ledger + "-quarantine.jsonl")),
              Clock.systemUTC(),
              Versions.ofThis()));
    }
  }

  /** Adds files. */
  @Command(
      name = "ingest",
      mixinStandardHelpOptions = true,
      description = "Adds files of usage, Parquet and JSON lines, to a ledger, as one batch.")
  static final class Ingest implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, folders and patterns.")
    private List<String> paths = List.of();

    @Mixin private LedgerOptions ledger = new LedgerOptions();
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      SparkSession session = session("ingest");
      BatchAssembly.Result result = ledger.open(session).add(paths);
      PrintWriter out = out(spec);
      out.printf(
          Locale.ROOT,
          "%,d events added, %,d known already, %,d rows refused%n",
          result.added(),
          result.duplicates(),
          result.refused());
      result
          .seal()
          .map(Seal::number)
          .ifPresent(number -> out.printf(Locale.ROOT, "batch %d%n", number));
      PrintWriter err = commandLine(spec).getErr();
      result.notes().forEach(err::println);
      for (Refusal refusal : result.refusals()) {
        err.println("refused: " + refusal);
      }
      result.quarantine().ifPresent(file -> err.println("all of them: " + file));
      return result.refused() > 0 ? REFUSED : CommandLine.ExitCode.OK;
    }
  }

  /** Adds what comes. */
  @Command(
      name = "stream",
      mixinStandardHelpOptions = true,
      description = "Adds messages with a JSON object each to a ledger as they come.")
  static final class Stream implements Callable<Integer> {
    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        description =
            "A source of Spark whose rows have a column 'value': kafka, or text for lines of files"
                + " (${DEFAULT-VALUE}).")
    private String format = "text";

    @Option(
        names = "--source",
        paramLabel = "NAME=VALUE",
        description =
            "What the source is told, as in kafka.bootstrap.servers=…, subscribe=…, path=….")
    private Map<String, String> source = Map.of();

    @Option(
        names = "--checkpoint",
        required = true,
        paramLabel = "FOLDER",
        description = "Where Spark keeps how far it is.")
    private String checkpoint = "";

    @Option(
        names = "--every",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "How often a batch is sealed: ${DEFAULT-VALUE}.")
    private long everySeconds;

    @Option(names = "--once", description = "Take what is there, and end.")
    private boolean once;

    @Mixin private LedgerOptions ledger = new LedgerOptions();

    @Override
    public Integer call() throws Exception {
      SparkSession session = session("stream");
      Dataset<Row> messages = session.readStream().format(format).options(source).load();
      Trigger trigger =
          once ? Trigger.AvailableNow() : Trigger.ProcessingTime(everySeconds * 1_000);
      ledger.open(session).stream(messages, format, checkpoint, trigger).awaitTermination();
      return CommandLine.ExitCode.OK;
    }
  }

  /** Runs studies. */
  @Command(
      name = "study",
      mixinStandardHelpOptions = true,
      description = "Runs ensembles of studies and prints a line of CSV for each.")
  static final class StudyCommand implements Callable<Integer> {
    @Parameters(
        arity = "1..*",
        paramLabel = "STUDY",
        description = "Names of studies that ship, or YAML files on the driver.")
    private List<String> studies = List.of();

    @Option(names = "--runs", defaultValue = "32", description = "Runs of each: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
        names = "--scale",
        defaultValue = "0.001",
        description = "People simulated for one of the study: ${DEFAULT-VALUE}.")
    private double scale;

    @Option(names = "--seed", defaultValue = "1", description = "Of the first run.")
    private long seed;

    @Option(names = "--days", description = "Length; as the study says by default.")
    private @Nullable Double days;

    @Option(names = "--factors", paramLabel = "FILE", description = "Your own factors.")
    private @Nullable Path factors;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      List<Study> read = studies.stream().map(Study::read).map(this::ofLength).toList();
      StudyRun.Settings settings = new StudyRun.Settings(scale, seed, 1, runs);
      List<StudyOutcome> outcomes =
          new SparkEnsemble(session("study"), Optional.ofNullable(factors)).run(read, settings);
      PrintWriter out = out(spec);
      out.println("study,scenario,carbon_kg,carbon_kg_low,carbon_kg_high");
      for (StudyOutcome outcome : outcomes) {
        print(out, outcome.study().id(), "", outcome.figures().counted().carbonKg());
        outcome
            .scenarios()
            .forEach(scenario ->
                print(
                    out,
                    outcome.study().id(),
                    scenario.id(),
                    scenario.figures().counted().carbonKg()));
      }
      return CommandLine.ExitCode.OK;
    }

    private Study ofLength(Study study) {
      return days == null ? study : study.forDays(days);
    }

    private static void print(PrintWriter out, String study, String scenario, Quantity carbonKg) {
      out.println(
          String.join(
              ",",
              study,
              scenario,
              Double.toString(carbonKg.median()),
              Double.toString(carbonKg.low()),
              Double.toString(carbonKg.high())));
    }
  }
}
