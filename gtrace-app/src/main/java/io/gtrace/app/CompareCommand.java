package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.report.Alternative;
import io.gtrace.report.Subject;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "The same work on several models, in several places or at all hours of a day.",
    footer = {
      "",
      "Lists are separated by commas; every model is set in every place.",
      "Example: gtrace compare text --model gpt-4o,gpt-4o-mini --region FR,DE,US-CA"
          + " --input-tokens 500 --output-tokens 300",
      "Example: gtrace compare text --model gpt-4o --region US-CISO --output-tokens 300 --by-hour"
          + " --at 2024-05-01"
    })
final class CompareCommand implements ActivityAction {
  private static final int HOURS = 24;
  private static final int SECONDS_PER_HOUR = 3_600;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--by-hour",
      scope = ScopeType.INHERIT,
      description = "Set the hours of the day beside each other (UTC), in the month of --at.")
  private boolean byHour;

  /** The subcommands are those of other commands; here their examples need two places. */
  static void adaptExamples(CommandLine compare) {
    for (CommandLine each : compare.getSubcommands().values()) {
      UsageMessageSpec usage = each.getCommandSpec().usageMessage();
      usage.footer(
          Stream.of(usage.footer())
              .map(line ->
                  line.startsWith("Example: ")
                      ? line.replaceFirst(" --region .*", "") + " --region FR,PL"
                      : line)
              .toArray(String[]::new));
    }
  }

  @Override
  public int act(Estimating estimating, List<Activity> activities, OutputFormat format) {
    estimating.requireOwnMethod();
    List<Alternative> alternatives = new ArrayList<>();
    distinct(estimating, activities)
        .forEach((subject, activity) ->
            alternatives.addAll(
                byHour
                    ? byHour(estimating, subject, activity)
                    : List.of(new Alternative(subject, "", estimating.estimate(activity)))));
    PrintWriter out = Console.out(spec);
    switch (format) {
      case text -> CompareText.print(out, alternatives);
      case csv -> {
        out.println("alternative," + FootprintCsv.HEADER);
        alternatives.forEach(each ->
            out.println(CsvLine.of(each.label()) + "," + FootprintCsv.row(each.footprint())));
      }
      case json -> Alternative.json(alternatives).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** Each model at each place once, by whatever aliases they were listed. */
  private Map<Subject, Activity> distinct(Estimating estimating, List<Activity> activities) {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    Map<Subject, Activity> distinct = new LinkedHashMap<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (Activity activity : activities) {
      Subject subject = estimating.subject(activity);
      if (subjects.putIfAbsent(subject.series(), subject) == null) {
        distinct.put(subject, activity);
      } else {
        repeated.add(subject.series());
      }
    }
    repeated.forEach(series ->
        Console.err(spec).println("gtrace: " + series + " is listed more than once, shown once"));
    return distinct;
  }

  private static List<Alternative> byHour(
      Estimating estimating, Subject subject, Activity activity) {
    CardRow row = estimating.row(activity);
    if (estimating.gtrace().card().hourRatios(row).isEmpty()) {
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
              subject, String.format(Locale.ROOT, "%02d:00 UTC", hour), estimating.estimate(then)));
    }
    return alternatives;
  }
}
