package io.gtrace.app;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.WholePeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.AssessmentHistory;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.report.AssessmentJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "assess",
    mixinStandardHelpOptions = true,
    description = {
      "Assess an organisation: every indicator that its ledger and evidence tell of.",
      "Evidence that is wrong is named with its line; what rests on it is not known, and everything"
          + " else is assessed."
    },
    footer = {
      "",
      "Example: gtrace pyramid assess --ledger ledger --profile org.yaml --period 2025-Q4"
          + " --out pyramid.html --out board.pdf"
    })
final class PyramidAssessCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private FactorFile factors = new FactorFile();
  @Mixin private WriterWait wait = new WriterWait();
  @Mixin private AssessmentFiles files = new AssessmentFiles();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      required = true,
      description = "Who the organisation is (YAML); gtrace pyramid init makes one.")
  private Path profile = Path.of("");

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description =
          "2025, 2025-H1, 2025-Q2 or 2025-06 (default: the last quarter that the ledger has whole).")
  private Optional<String> period = Optional.empty();

  @Option(
      names = "--record",
      description = "Keep the assessment in the ledger's chain of seals: two periods make a level.")
  private boolean record;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json or csv (default: text).")
  private OutputFormat format = OutputFormat.text;

  @Override
  public Integer call() {
    List<OutputFile> drawn = files.places(List.of(profile));
    drawn.forEach(file -> file.requireOutside(ledger.folder()));
    Profile who = Profile.read(profile);
    drawn.forEach(file -> file.requireOutside(who.evidence()));
    Ledger opened = ledger.open();
    Ledger.Snapshot snapshot = opened.snapshot();
    Evidence evidence = Evidence.read(who.evidence(), EvidenceKinds.shipped());
    ReportingPeriod asked =
        period.map(ReportingPeriod::parse).orElseGet(() -> WholePeriod.lastOf(snapshot));
    if (record && asked.to().isAfter(Instant.now())) {
      throw new IllegalArgumentException(
          "--record: " + asked + " is not over; only whole periods are recorded");
    }
    Assessment assessment =
        new Assessor(Pyramid.shipped(), LedgerCard.of(factors))
            .assess(
                snapshot, who, evidence, asked, AssessmentHistory.of(snapshot, who.organisation()));
    PrintWriter out = Console.out(spec);
    switch (format) {
      case json -> out.println(AssessmentJson.of(assessment));
      case csv -> AssessmentTable.print(out, assessment);
      case text -> AssessmentText.print(out, assessment);
    }
    out.flush();
    PrintWriter err = Console.err(spec);
    Instant now = Instant.now();
    drawn.forEach(file -> AssessmentFiles.write(file, assessment, now, err));
    if (record) {
      String json = AssessmentJson.of(assessment);
      int batch =
          AssessmentHistory.keep(
                  opened, assessment, json, Main.version(), wait.duration(), Clock.systemUTC())
              .number();
      err.println("Recorded as batch " + batch + " of " + ledger.folder());
      err.flush();
    }
    return assessment.faults().isEmpty() ? ExitCode.DONE : ExitCode.SOME_REFUSED;
  }
}
