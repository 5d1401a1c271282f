package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.report.Figures;
import io.gtrace.report.FootprintJson;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "The same work on several models, in several places or at all hours of a day.",
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
      "Lists are separated by commas; every model is set in every place.",
      "Example: gtrace compare text --model gpt-4o,gpt-4o-mini --region FR,DE,US-CA"
          + " --input-tokens 500 --output-tokens 300",
      "Example: gtrace compare text --model gpt-4o --region US-CISO --output-tokens 300 --by-hour"
          + " --at 2024-05-01"
    })
final class CompareCommand implements ActivityAction {
  private static final int BAR_WIDTH = 32;
  private static final int HOURS = 24;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--by-hour",
      scope = ScopeType.INHERIT,
      description = "Set the hours of the day beside each other (UTC), in the month of --at.")
  private boolean byHour;

  private record Alternative(String label, Footprint footprint) {}

  @Override
  public int act(Estimating estimating, List<Activity> activities, OutputFormat format) {
    estimating.requireOwnMethod();
    List<Alternative> alternatives =
        byHour ? byHour(estimating, ActivityAction.one(activities)) : each(estimating, activities);
    PrintWriter out = Console.out(spec);
    switch (format) {
      case text -> bars(out, alternatives);
      case csv -> {
        out.println("alternative," + FootprintCsv.HEADER);
        alternatives.forEach(each ->
            out.println('"' + each.label() + '"' + "," + FootprintCsv.row(each.footprint())));
      }
      case json ->
          alternatives.forEach(each -> out.println(FootprintJson.of(each.footprint(), List.of())));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static List<Alternative> each(Estimating estimating, List<Activity> activities) {
    List<Alternative> alternatives = new ArrayList<>();
    for (Activity activity : activities) {
      CardRow row = estimating.row(activity);
      alternatives.add(
          new Alternative(row.model() + " at " + row.site(), estimating.estimate(activity)));
    }
    return alternatives;
  }

  private static List<Alternative> byHour(Estimating estimating, Activity activity) {
    CardRow row = estimating.row(activity);
    if (estimating.gtrace().card().catalogue().hourlyProfile(row.zone().id()).isEmpty()) {
      throw new IllegalArgumentException(
          "the hours of "
              + row.zone().name()
              + " are not known; they are known for "
              + String.join(", ", estimating.gtrace().card().catalogue().zonesWithHours()));
    }
    Instant midnight =
        LocalDate.ofInstant(activity.context().when().orElse(Instant.now()), ZoneOffset.UTC)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    List<Alternative> alternatives = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      Instant when = midnight.plusSeconds((long) hour * SECONDS_PER_HOUR);
      Activity then = activity.in(activity.context().on(when));
      alternatives.add(
          new Alternative(
              String.format(Locale.ROOT, "%02d:00 UTC", hour), estimating.estimate(then)));
    }
    return alternatives;
  }

  private static void bars(PrintWriter out, List<Alternative> alternatives) {
    int labels = alternatives.stream().mapToInt(each -> each.label().length()).max().orElse(0);
    double most =
        alternatives.stream()
            .mapToDouble(each -> each.footprint().median(Impact.CARBON_KG))
            .max()
            .orElse(0);
    for (Alternative each : alternatives) {
      Quantity carbon = each.footprint().carbonKg();
      out.printf(
          "%-" + labels + "s  %s  %s%n",
          each.label(),
          bar(carbon.median() / most),
          Figures.carbon(carbon));
    }
    verdict(out, alternatives);
  }

  /** A bar of {@value #BAR_WIDTH} cells, drawn in eighths of a cell. */
  private static String bar(double share) {
    int eighths = (int) Math.round(share * BAR_WIDTH * 8);
    String full = "█".repeat(eighths / 8);
    String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return full + part + " ".repeat(BAR_WIDTH - full.length() - part.length());
  }

  private static void verdict(PrintWriter out, List<Alternative> alternatives) {
    if (alternatives.size() < 2) {
      return;
    }
    List<Alternative> ranked =
        alternatives.stream()
            .sorted(Comparator.comparingDouble(each -> each.footprint().median(Impact.CARBON_KG)))
            .toList();
    Alternative best = ranked.get(0);
    Alternative second = ranked.get(1);
    Alternative worst = ranked.get(ranked.size() - 1);
    out.println();
    out.printf(
        Locale.ROOT,
        "%s emits least: %s %% of %s, and less than %s with probability %.2f.%n",
        best.label(),
        Numbers.twoDigits(
            100
                * best.footprint().median(Impact.CARBON_KG)
                / worst.footprint().median(Impact.CARBON_KG)),
        worst.label(),
        second.label(),
        probabilityOfLess(best.footprint(), second.footprint()));
  }

  /** Over the joint draws, so that errors which both share do not count. */
  private static double probabilityOfLess(Footprint one, Footprint other) {
    double[] ones = one.draws(Impact.CARBON_KG);
    double[] others = other.draws(Impact.CARBON_KG);
    int less = 0;
    for (int k = 0; k < ones.length; k++) {
      less += ones[k] < others[k] ? 1 : 0;
    }
    return (double) less / ones.length;
  }
}
