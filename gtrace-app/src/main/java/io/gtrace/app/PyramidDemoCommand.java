package io.gtrace.app;

import io.gtrace.governance.demo.DemoOrganisation;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.AssessmentHistory;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.AssessmentJson;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyException;
import io.gtrace.simulation.study.StudyRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Assess a made-up organisation: the Azure traces and a year of simulated teams in a ledger,"
          + " and evidence that fits, a simulated surge among it.",
      "Its ledger, profile and evidence are kept, to be changed and assessed again."
    },
    footer = {"", "Example: gtrace pyramid demo --out /tmp/gtrace-pyramid-demo"})
final class PyramidDemoCommand implements Callable<Integer> {
  private static final double SURGE_SCALE = 0.005;
  private static final int SURGE_RUNS = 100;
  private static final ReportingPeriod BEFORE = ReportingPeriod.parse("2025-Q3");
  private static final ReportingPeriod NOW = ReportingPeriod.parse("2025-Q4");

  @Spec private @Nullable CommandSpec spec;
  @Mixin private TextOrJson format = new TextOrJson();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "gtrace-pyramid-demo",
      description = "An empty folder, made if it is not there (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("gtrace-pyramid-demo");

  @Override
  public Integer call() {
    requireEmpty();
    PrintWriter err = Console.err(spec);
    RateCard card = LedgerCard.of(new FactorFile());
    Clock clock = Clock.systemUTC();
    DemoOrganisation demo;
    try (ProgressLine progress = ProgressLine.on(err)) {
      demo = DemoOrganisation.make(folder, card, clock, progress, Main.version());
    }
    simulateSurge(demo, card, err);
    Ledger ledger = Ledger.open(demo.ledger());
    Profile profile = Profile.read(demo.profile());
    Assessment before = assess(ledger, profile, card, BEFORE);
    AssessmentHistory.keep(
        ledger, before, AssessmentJson.of(before), Main.version(), Duration.ZERO, clock);
    Assessment now = assess(ledger, profile, card, NOW);
    AssessmentHistory.keep(
        ledger, now, AssessmentJson.of(now), Main.version(), Duration.ZERO, clock);
    PrintWriter out = Console.out(spec);
    if (format.isJson()) {
      out.println(AssessmentJson.of(now));
    } else {
      AssessmentText.print(out, now);
    }
    out.flush();
    Instant drawn = Instant.now();
    for (String name : List.of("pyramid.html", "board.pdf")) {
      AssessmentFiles.write(new OutputFile("--out", folder.resolve(name)), now, drawn, err);
    }
    next(err, demo);
    return ExitCode.DONE;
  }

  /** Runs the study that evidence of 4.4 names. */
  private static void simulateSurge(DemoOrganisation demo, RateCard card, PrintWriter err) {
    try (StopSignal stop = StopSignal.listening();
        StudyProgress progress = new StudyProgress(err, stop);
        StudyFolder results = StudyFolder.open(demo.surgeRun())) {
      results.write(
          new StudyRun(
                  card,
                  World.shipped(),
                  new StudyRun.Settings(
                      SURGE_SCALE, 1, Runtime.getRuntime().availableProcessors(), SURGE_RUNS),
                  progress)
              .run(Study.read(demo.surge().toString())));
    } catch (CancellationException stopped) {
      throw new StudyException(demo.surge() + ": " + stopped.getMessage());
    }
  }

  private void next(PrintWriter err, DemoOrganisation demo) {
    Path evidence = folder.resolve("evidence");
    err.println(
        "Next: the surge of "
            + demo.surge()
            + " breaks the budget (4.4). Its scenario "
            + DemoOrganisation.SURGE_CONTROL
            + " checks it:");
    err.println(
        "name it in " + evidence.resolve("surge.csv") + ", as with these two lines, and assess:");
    err.println("  run,share_of_wave,scenario");
    err.println("  " + demo.surgeRun().getFileName() + ",1," + DemoOrganisation.SURGE_CONTROL);
    err.println(
        "  gtrace pyramid assess --ledger " + demo.ledger() + " --profile " + demo.profile());
    err.println(
        "So it goes with whatever else you change in "
            + evidence
            + ". Of another surge, change the study and run it:");
    err.println(
        "  gtrace study run "
            + demo.surge()
            + " --scale "
            + SURGE_SCALE
            + " --runs "
            + SURGE_RUNS
            + " --out "
            + demo.surgeRun());
    err.flush();
  }

  private static Assessment assess(
      Ledger ledger, Profile profile, RateCard card, ReportingPeriod period) {
    Ledger.Snapshot snapshot = ledger.snapshot();
    return new Assessor(Pyramid.shipped(), card)
        .assess(
            snapshot,
            profile,
            Evidence.read(profile.evidence(), EvidenceKinds.shipped()),
            period,
            AssessmentHistory.of(snapshot, profile.organisation()));
  }

  private void requireEmpty() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "--out " + folder + ": is not empty; give the demo a folder of its own");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("--out " + folder + ": cannot be read: " + Failure.reason(e), e));
    }
  }
}
