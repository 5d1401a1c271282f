package io.gtrace.app;

import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.report.Figures;
import io.gtrace.report.ValidationCsv;
import io.gtrace.report.ValidationJson;
import io.gtrace.report.ValidationPage;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.Measurements;
import io.gtrace.validation.Measurements.RefusedRow;
import io.gtrace.validation.ModelKnowledge;
import io.gtrace.validation.Validation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Set measured energies of accelerators beside what the laws say of the same work.",
      "Columns: docs/validation.md."
    },
    footer = {"", "Example: gtrace validate measurements.csv --unseen --out validation.html"})
final class ValidateCommand implements Callable<Integer> {
  private static final int WORST_SHOWN = 5;
  private static final int REFUSALS_SHOWN = 50;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorOptions factors = new FactorOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Measurements as CSV, one row a condition, each file of one modality.")
  private List<Path> files = List.of();

  @Option(
      names = "--modality",
      paramLabel = "MODALITY",
      defaultValue = "",
      description = "text, image or video (default: told from the columns).")
  private String modality = "";

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "YAML that says how the columns are named there, and their units.")
  private @Nullable Path mapping;

  @Option(
      names = "--unseen",
      description = {
        "Forget every measurement of a model, and of others with its backbone, before",
        "saying what its energy is."
      })
  private boolean unseen;

  @Mixin private PageOption page = new PageOption();

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text, json (one object a modality) or csv (every row) (default: text).")
  private OutputFormat format = OutputFormat.text;

  @Override
  public Integer call() {
    Optional<OutputFile> html = page.place(inputs());
    FactorCatalogue catalogue = factors.gtrace().card().catalogue();
    LawPredictions predictions =
        new LawPredictions(
            catalogue,
            Draws.standard(catalogue.correlations()),
            unseen ? ModelKnowledge.UNSEEN : ModelKnowledge.MEASURED);
    MeasurementColumns columns = columns();
    List<Measurement> usable = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Path file : files) {
      try {
        Measurements read = plausible(read(catalogue, file, columns), predictions);
        read.refused().forEach(row -> refused.add(file + ", " + row));
        usable.addAll(read.usable());
      } catch (IllegalArgumentException notMeasurements) {
        if (files.size() == 1) {
          throw notMeasurements;
        }
        refused.add(String.valueOf(notMeasurements.getMessage()));
      }
    }
    List<Validation> validations = predictions.validate(usable);
    print(validations);
    if (!validations.isEmpty()) {
      html.ifPresent(file ->
          PageOption.write(
              file, ValidationPage.html(validations, unseen, Instant.now()), Console.err(spec)));
    }
    return Refusals.tell(
        Console.err(spec),
        String.format(Locale.ROOT, "not compared (%,d)", refused.size()),
        refused,
        REFUSALS_SHOWN);
  }

  /** The same without what is off by more than any model ever was; refused rows by line. */
  private static Measurements plausible(Measurements read, LawPredictions predictions) {
    List<Measurement> usable = new ArrayList<>();
    List<RefusedRow> refused = new ArrayList<>(read.refused());
    for (Measurement measurement : read.usable()) {
      Optional<String> implausible = predictions.implausible(measurement);
      implausible.ifPresentOrElse(
          reason -> refused.add(new RefusedRow(measurement.line(), "", reason)),
          () -> usable.add(measurement));
    }
    refused.sort(Comparator.comparingLong(RefusedRow::line));
    return new Measurements(usable, refused);
  }

  private List<Path> inputs() {
    return Stream.of(files.stream(), Stream.ofNullable(mapping), factors.file().stream())
        .flatMap(each -> each)
        .toList();
  }

  private void print(List<Validation> validations) {
    PrintWriter printed = Console.out(spec);
    switch (format) {
      case json -> printed.println(ValidationJson.of(validations));
      case csv -> printed.print(ValidationCsv.of(validations));
      case text -> {
        validations.forEach(each -> text(printed, each));
        if (validations.isEmpty()) {
          printed.println("nothing could be compared");
        }
      }
    }
    printed.flush();
  }

  private MeasurementColumns columns() {
    if (mapping == null) {
      return MeasurementColumns.OURS;
    }
    try {
      return MeasurementColumns.parse(readText(mapping));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(mapping + ": " + wrong.getMessage(), wrong);
    }
  }

  private Measurements read(FactorCatalogue catalogue, Path file, MeasurementColumns columns) {
    try {
      return MeasurementReader.read(catalogue, readText(file), columns, modality());
    } catch (IllegalArgumentException notMeasurements) {
      throw new IllegalArgumentException(
          file + ": " + notMeasurements.getMessage(), notMeasurements);
    }
  }

  private static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException binary) {
      throw new IllegalArgumentException("is not text in UTF-8", binary);
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException("there is no such file", missing);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "cannot be read: " + Failure.reason(unreadable), unreadable);
    }
  }

  private Optional<Modality> modality() {
    if (modality.isEmpty()) {
      return Optional.empty();
    }
    Optional<Modality> named = Modality.parse(modality);
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "--modality must be text, image or video, not '" + modality + "'");
    }
    return named;
  }

  private static void text(PrintWriter out, Validation validation) {
    out.printf(
        Locale.ROOT,
        "%s: %s, %s%n",
        validation.modality().label(),
        Numbers.counted(validation.rows(), "row", "rows"),
        Numbers.counted(validation.models(), "model", "models"));
    out.printf(
        Locale.ROOT,
        "  absolute error  median %.1f %%, 90th percentile %.1f %%; bias %+.1f %%%n",
        validation.medianAbsolutePercentageError(),
        validation.p90AbsolutePercentageError(),
        validation.medianSignedError());
    out.printf(
        Locale.ROOT,
        "  intervals       50 %% holds %.0f %%, 90 %% holds %.0f %%; high over low %.2f%n",
        100 * validation.coverage50(),
        100 * validation.coverage90(),
        validation.medianIntervalRatio());
    out.println("  furthest off");
    for (Comparison each : validation.worst(WORST_SHOWN)) {
      out.printf(
          Locale.ROOT,
          "    line %d, %s: measured %s J, estimated %s J (%s to %s)%s%n",
          each.measurement().line(),
          each.measurement().model().name(),
          Figures.rounded(each.measurement().energyJ()),
          Figures.rounded(each.prediction().medianJ()),
          Figures.rounded(each.prediction().low90J()),
          Figures.rounded(each.prediction().high90J()),
          each.prediction().notes().isEmpty()
              ? ""
              : ", " + String.join("; ", each.prediction().notes()));
    }
  }
}
