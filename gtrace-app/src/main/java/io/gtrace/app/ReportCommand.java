package io.gtrace.app;

import io.gtrace.ledger.Accounting;
import io.gtrace.ledger.LedgerAccount;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Write a report of a ledger, or of a period of it, and print its summary.",
    footer = {
      "",
      "Example: gtrace report --ledger ledger --from 2026-03 --to 2026-04 --out march.html"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private PeriodOptions period = new PeriodOptions();
  @Mixin private FactorFile factors = new FactorFile();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "gtrace-report.html",
      description =
          "The report; HTML, Markdown, CSV or JSON by its ending (default: gtrace-report.html).")
  private Path out = Path.of("gtrace-report.html");

  @Option(names = "--title", paramLabel = "TEXT", description = "Its title.")
  private Optional<String> title = Optional.empty();

  @Override
  public Integer call() {
    Ledger.Snapshot snapshot = ledger.open().snapshot();
    RateCard card = LedgerCard.of(factors);
    Accounting accounting =
        LedgerAccount.of(
            snapshot,
            card,
            period.period(),
            title.orElse("Ledger " + ledger.folder().toAbsolutePath().normalize().getFileName()));
    UsageOutputs outputs = UsageOutputs.of(Optional.of(out), Path.of("quarantine"));
    return new UsageCommand(card, spec).summary(accountant -> accounting, outputs);
  }
}
