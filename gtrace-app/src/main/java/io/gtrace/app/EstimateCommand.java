package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.activity.TextGeneration;
import io.gtrace.ecologits.RequestImpacts;
import io.gtrace.footprint.Footprint;
import io.gtrace.ledger.UsageFiles;
import io.gtrace.report.Figures;
import io.gtrace.report.FootprintJson;
import io.gtrace.report.Subject;
import io.gtrace.sci.SciScore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = "Energy, carbon and water of one activity, or of all activities in files.",
    footer = {
      "",
      "Example: gtrace estimate text --model gpt-4o --input-tokens 500 --output-tokens 300"
          + " --region eu-west-3",
      "Example: gtrace estimate text --method ecologits --model gpt-4o --output-tokens 300",
      "Example: gtrace estimate --file usage.csv --out report.html",
      "Example: gtrace estimate --file usage.csv --model gpt-4o --region eu-west-3 --team search"
    })
final class EstimateCommand implements ActivityAction, Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorOptions factors = new FactorOptions();
  @Mixin private UsageInput input = new UsageInput();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Usage to account: files, folders, patterns such as 'logs/*.jsonl.gz', or - for standard"
              + " input. Formats are told by content: gtrace formats.")
  private List<Path> named = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write a report of the files; HTML, Markdown, CSV or JSON by its ending.")
  private Optional<Path> reportPath = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "What is printed of the files: text for their sum, json or csv for each activity"
              + " (default: text).")
  private OutputFormat format = OutputFormat.text;

  @Override
  public Integer call() {
    if (named.isEmpty()) {
      throw new ParameterException(
          Console.commandLine(spec),
          "missing what to estimate: text, image, video, audio, embedding, training or --file");
    }
    if (format != OutputFormat.text && reportPath.isPresent()) {
      throw new ParameterException(
          Console.commandLine(spec), "--out writes a report of the sum: leave out --format");
    }
    UsageFiles files = input.files(named);
    UsageOutputs outputs = input.outputs(files, reportPath, factors.file());
    if (input.namesQuarantine()) {
      outputs.requireQuarantinePlace();
    }
    UsageCommand usage = new UsageCommand(factors.gtrace().card(), spec);
    return format == OutputFormat.text
        ? usage.summary(
            accountant -> accountant.account(files.title(), files, outputs.quarantine().path()),
            outputs)
        : usage.eachActivity(files, outputs, format);
  }

  @Override
  public int act(Estimating estimating, List<Activity> activities, OutputFormat format) {
    Activity activity = ActivityAction.one(activities);
    Subject subject = estimating.subject(activity);
    PrintWriter out = Console.out(spec);
    if (estimating.ecoLogits().isPresent() && activity instanceof TextGeneration generation) {
      RequestImpacts impacts =
          estimating.ecoLogits().get().impacts(generation, estimating.gtrace().card().catalogue());
      EcoLogitsText.print(out, subject, impacts, format);
      return ExitCode.DONE;
    }
    Footprint footprint = estimating.estimate(activity);
    if (estimating.method() == Method.sci) {
      SciText.print(
          out,
          subject,
          SciScore.of(
              activity,
              estimating.row(activity).defaults(),
              footprint,
              estimating.trainedParameters(activity)),
          format);
      return ExitCode.DONE;
    }
    switch (format) {
      case json ->
          out.println(
              FootprintJson.of(subject::writeTo, footprint, List.of(estimating.explain(activity))));
      case csv -> {
        out.println(SubjectCsv.HEADER + FootprintCsv.HEADER);
        out.println(SubjectCsv.of(subject, Method.gtrace) + FootprintCsv.row(footprint));
      }
      case text -> text(out, subject, estimating.row(activity).siteName(), footprint);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void text(PrintWriter out, Subject subject, String siteName, Footprint footprint) {
    out.printf("%s at %s (%s)%n", subject.model(), siteName, subject.site());
    out.printf("  energy  %s%n", Figures.energy(footprint.energyKwh()));
    out.printf("  carbon  %s%n", Figures.carbon(footprint.carbonKg()));
    out.printf(
        "          operational %s, embodied %s%n",
        Figures.carbon(footprint.operationalLocationBasedKg()),
        Figures.carbon(footprint.embodiedKg()));
    footprint
        .operationalMarketBasedKg()
        .ifPresent(q -> out.printf("          market-based operational %s%n", Figures.carbon(q)));
    footprint
        .marginalKg()
        .ifPresent(q -> out.printf("          marginal operational %s%n", Figures.carbon(q)));
    out.printf("  water   %s%n", Figures.water(footprint.waterL()));
    subject.notes().forEach(note -> out.printf("  note: %s%n", note));
    out.printf("Intervals hold the true value with probability 0.9. Why: gtrace explain%n");
  }
}
