package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.CardRow;
import io.gtrace.report.Figures;
import io.gtrace.report.FootprintJson;
import io.gtrace.trace.Trace;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = "Energy, carbon and water of one activity, or of all activities in files.",
    subcommands = {
      ActivityCommands.Text.class,
      ActivityCommands.Embeddings.class,
      ActivityCommands.Image.class,
      ActivityCommands.Video.class,
      ActivityCommands.Audio.class,
      ActivityCommands.TrainingRun.class
    },
    footer = {
      "",
      "Example: gtrace estimate text --model gpt-4o --input-tokens 500 --output-tokens 300"
          + " --region eu-west-3"
    })
final class EstimateCommand implements ActivityAction {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public int act(Estimating estimating, List<Activity> activities, OutputFormat format) {
    Activity activity = ActivityAction.one(activities);
    PrintWriter out = Console.out(spec);
    Footprint footprint = estimating.estimate(activity);
    Trace trace = estimating.explain(activity);
    switch (format) {
      case json -> out.println(FootprintJson.of(footprint, List.of(trace)));
      case csv -> {
        out.println(FootprintCsv.HEADER);
        out.println(FootprintCsv.row(footprint));
      }
      case text -> text(out, estimating.row(activity), footprint);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void text(PrintWriter out, CardRow row, Footprint footprint) {
    out.printf("%s at %s (%s)%n", row.model(), row.siteName(), row.site());
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
    row.notes().forEach(note -> out.printf("  note: %s%n", note));
    out.printf("Intervals hold the true value with probability 0.9. Why: gtrace explain%n");
  }
}
