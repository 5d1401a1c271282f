package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.report.Figures;
import io.gtrace.report.FitPage;
import io.gtrace.report.FootprintJson;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.FitCoverage;
import io.gtrace.simulation.study.FitOutcome;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import io.gtrace.simulation.study.FitOutcome.PeriodPrediction;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.FitOutcome.SeriesPrediction;
import io.gtrace.simulation.study.InterestSeries;
import io.gtrace.simulation.study.Observation;
import io.gtrace.simulation.study.Observations;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyException;
import io.gtrace.simulation.study.StudyFit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
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
import tools.jackson.core.JsonGenerator;

@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    description = {
      "Fit the uncertain inputs of a study to what was counted and published.",
      "The intervals of the study are the prior; counts err as they say. Counts that are held out"
          + " show whether the fitted study foretells them: docs/studies.md."
    },
    footer = {"", "Example: gtrace study fit ghibli-2025 --scale 0.0001 --runs 20 --generations 3"})
final class StudyFitCommand implements Callable<Integer> {
  private static final double USUAL_SCALE = 0.0002;
  private static final int REFUSALS_SHOWN = 5;
  private static final int MOST_FITS = 10_000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorOptions factors = new FactorOptions();

  @Parameters(paramLabel = "STUDY", description = "A study that ships, or a YAML file.")
  private String name = "";

