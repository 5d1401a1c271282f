package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.report.Figures;
import io.gtrace.report.FootprintJson;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.FitOutcome;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.Observation;
import io.gtrace.simulation.study.Observations;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyException;
import io.gtrace.simulation.study.StudyFit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorOptions factors = new FactorOptions();

  @Parameters(paramLabel = "STUDY", description = "A study that ships, or a YAML file.")
  private String name = "";

  @Option(
      names = "--observations",
      paramLabel = "FILE",
      description = {
        "CSV of quantity (adopters, new-users, new-users-in-an-hour, outputs), from, until, value,",
        "low, high, held_out, source (default: those that ship with the study)."
      })
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

  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    Study study = Study.read(name);
    List<Observation> counted =
        observations.map(Observations::read).orElseGet(() -> Observations.shippedWith(name));
    if (counted.isEmpty()) {
      throw new StudyException(name + ": no observations ship with it; give some: --observations");
    }
    StudyFit.Settings settings =
        new StudyFit.Settings(
            scale.orElse(USUAL_SCALE),
            seed,
            threads.orElse(Runtime.getRuntime().availableProcessors()),
            runs,
            generations);
    FitOutcome outcome;
    try (StopSignal stop = StopSignal.listening();
        StudyProgress progress = new StudyProgress(Console.err(spec), stop)) {
      outcome =
          new StudyFit(factors.gtrace().card().catalogue(), World.shipped(), settings, progress)
              .fit(shortened(study, counted), counted);
    }
    PrintWriter out = Console.out(spec);
    switch (format.chosen()) {
      case json -> JsonLine.print(out, json -> write(json, outcome));
      case csv -> inputs(outcome).print(out, OutputFormat.csv);
      case text -> print(out, outcome);
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** Nothing after the last count says anything about them. */
  private static Study shortened(Study study, List<Observation> counted) {
    double days =
        counted.stream()
            .mapToDouble(
                of -> (of.until().getEpochSecond() - study.start().getEpochSecond()) / 86_400.0)
            .max()
            .orElse(1);
    if (days <= 0) {
      throw new StudyException(study.id() + ": all observations end before its start");
    }
    return study.forDays(Math.min(days, study.hours() / 24.0));
  }

  private static void print(PrintWriter out, FitOutcome outcome) {
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
                    "", each -> each.covered() ? "within" : "outside")),
            outcome.predictions())
        .print(out, OutputFormat.text);
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
  }
}
