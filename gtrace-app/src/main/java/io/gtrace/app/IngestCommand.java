package io.gtrace.app;

import io.gtrace.ledger.LedgerFollow;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.UsageFiles;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Seal;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private UsageInput input = new UsageInput();
  @Mixin private FollowOptions follow = new FollowOptions();
  @Mixin private WriterWait wait = new WriterWait();
  @Mixin private TextOrJson format = new TextOrJson();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "Usage: files, folders, - for standard input, or patterns such as 'logs/*.jsonl.gz'."
            + " Formats are told by content: gtrace formats.",
        "Or postgres://USER@HOST/DATABASE of a LiteLLM: only what is new since the last time is"
            + " read; the password is that of the address, of PGPASSWORD or of ~/.pgpass."
      })
  private List<String> named = List.of();

  @Override
  public Integer call() {
    boolean database = named.stream().anyMatch(DatabaseAddress::isMeantBy);
    if ((database || follow.isAsked()) && named.size() > 1) {
      throw new IllegalArgumentException(
          (database ? "a database" : "--follow") + " is read alone: leave out the other FILEs");
    }
    LedgerIngest.Result result =
        database
            ? fromDatabase(named.get(0))
            : follow.isAsked() ? followed(Path.of(named.get(0))) : read();
    tell(Ledger.open(ledger.folder()), result);
    Refusals.tell(
        Console.err(spec),
        result.refused(),
        result.refusals(),
        result.quarantine(),
        result.quarantineRemark());
    return result.quarantine().isPresent() ? ExitCode.SOME_REFUSED : ExitCode.DONE;
  }

  private LedgerIngest.Result read() {
    return ingest(input.files(named.stream().map(Path::of).toList()));
  }

  private LedgerIngest.Result ingest(UsageFiles files) {
    UsageOutputs outputs = input.outputs(files, Optional.empty(), factors.path());
    Ledger into = Ledger.openOrCreate(ledger.folder());
    try (ProgressLine progress = ProgressLine.on(Console.err(spec))) {
      return new LedgerIngest(LedgerCard.of(factors), Clock.systemUTC(), progress, Main.version())
          .ingest(into, wait.duration(), files, outputs.quarantine().path());
    }
  }

  private LedgerIngest.Result fromDatabase(String named) {
    if (follow.isAsked()) {
      throw new IllegalArgumentException(
          "--follow is for files; a database gives what is new each time it is read");
    }
    DatabaseAddress address = DatabaseAddress.parse(named, System.getenv());
    Optional<String> mark =
        Ledger.openOrCreate(ledger.folder()).snapshot().mark(SpendLogTable.nameAt(address));
    try (SpendLogTable table = SpendLogTable.open(address, mark)) {
      return ingest(UsageFiles.of(table, input.defaults().usage()));
    }
  }

  private LedgerIngest.Result followed(Path file) {
    if (file.toString().equals("-")) {
      throw new IllegalArgumentException(
          "standard input cannot be followed: it is read to its end without --follow");
    }
    UsageFiles files = input.files(List.of(file));
    UsageOutputs outputs = input.outputs(files, Optional.empty(), factors.path());
    PrintWriter err = Console.err(spec);
    try (Interruption interruption = Interruption.watched(err)) {
      LedgerFollow following =
          new LedgerFollow(
              LedgerCard.of(factors),
              Clock.systemUTC(),
              Main.version(),
              interruption::isAwayFor,
              new FollowLines(err));
      err.println("gtrace: following " + file + "; Ctrl-C seals what was read and ends");
      return following.follow(
          Ledger.openOrCreate(ledger.folder()),
          file,
          input.inputFormat().format(),
          input.defaults().usage(),
          outputs.quarantine().path(),
          follow.options(wait.duration()));
    }
  }

  /** Tells of a file that is being followed. */
  private record FollowLines(PrintWriter err) implements LedgerFollow.Followed {
    @Override
    public void sealed(Seal seal) {
      err.printf(
          Locale.ROOT,
          "gtrace: batch %,d: %s added, %,d known already, %,d not accounted%n",
          seal.number(),
          Numbers.counted((double) seal.events(), "event", "events"),
          seal.duplicates(),
          seal.refused());
      err.flush();
    }

    @Override
    public void postponed(LedgerException reason) {
      err.println("gtrace: waiting: " + reason.getMessage());
      err.flush();
    }
  }

  private void tell(Ledger into, LedgerIngest.Result result) {
    PrintWriter out = Console.out(spec);
    Ledger.Snapshot snapshot = into.snapshot();
    if (format.isJson()) {
      JsonLine.print(
          out,
          json -> {
            json.writeNumberProperty("added", result.added());
            json.writeNumberProperty("duplicates", result.duplicates());
            json.writeNumberProperty("revised", result.revised());
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
    if (result.revised() > 0) {
      out.println(
          Numbers.counted((double) result.revised(), "metered bucket", "metered buckets")
              + " revised: larger counts took the place of those of before");
    }
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
