package io.gtrace.app;

import io.gtrace.ledger.CardExport;
import io.gtrace.ledger.CardFormat;
import io.gtrace.ledger.CardSelection;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = {
      "Export the rate card: what one unit of each driver costs, by model, site, year and hour.",
      "Footprint = sum over drivers of volume times rate; join it with your own usage."
    },
    footer = {
      "",
      "Example: gtrace card --model gpt-4o,gpt-4o-mini --region eu-west-3,azure/eastus"
          + " --format parquet --out card.parquet"
    })
final class CardCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorOptions factors = new FactorOptions();

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "MODEL",
      description = "Models (default: all).")
  private List<String> models = List.of();

  @Option(
      names = {"--region", "--site"},
      split = ",",
      paramLabel = "PLACE",
      description =
          "Places; 'all' for every cloud region (default: where each provider runs its models).")
  private List<String> places = List.of("");

  @Option(
      names = "--accelerator",
      split = ",",
      paramLabel = "DEVICE",
      description = "Training on these accelerators, in addition.")
  private List<String> accelerators = List.of();

  @Option(
      names = "--year",
      paramLabel = "YEAR",
      description = "Year of the grid factors (default: the newest).")
  private Optional<Integer> year = Optional.empty();

  @Option(
      names = "--hours",
      description = "Tell months and hours of the day apart where known; needs --year.")
  private boolean hours;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv, json (one object a line) or parquet (default: csv).")
  private CardFormat format = CardFormat.CSV;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it (default: standard output; parquet needs a file).")
  private Optional<Path> path = Optional.empty();

  @Override
  public Integer call() {
    if (hours && year.isEmpty()) {
      throw new IllegalArgumentException("--hours needs --year");
    }
    if (format == CardFormat.PARQUET && path.isEmpty()) {
      throw new IllegalArgumentException("--format parquet needs --out FILE");
    }
    Optional<OutputFile> file = path.map(at -> new OutputFile("--out", at));
    file.ifPresent(out -> {
      out.requireOtherThan(factors.file().stream().toList());
      out.requirePlace();
    });
    Stream<CardRow> rows = rows(factors.gtrace().card());
    if (file.isPresent()) {
      file.get().write(at -> write(rows, at));
      return ExitCode.DONE;
    }
    PrintWriter out = Console.out(spec);
    try {
      // Nobody waits for the rest once it cannot be printed.
      write(rows.takeWhile(row -> !out.checkError()), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.DONE;
  }

  private void write(Stream<CardRow> rows, Path file) throws IOException {
    if (format == CardFormat.PARQUET) {
      CardExport.writeParquet(rows, file);
      return;
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      write(rows, writer);
    }
  }

  private void write(Stream<CardRow> rows, Writer writer) throws IOException {
    if (format == CardFormat.CSV) {
      CardExport.writeCsv(rows, writer);
    } else {
      CardExport.writeJson(rows, writer);
    }
  }

  private Stream<CardRow> rows(RateCard card) {
    OptionalInt wanted = year.isPresent() ? OptionalInt.of(year.get()) : OptionalInt.empty();
    return new CardSelection(models, places, accelerators, wanted, hours, factors.fallback())
        .rows(card);
  }
}
