package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Quantity;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.ledger.LedgerAppender;
import io.gtrace.ledger.UsageEvent;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.meter.AttachedRun;
import io.gtrace.meter.CommandNotRunException;
import io.gtrace.meter.CommandRun;
import io.gtrace.meter.Machine;
import io.gtrace.meter.Metering;
import io.gtrace.meter.Sampling;
import io.gtrace.meter.load.Counted;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "meter",
    mixinStandardHelpOptions = true,
    description = {
      "Run a command and measure what it takes on this machine: energy counters of processors,"
          + " memory and GPUs, and the command's own share of them.",
      "The command has its standard streams to itself; what was measured goes to standard error, or"
          + " to --out. Its exit code is passed on; 127 where it is not found, 126 where it may not"
          + " be run.",
      "With --pid a process that runs already is measured until it ends, or until Ctrl-C."
    },
    footer = {
      "",
      "Example: gtrace meter --region FR -- python train.py",
      "Example: gtrace meter --region DE --kind training --model our-13b --team search --ledger ledger"
          + " -- ./train.sh",
      "Example: gtrace meter --region FR --pid 4711",
      "Example: gtrace meter --list"
    })
final class MeterCommand implements Callable<Integer> {
  private static final double LEAST_SECONDS = 0.02;

  /** Small counters begin anew within minutes at full power. */
  private static final double MOST_SECONDS = 60;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The program and its arguments, after --.")
  private List<String> command = List.of();

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = {
        "Measure a process that runs already, and what it starts, from now until it ends or gtrace is"
            + " interrupted, in place of a command."
      })
  private Optional<Long> pid = Optional.empty();

  @Option(
      names = "--list",
      description = "Tell what can be measured on this machine, and what cannot, and why.")
  private boolean list;

  @Option(
      names = "--count",
      paramLabel = "WHAT",
      defaultValue = "command",
      description = {
        "What is counted: command (it and all that it starts), cgroup (all in the control group that"
            + " gtrace runs in, as a container), or machine (default: command)."
      })
  private Counted counted = Counted.COMMAND;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Time between two readings, 0.02 to 60 (default: 1).")
  private double intervalSeconds;

  @Mixin private MeterPlace place = new MeterPlace();
  @Mixin private MeterBooking booking = new MeterBooking();
  @Mixin private WriterWait wait = new WriterWait();
  @Mixin private FactorFile factors = new FactorFile();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write what was measured to a file, as JSON if its name ends in .json.")
  private Optional<Path> out = Optional.empty();

  @Mixin private TextOrJson format = new TextOrJson();

  @Option(names = "--quiet", description = "Print no line while the command runs.")
  private boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    if (list) {
      return list();
    }
    requireRight();
    MeterPrices prices = place.prices(factors);
    booking.ledger().ifPresent(folder -> requireBookable(prices, folder));
    out.map(path -> new OutputFile("--out", path)).ifPresent(OutputFile::requirePlace);
    PrintWriter err = Console.err(spec);
    if (pid.isPresent()) {
      return attached(running(pid.get()), prices, err);
    }
    try (Machine machine = Machine.find(Machine.View.here(counted))) {
      CommandRun.Ended ended;
      try (MeterLine line = MeterLine.on(err, quiet)) {
        ended = new CommandRun(machine, sampling(line), InstantSource.system()).run(command);
      } catch (CommandNotRunException notRun) {
        err.println("gtrace: " + notRun.getMessage());
        return notRun.exitCode();
      }
      Subject subject = new Subject(String.join(" ", command), command.get(0));
      int told = told(machine, prices, subject, OptionalInt.of(ended.exitCode()), ended.metering());
      // A command that failed is what its caller must know first.
      return ended.exitCode() == 0 ? told : ended.exitCode();
    }
  }

  private int attached(ProcessHandle process, MeterPrices prices, PrintWriter err)
      throws InterruptedException {
    Subject subject = Subject.of(process);
    try (Machine machine = Machine.find(Machine.View.ofProcess(process.pid(), counted))) {
      Metering metering;
      try (MeterLine line = MeterLine.on(err, quiet)) {
        metering = new AttachedRun(machine, sampling(line), InstantSource.system()).run(process);
      }
      return told(machine, prices, subject, OptionalInt.empty(), metering);
    }
  }

  /**
   * @throws IllegalArgumentException if there is no such process
   */
  private static ProcessHandle running(long pid) {
    if (pid == ProcessHandle.current().pid()) {
      throw new IllegalArgumentException("--pid " + pid + " is gtrace itself");
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--pid " + pid + ": no such process runs, or this user may not see it"));
  }

  /**
   * What is measured.
   *
   * @param text for people
   * @param program its name or file
   */
  private record Subject(String text, String program) {
    static Subject of(ProcessHandle process) {
      String numbered = "process " + process.pid();
      ProcessHandle.Info info = process.info();
      return new Subject(
          numbered + info.commandLine().or(info::command).map(line -> ": " + line).orElse(""),
          info.command().orElse(numbered));
    }
  }

  private void requireRight() {
    if (command.isEmpty() && pid.isEmpty()) {
      throw new IllegalArgumentException(
          "missing the command to measure, as in gtrace meter -- python train.py");
    }
    if (!command.isEmpty() && pid.isPresent()) {
      throw new IllegalArgumentException(
          "either a command is measured or the process of --pid, not both");
    }
    if (!(intervalSeconds >= LEAST_SECONDS && intervalSeconds <= MOST_SECONDS)) {
      throw new IllegalArgumentException(
          "--interval must be 0.02 to 60 seconds, not " + intervalSeconds);
    }
  }

  private Sampling sampling(MeterLine line) {
    return new Sampling(Duration.ofNanos(Math.round(intervalSeconds * 1e9)), line::show);
  }

  /** Whatever would keep the run out of the ledger is told before it, not after hours of work. */
  private void requireBookable(MeterPrices prices, Path folder) {
    prices.requireBookable();
    Ledger.openOrCreate(folder);
  }

  private int list() {
    PrintWriter results = Console.out(spec);
    try (Machine machine = Machine.find(Machine.View.here(counted))) {
      if (format.isJson()) {
        JsonLine.print(results, json -> MeterJson.writeMachine(json, machine));
      } else {
        MeterText.printMachine(results, machine);
      }
    }
    return ExitCode.DONE;
  }

  private int told(
      Machine machine,
      MeterPrices prices,
      Subject subject,
      OptionalInt exitCode,
      Metering metering) {
    Activity activity = booking.activity(machine, metering, prices, subject.program());
    MeterReport report =
        new MeterReport(
            subject.text(),
            exitCode,
            machine,
            metering,
            metering.isMeasured() ? Grade.E3 : Grade.E2,
            prices.price(activity));
    Optional<String> runId = booking.ledger().map(folder -> book(folder, activity));
    print(report, runId);
    return ExitCode.DONE;
  }

  private String book(Path folder, Activity activity) {
    String runId = "gtrace-meter-" + UUID.randomUUID();
    try (LedgerAppender appender =
        new LedgerAppender(
            Ledger.open(folder), LedgerCard.of(factors), InstantSource.system(), Main.version())) {
      LedgerAppender.Result result =
          appender.append(
              List.of(new UsageEvent(runId, activity)),
              "measured by gtrace meter",
              wait.duration());
      result
          .refused()
          .forEach(refused ->
              Console.err(spec)
                  .println(
                      "gtrace: not in the ledger: " + refused.field() + ": " + refused.reason()));
    }
    return runId;
  }

  private void print(MeterReport report, Optional<String> runId) {
    if (out.isEmpty()) {
      PrintWriter err = Console.err(spec);
      write(err, report, runId, format.isJson());
      err.flush();
      return;
    }
    boolean json = format.isJson() || out.get().toString().endsWith(".json");
    new OutputFile("--out", out.get())
        .write(file -> {
          try (PrintWriter writer =
              new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            write(writer, report, runId, json);
          }
        });
  }

  private static void write(
      PrintWriter writer, MeterReport report, Optional<String> runId, boolean json) {
    if (json) {
      JsonLine.print(writer, generator -> MeterJson.write(generator, report, runId));
    } else {
      MeterText.print(writer, report, runId);
    }
  }

  /** How far a run has come, in one line on a terminal that is wiped at the end. */
  private record MeterLine(PrintWriter err, boolean shown) implements AutoCloseable {
    private static final int WIDTH = 70;

    static MeterLine on(PrintWriter err, boolean quiet) {
      return new MeterLine(err, !quiet && Boolean.getBoolean("gtrace.terminal"));
    }

    void show(Metering metering) {
      if (!shown) {
        return;
      }
      double seconds = metering.length().toNanos() / 1e9;
      double kwh = metering.own().kwh();
      String power = seconds > 0 ? Figures.rounded(metering.own().joules() / seconds) + " W" : "";
      String line =
          String.format(
              Locale.ROOT,
              "gtrace: %.0f s, %s, mean %s",
              seconds,
              Figures.energy(new Quantity(kwh, kwh, kwh)),
              power);
      err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
      err.flush();
    }

    @Override
    public void close() {
      if (shown) {
        err.print("\r" + " ".repeat(WIDTH) + "\r");
        err.flush();
      }
    }
  }
}
