package io.gtrace.app;

import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.UsageFiles;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description =
        "Read usage into a ledger: every event once, priced, sealed. Reading the same again, also"
            + " from another file or format, changes nothing.",
    footer = {
      "",
      "Example: gtrace ingest usage.jsonl --ledger ledger",
      "Example: gtrace ingest march.csv april.parquet --ledger ledger --team search --region eu-west-3"
    })
final class IngestCommand implements Callable<Integer> {
  private static final int MOST_UNKNOWN = 5;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private FactorFile factors = new FactorFile();
  @Mixin private UsageDefaultOptions defaults = new UsageDefaultOptions();
  @Mixin private InputFormatOptions inputFormat = new InputFormatOptions();
  @Mixin private WriterWait wait = new WriterWait();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Usage: files, folders, - for standard input, or patterns such as 'logs/*.jsonl.gz'."
              + " Formats are told by content: gtrace formats.")
  private List<Path> named = List.of();

  @Option(
      names = "--quarantine",
      paramLabel = "FILE",
      description =
          "Keeps rows that were refused, with the reason (default: quarantine-usage.csv.jsonl for"
              + " usage.csv, here).")
  private Optional<Path> quarantine = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: text).")
  private OutputFormat format = OutputFormat.text;

  @Override
  public Integer call() {
    UsageFiles files = UsageFiles.of(named, System.in, inputFormat.format(), defaults.usage());
    UsageOutputs outputs =
        UsageOutputs.of(Optional.empty(), quarantine.orElseGet(files::quarantine));
    outputs.requireOtherThan(
        Stream.of(files.paths(), factors.path().stream().toList(), inputFormat.files())
            .flatMap(List::stream)
            .toList());
    Ledger into = Ledger.openOrCreate(ledger.folder());
    LedgerIngest.Result result;
    try (ProgressLine progress = ProgressLine.on(Console.err(spec))) {
      result =
          new LedgerIngest(LedgerCard.of(factors), Clock.systemUTC(), progress, Main.version())
              .ingest(into, wait.duration(), files, outputs.quarantine().path());
    }
    tell(into, result);
    Refusals.tell(
        Console.err(spec),
        result.refused(),
        result.refusals(),
        result.quarantine(),
        result.quarantineRemark());
    return result.quarantine().isPresent() ? ExitCode.SOME_REFUSED : ExitCode.DONE;
  }

  private void tell(Ledger into, LedgerIngest.Result result) {
    PrintWriter out = Console.out(spec);
    Ledger.Snapshot snapshot = into.snapshot();
    if (format == OutputFormat.json) {
      JsonLine.print(
          out,
          json -> {
            json.writeNumberProperty("added", result.added());
            json.writeNumberProperty("duplicates", result.duplicates());
            json.writeNumberProperty("refused", result.refused());
            json.writeNumberProperty("batches", result.seals().size());
            json.writeNumberProperty("batch", snapshot.head().batch());
            json.writeStringProperty("seal", snapshot.head().seal());
            json.writeNumberProperty("events", snapshot.events());
          });
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s added, %,d known already, %,d not accounted%n",
        Numbers.counted((double) result.added(), "event", "events"),
        result.duplicates(),
        result.refused());
    result.notes().forEach(note -> out.println("note: " + note));
    try (LedgerQuery query = LedgerQuery.open(snapshot, RollupFiles.Pricing.CURRENT)) {
      QueryLine total = query.total(Period.ALL);
      out.printf(
          Locale.ROOT,
          "%s: %s in %s%n",
          ledger.folder(),
          Numbers.counted((double) snapshot.events(), "event", "events"),
          Numbers.counted((double) snapshot.head().batch(), "batch", "batches"));
      if (total.activities() > 0) {
        out.println("  energy  " + Figures.energy(total.footprint().energyKwh()));
        out.println("  carbon  " + Figures.carbon(total.footprint().carbonKg()));
        out.println("  water   " + Figures.water(total.footprint().waterL()));
      }
      unknown(out, query.unknownModels());
    }
    out.println("Next: gtrace query --ledger " + ledger.folder() + " --by team,model");
    out.flush();
  }

  private static void unknown(PrintWriter out, Map<String, Long> models) {
    if (models.isEmpty()) {
      return;
    }
    out.println("Not known, so priced by class with a wide interval; name them with --factors:");
    models.entrySet().stream()
        .limit(MOST_UNKNOWN)
        .forEach(model ->
            out.printf(
                Locale.ROOT,
                "  %s (%s)%n",
                Numbers.printable(model.getKey()),
                Numbers.counted((double) model.getValue(), "activity", "activities")));
    if (models.size() > MOST_UNKNOWN) {
      out.println("  … and " + (models.size() - MOST_UNKNOWN) + " more: gtrace ledger status");
    }
  }
}
