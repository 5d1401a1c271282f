package io.gtrace.app;

import io.gtrace.governance.routing.RouteQuestion;
import io.gtrace.governance.routing.Router.Route;
import io.gtrace.ledger.query.Period;
import io.gtrace.report.CatalogueFields;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "route",
    mixinStandardHelpOptions = true,
    description = "Where and when a request emits least, among regions and hours you can choose.",
    footer = {
      "",
      "Example: gtrace route --model gpt-4o --regions eu-west-3,eu-central-1,US-CISO"
          + " --at 2026-06-12T18:00Z --within 6h",
      "Example: gtrace route --model gpt-4o --regions eu-west-3,eu-north-1,us-west-2"
          + " --latency-from DE --max-latency-ms 60"
    })
final class RouteCommand implements Callable<Integer> {
  private static final Pattern HOURS = Pattern.compile("(\\d{1,3})\\s*h?");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      required = true,
      description = "The model, as gtrace models lists it.")
  private String model = "";

  @Option(
      names = "--regions",
      paramLabel = "PLACES",
      required = true,
      split = ",",
      description = "Where it may run: cloud regions, grid zones, own data centres, devices.")
  private List<String> regions = List.of();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When it could start, as in 2026-06-12T18:00Z (default: now).")
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--within",
      paramLabel = "HOURS",
      defaultValue = "0h",
      description = "How long it may wait, as in 6h (default: not at all).")
  private String within = "0h";

  @Option(
      names = "--input-tokens",
      paramLabel = "TOKENS",
      defaultValue = "500",
      description = "Tokens that it reads (default: 500).")
  private long inputTokens;

  @Option(
      names = "--output-tokens",
      paramLabel = "TOKENS",
      defaultValue = "300",
      description = "Tokens that it writes (default: 300).")
  private long outputTokens;

  @Option(
      names = "--latency-from",
      paramLabel = "PLACE",
      description = "Where its users are: a country or region.")
  private Optional<String> latencyFrom = Optional.empty();

  @Option(
      names = "--max-latency-ms",
      paramLabel = "MS",
      description = "Longest round trip that they bear; needs --latency-from.")
  private Optional<Double> maxLatencyMs = Optional.empty();

  @Mixin private FactorOptions factors = new FactorOptions();
  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    if (maxLatencyMs.isPresent() && latencyFrom.isEmpty()) {
      throw new IllegalArgumentException(
          "--max-latency-ms needs --latency-from: say where the users are");
    }
    Instant start = at.map(text -> Period.moment("--at", text)).orElseGet(RouteCommand::now);
    List<Route> routes =
        new RouteQuestion(
                model,
                regions,
                start,
                hours(),
                inputTokens,
                outputTokens,
                latencyFrom,
                maxLatencyMs.orElse(Double.POSITIVE_INFINITY))
            .routes(factors.gtrace().card(), factors.fallback());
    PrintWriter out = Console.out(spec);
    new TextTable<>(columns(), routes).print(out, format.chosen());
    if (format.chosen() == OutputFormat.text) {
      verdict(out, routes);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private int hours() {
    Matcher matcher = HOURS.matcher(within.strip());
    int hours = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    if (hours < 0 || hours > RouteQuestion.MOST_HOURS) {
      throw new IllegalArgumentException(
          "--within must be whole hours up to "
              + RouteQuestion.MOST_HOURS
              + "h, as in 6h, not '"
              + within
              + "'");
    }
    return hours;
  }

  private static List<TextTable.Column<Route>> columns() {
    return TextTable.Column.with(
        CatalogueFields.ROUTES,
        List.of(
            TextTable.Column.forPeople("region", Route::region),
            TextTable.Column.forPeople("start", Route::start),
            TextTable.Column.forPeople("carbon", route -> Figures.carbon(route.carbonKg())),
            TextTable.Column.forPeople("probability of least", Route::probabilityOfLeast),
            TextTable.Column.forPeople("round trip", route -> milliseconds(route.roundTripMs())),
            TextTable.Column.forPeople(
                "hours", route -> route.hoursKnown() ? "known" : "not known")));
  }

  private static String milliseconds(OptionalDouble ms) {
    return ms.isPresent() ? String.format(Locale.ROOT, "%.0f ms", ms.getAsDouble()) : "";
  }

  private static void verdict(PrintWriter out, List<Route> routes) {
    Route best = routes.get(0);
    out.println();
    out.println(
        "Run it in "
            + best.region()
            + " at "
            + best.start()
            + String.format(
                Locale.ROOT,
                ": no other region emits less with probability %.2f.",
                best.probabilityOfLeast()));
    if (routes.stream().anyMatch(route -> !route.hoursKnown())) {
      out.println("Where hours are not known, every hour is like the mean of the year.");
    }
    if (routes.stream().anyMatch(Route::hoursKnown)) {
      out.println("Known hours are those of the mean day of the month; single days stray from it.");
    }
  }
}
