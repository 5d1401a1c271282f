package io.gtrace.app;

import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.facts.AssurerCheck;
import io.gtrace.governance.facts.AssurerStatement;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    description = {
      "Print what an assurer signs who has checked a table of evidence: whose it is, of which"
          + " period, and the digest of what it says.",
      "docs/pyramid.md has the commands that sign it."
    },
    footer = {
      "",
      "Example: gtrace pyramid statement --profile org.yaml --table assurance --period 2025"
    })
final class PyramidStatementCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      required = true,
      description = "Who the organisation is (YAML).")
  private Path profile = Path.of("");

  @Option(
      names = "--table",
      paramLabel = "KIND",
      required = true,
      description = "The table that was checked, as assurance or meters.")
  private String kind = "";

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      required = true,
      description = "The period that it was checked for: 2025, 2025-H1, 2025-Q2 or 2025-06.")
  private String period = "";

  @Override
  public Integer call() {
    Profile who = Profile.read(profile);
    EvidenceKinds kinds = EvidenceKinds.shipped();
    if (kinds.named(kind).isEmpty()) {
      throw new IllegalArgumentException(
          "--table: there is no kind of evidence '" + kind + "'; there are " + kinds.names());
    }
    EvidenceTable table =
        Evidence.read(who.evidence(), kinds)
            .table(kind)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--table: there is no table of " + kind + " in " + who.evidence()));
    Path file = Path.of(table.file());
    PrintWriter out = Console.out(spec);
    out.print(
        AssurerStatement.of(who.organisation(), kind, ReportingPeriod.parse(period), file).text());
    out.flush();
    PrintWriter err = Console.err(spec);
    table.faults().forEach(fault -> err.println("gtrace: " + fault));
    err.println("Its signed form belongs in " + AssurerCheck.signatureOf(file));
    err.flush();
    return table.faults().isEmpty() ? ExitCode.DONE : ExitCode.SOME_REFUSED;
  }
}
