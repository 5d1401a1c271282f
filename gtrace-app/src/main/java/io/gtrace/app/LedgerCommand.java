package io.gtrace.app;

import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.RollupCache;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.Verification;
import io.gtrace.report.Figures;
import io.gtrace.report.FootprintJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Look after a ledger.",
    subcommands = {
      LedgerCommand.Status.class,
      LedgerCommand.Verify.class,
      LedgerRepriceCommand.class,
      LedgerExportCommand.class,
      LedgerForgetCommand.class,
      LedgerCompactCommand.class
    },
    footer = {"", "Example: gtrace ledger verify --ledger ledger"})
final class LedgerCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Console.commandLine(spec),
        "missing what to do: status, verify, reprice, export, forget or compact");
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "What is in a ledger: batches, events, period, totals, unknown models.",
      footer = {"", "Example: gtrace ledger status --ledger ledger"})
  static final class Status implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private LedgerOption ledger = new LedgerOption();

    @Mixin private TextOrJson format = new TextOrJson();

    @Override
    public Integer call() {
      Ledger.Snapshot snapshot = ledger.open().snapshot();
      try (LedgerQuery query = LedgerQuery.open(snapshot, Pricing.CURRENT)) {
        if (format.isJson()) {
          json(snapshot, query);
        } else {
          text(snapshot, query);
        }
      }
      return ExitCode.DONE;
    }

    private void text(Ledger.Snapshot snapshot, LedgerQuery query) {
      PrintWriter out = Console.out(spec);
      QueryLine total = query.total(Period.ALL);
      out.println(
          Numbers.counted((double) snapshot.events(), "event", "events")
              + " in "
              + Numbers.counted((double) snapshot.head().batch(), "batch", "batches")
              + ", "
              + bytesInWords(bytes(snapshot)));
      Period period = query.period();
      if (period.from().isPresent() && period.to().isPresent()) {
        out.println("  period  " + period.from().get() + " to " + period.to().get());
      }
      if (total.activities() > 0) {
        out.println("  energy  " + Figures.energy(total.footprint().energyKwh()));
        out.println("  carbon  " + Figures.carbon(total.footprint().carbonKg()));
        out.println("  water   " + Figures.water(total.footprint().waterL()));
      }
      out.println("  refused " + snapshot.refused() + ", read twice " + snapshot.duplicates());
      snapshot.factorSets().forEach(set -> out.println("  factors " + set));
      out.println("  head    " + snapshot.head().seal());
      Map<String, Long> unknown = query.unknownModels();
      if (!unknown.isEmpty()) {
        out.println("Models that are not known, priced by class; name them with --factors:");
        unknown.forEach((model, activities) ->
            out.printf(
                Locale.ROOT,
                "  %s (%s)%n",
                Numbers.printable(model),
                Numbers.counted((double) activities, "activity", "activities")));
      }
      out.flush();
    }

    private void json(Ledger.Snapshot snapshot, LedgerQuery query) {
      JsonLine.print(
          Console.out(spec),
          json -> {
            json.writeNumberProperty("events", snapshot.events());
            json.writeNumberProperty("batches", snapshot.head().batch());
            json.writeStringProperty("head", snapshot.head().seal());
            json.writeNumberProperty("bytes", bytes(snapshot));
            json.writeNumberProperty("refused", snapshot.refused());
            json.writeNumberProperty("duplicates", snapshot.duplicates());
            Period period = query.period();
            json.writeName("from");
            json.writeRawValue(period.from().map(each -> "\"" + each + "\"").orElse("null"));
            json.writeName("to");
            json.writeRawValue(period.to().map(each -> "\"" + each + "\"").orElse("null"));
            json.writeArrayPropertyStart("factorSets");
            snapshot.factorSets().forEach(json::writeString);
            json.writeEndArray();
            json.writeObjectPropertyStart("unknownModels");
            query.unknownModels().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeName("total");
            json.writeRawValue(FootprintJson.of(query.total(Period.ALL).footprint(), List.of()));
          });
    }

    private static long bytes(Ledger.Snapshot snapshot) {
      return snapshot.live().values().stream().mapToLong(SealedFile::bytes).sum();
    }

    private static String bytesInWords(long bytes) {
      return bytes < 1_000_000
          ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
          : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Check a ledger against its seals: the chain, every byte of every file, and every sealed"
            + " sum, computed anew from the events and the card that priced them.",
        "Keep the digest of the head elsewhere and give it with --head: then nobody can rewrite the"
            + " whole ledger unseen."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:the ledger is as it was sealed", "5:it is not"},
      footer = {"", "Example: gtrace ledger verify --ledger ledger"})
  static final class Verify implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private LedgerOption ledger = new LedgerOption();

    @Option(
        names = "--head",
        paramLabel = "DIGEST",
        defaultValue = "",
        description = "The seal that the head must have, or that a batch before it must have had.")
    private String head = "";

    @Mixin private TextOrJson format = new TextOrJson();

    @Override
    public Integer call() {
      Verification.Result result = result();
      PrintWriter out = Console.out(spec);
      if (format.isJson()) {
        JsonLine.print(
            out,
            json -> {
              json.writeBooleanProperty("intact", result.isIntact());
              json.writeNumberProperty("batches", result.head().batch());
              json.writeStringProperty("head", result.head().seal());
              json.writeNumberProperty("files", result.files());
              json.writeNumberProperty("events", result.events());
              json.writeArrayPropertyStart("findings");
              result.findings().forEach(json::writeString);
              json.writeEndArray();
            });
      } else if (result.isIntact()) {
        out.printf(
            Locale.ROOT,
            "intact: %s, %s in %s%n  head %s%n",
            Numbers.counted((double) result.head().batch(), "batch", "batches"),
            Numbers.counted((double) result.events(), "event", "events"),
            Numbers.counted((double) result.files(), "file", "files"),
            result.head().seal());
      } else {
        out.println("not as it was sealed:");
        result.findings().forEach(finding -> out.println("  " + Numbers.printable(finding)));
      }
      out.flush();
      return result.isIntact() ? ExitCode.DONE : ExitCode.LEDGER;
    }

    private Verification.Result result() {
      Ledger opened = ledger.open();
      Verification.Result sealed = Verification.of(opened, head.strip(), (files, of) -> {});
      return sealed.isIntact()
          ? new Verification.Result(
              sealed.head(),
              sealed.files(),
              sealed.events(),
              RollupCache.findings(opened.snapshot()))
          : sealed;
    }
  }
}
