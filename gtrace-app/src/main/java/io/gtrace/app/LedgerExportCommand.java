package io.gtrace.app;

import io.gtrace.ledger.query.LedgerExport;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write every event with its energy, carbon and water (medians) as CSV, JSON lines or Parquet.",
    footer = {
      "",
      "Example: gtrace ledger export --ledger ledger --from 2026-03 --to 2026-04 --out march.parquet"
    })
final class LedgerExportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private PeriodOptions period = new PeriodOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where to; .csv, .jsonl or .parquet.")
  private Path out = Path.of("");

  @Option(
      names = "--as-sealed",
      description = "By the factors that each batch was sealed with, whatever was repriced since.")
  private boolean asSealed;

  @Override
  public Integer call() {
    OutputFile file = new OutputFile("--out", out);
    String name = out.toString().toLowerCase(Locale.ROOT);
    boolean parquet = name.endsWith(".parquet");
    if (!parquet && !name.endsWith(".csv") && !name.endsWith(".jsonl")) {
      throw new IllegalArgumentException(file + ": the name must end in .csv, .jsonl or .parquet");
    }
    file.requirePlace();
    Ledger.Snapshot snapshot = ledger.open().snapshot();
    Pricing pricing = asSealed ? Pricing.AS_SEALED : Pricing.CURRENT;
    if (parquet) {
      file.write(at -> LedgerExport.parquet(snapshot, pricing, period.period(), at));
    } else {
      OutputFormat format = name.endsWith(".csv") ? OutputFormat.csv : OutputFormat.json;
      try (LedgerQuery query = LedgerQuery.open(snapshot, pricing)) {
        file.write(at -> writeText(query, format, at));
      }
    }
    Console.out(spec).println("Events: " + file.shortestPath());
    return ExitCode.DONE;
  }

  private void writeText(LedgerQuery query, OutputFormat format, Path at) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(at, StandardCharsets.UTF_8);
        PrintWriter text = new PrintWriter(writer)) {
      query.events(period.period(), SqlRows.streaming(format, text));
      if (text.checkError()) {
        throw new IOException("it could not be written to its end");
      }
    }
  }
}