  @Option(
      names = "--observations",
      paramLabel = "FILE",
      description =
          "CSV of quantity (adopters, new-users, new-users-in-an-hour, outputs), from, until, value,"
              + " low, high, held_out, source (default: those that ship with the study).")
  private Optional<Path> observations = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "SHARE",
      description = "People simulated for one person of the study (default: 0.0002).")
  private Optional<Double> scale = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "NUMBER",
      defaultValue = "200",
      description = "Runs of a generation (default: 200).")
  private int runs;

  @Option(
      names = "--generations",
      paramLabel = "NUMBER",
      defaultValue = "15",
      description = "Generations at most (default: 15).")
  private int generations;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Another seed gives other runs (default: 1).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "Threads (default: one for each processor); the result is the same.")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private StudyInterest interest = new StudyInterest();

  @Option(
      names = "--coverage",
      paramLabel = "FITS",
      description =
          "Check the fit instead: draw so many truths from the prior, count them as these counts were,"
              + " fit each, and tell how often the intervals held the truth.")
  private Optional<Integer> coverage = Optional.empty();

  @Mixin private PageOption pages = new PageOption();

  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    Optional<OutputFile> page =
        pages.place(Stream.concat(observations.stream(), interest.files().stream()).toList());
    if (page.isPresent() && coverage.isPresent()) {
      throw new IllegalArgumentException(
          "--out writes the page of one fit, not of --coverage: leave out one of them");
    }
    Study study = Study.read(name);
    List<Observation> counted =
        observations.map(Observations::read).orElseGet(() -> Observations.shippedWith(name));
    StudyInterest.Read trends = interest.read(study, Instant.now());
    if (counted.isEmpty() && trends.series().isEmpty()) {
      throw new StudyException(
          name + ": no observations ship with it; give some: --observations or --trend");
    }
    StudyFit.Settings settings =
        new StudyFit.Settings(
            scale.orElse(USUAL_SCALE),
            seed,
            threads.orElse(Runtime.getRuntime().availableProcessors()),
            runs,
            generations);
    Study lasting = shortened(study, counted, trends.series());
    PrintWriter out = Console.out(spec);
    try (StopSignal stop = StopSignal.listening();
        StudyProgress progress = new StudyProgress(Console.err(spec), stop)) {
      StudyFit fit = new StudyFit(factors.gtrace().card(), World.shipped(), settings, progress);
      if (coverage.isPresent()) {
        print(out, fit.coverage(lasting, counted, trends.series(), fits()));
      } else {
        FitOutcome outcome = fit.fit(lasting, counted, trends.series());
        print(out, outcome);
        out.flush();
        page.ifPresent(file ->
            PageOption.write(file, FitPage.html(outcome, Instant.now()), Console.err(spec)));
      }
    }
    out.flush();
    return Refusals.tell(
        Console.err(spec),
        Numbers.counted(trends.refused().size(), "cell or row", "cells or rows") + " not used",
        trends.refused(),
        REFUSALS_SHOWN);
  }

  private int fits() {
    int fits = coverage.orElse(0);
    if (fits < 1 || fits > MOST_FITS) {
      throw new IllegalArgumentException("--coverage must be 1 to " + MOST_FITS + ", not " + fits);
    }
    return fits;
  }

  private void print(PrintWriter out, FitOutcome outcome) {
    switch (format.chosen()) {
      case json -> JsonLine.print(out, json -> write(json, outcome));
      case csv -> inputs(outcome).print(out, OutputFormat.csv);
      case text -> printText(out, outcome);
    }
  }

  private void print(PrintWriter out, FitCoverage found) {
    if (format.chosen() == OutputFormat.text) {
      out.println(found.fits() + " truths drawn from the prior and fitted; 90 % should be held");
    }
    new TextTable<>(
            List.of(
                TextTable.Column.<FitCoverage.OfInput>of(
                    "input", "input", FitCoverage.OfInput::pointer),
                TextTable.Column.<FitCoverage.OfInput>of(
                    "truths held", "held", FitCoverage.OfInput::covered),
                TextTable.Column.<FitCoverage.OfInput>of(
                    "interval over prior", "narrowed_to", FitCoverage.OfInput::narrowedTo)),
            found.inputs())
        .print(out, format.chosen());
    if (format.chosen() == OutputFormat.text && found.heldOut() > 0) {
      out.println(
          found.heldOutCovered()
              + " of "
              + found.heldOut()
              + " figures that were held out lie where they were foretold");
    }
  }

  /** Nothing after the last count says anything about them. */
  private static Study shortened(
      Study study, List<Observation> counted, List<InterestSeries> series) {
    double days =
        Stream.concat(
                counted.stream().map(Observation::until),
                series.stream()
                    .flatMap(each -> each.periods().stream())
                    .map(InterestSeries.Period::until))
            .mapToDouble(
                until -> (until.getEpochSecond() - study.start().getEpochSecond()) / 86_400.0)
            .max()
            .orElse(1);
    if (days <= 0) {
      throw new StudyException(study.id() + ": all observations end before its start");
    }
    return study.forDays(Math.min(days, study.hours() / 24.0));
  }

  private static void printText(PrintWriter out, FitOutcome outcome) {
    out.printf(
        Locale.ROOT,
        "%s: %d generations of %d runs, %d of the last different%n",
        outcome.study().id(),
        outcome.generations(),
        outcome.runs(),
        outcome.differentRuns());
    inputs(outcome).print(out, OutputFormat.text);
    out.println();
    new TextTable<>(
            List.of(
                TextTable.Column.<Prediction>forPeople("counted", StudyFitCommand::what),
                TextTable.Column.<Prediction>forPeople(
                    "published", each -> Figures.rounded(each.observation().value())),
                TextTable.Column.<Prediction>forPeople(
                    "fitted study", each -> interval(each.figure())),
                TextTable.Column.<Prediction>forPeople(
                    "a count of it, with its errors", each -> interval(each.counted())),
                TextTable.Column.<Prediction>forPeople(
                    "", each -> each.covered() ? "within" : "outside")),
            outcome.predictions())
        .print(out, OutputFormat.text);
    if (!outcome.series().isEmpty()) {
      out.println();
      new TextTable<>(
              List.of(
                  TextTable.Column.<SeriesPrediction>forPeople("shape of", SeriesPrediction::name),
                  TextTable.Column.<SeriesPrediction>forPeople(
                      "within", each -> share(each, false)),
                  TextTable.Column.<SeriesPrediction>forPeople(
                      "held out, within", each -> share(each, true))),
              outcome.series())
          .print(out, OutputFormat.text);
    }
  }

  private static String share(SeriesPrediction prediction, boolean heldOut) {
    long all = prediction.periods(heldOut);
    return all == 0 ? "" : prediction.covered(heldOut) + " of " + all + " periods";
  }

  private static String what(Prediction prediction) {
    Observation observation = prediction.observation();
    return observation.quantity().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " until "
        + observation.until()
        + (observation.heldOut() ? " (held out)" : "");
  }

  private static TextTable<FittedInput> inputs(FitOutcome outcome) {
    return new TextTable<>(
        List.of(
            TextTable.Column.<FittedInput>of("input", "input", FittedInput::pointer),
            TextTable.Column.<FittedInput>forPeople("before", each -> interval(each.prior())),
            TextTable.Column.<FittedInput>forPeople("after", each -> interval(each.posterior())),
            TextTable.Column.<FittedInput>forFiles("low", each -> each.posterior().low()),
            TextTable.Column.<FittedInput>forFiles("median", each -> each.posterior().median()),
            TextTable.Column.<FittedInput>forFiles("high", each -> each.posterior().high())),
        outcome.inputs());
  }

  private static String interval(Quantity quantity) {
    return Figures.rounded(quantity.median())
        + " ("
        + Figures.rounded(quantity.low())
        + " to "
        + Figures.rounded(quantity.high())
        + ")";
  }

  private static void write(JsonGenerator json, FitOutcome outcome) {
    json.writeStringProperty("study", outcome.study().id());
    json.writeNumberProperty("generations", outcome.generations());
    json.writeNumberProperty("runs", outcome.runs());
    json.writeNumberProperty("differentRuns", outcome.differentRuns());
    json.writeArrayPropertyStart("inputs");
    for (FittedInput input : outcome.inputs()) {
      json.writeStartObject();
      json.writeStringProperty("input", input.pointer());
      FootprintJson.quantity(json, "prior", input.prior());
      FootprintJson.quantity(json, "posterior", input.posterior());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("observations");
    for (Prediction prediction : outcome.predictions()) {
      json.writeStartObject();
      json.writeStringProperty("what", what(prediction));
      json.writeNumberProperty("published", prediction.observation().value());
      json.writeBooleanProperty("heldOut", prediction.observation().heldOut());
      FootprintJson.quantity(json, "figure", prediction.figure());
      FootprintJson.quantity(json, "counted", prediction.counted());
      json.writeBooleanProperty("covered", prediction.covered());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("series");
    outcome.series().forEach(series -> write(json, series));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, SeriesPrediction series) {
    json.writeStartObject();
    json.writeStringProperty("name", series.name());
    json.writeArrayPropertyStart("periods");
    for (PeriodPrediction each : series.periods()) {
      json.writeStartObject();
      json.writeStringProperty("from", each.period().from().toString());
      json.writeStringProperty("until", each.period().until().toString());
      json.writeNumberProperty("level", each.period().level());
      json.writeBooleanProperty("heldOut", each.period().heldOut());
      FootprintJson.quantity(json, "expected", each.expected());
      json.writeBooleanProperty("covered", each.covered());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
