package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ledger.trend.Anchor;
import io.gtrace.ledger.trend.AnchorReader;
import io.gtrace.ledger.trend.Baseline;
import io.gtrace.ledger.trend.EstimateOptions;
import io.gtrace.ledger.trend.ReadingOptions;
import io.gtrace.ledger.trend.Signal;
import io.gtrace.ledger.trend.SignalKind;
import io.gtrace.ledger.trend.StatedFigure;
import io.gtrace.ledger.trend.TimeGrid;
import io.gtrace.ledger.trend.TrendAccount;
import io.gtrace.ledger.trend.TrendEstimate;
import io.gtrace.ledger.trend.TrendFile;
import io.gtrace.ledger.trend.TrendFootprint;
import io.gtrace.ledger.trend.TrendReader;
import io.gtrace.report.TrendCsv;
import io.gtrace.report.TrendJson;
import io.gtrace.report.TrendPage;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Draws;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "trend",
    mixinStandardHelpOptions = true,
    description = {
      "Estimate a volume over time from search interest, page views or counts.",
      "Amounts that are known (anchors) give it its size; it is priced if asked. Formats and model:"
          + " docs/trends.md."
    },
    footer = {
      "",
      "Example: gtrace trend search.csv pageviews.json"
          + " --anchor 2025-03-25..2025-04-03=700e6[600e6..800e6]:images"
          + " --activity image --model gpt-image-1 --region US --out trend.html"
    })
final class TrendCommand implements Callable<Integer> {
  private static final int REFUSALS_SHOWN = 5;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorOptions factors = new FactorOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Exports of Google Trends or Wikipedia pageviews, or counts as CSV or JSON.")
  private List<Path> files = List.of();

  @Option(
      names = "--anchor",
      paramLabel = "FROM..UNTIL=AMOUNT:UNIT",
      description = {
        "An amount that is known, UNTIL exclusive, as AMOUNT or AMOUNT[LOW..HIGH] with its 90 %%",
        "interval. Repeatable."
      })
  private List<String> anchors = List.of();

  @Option(
      names = "--anchors",
      paramLabel = "FILE",
      description = "Anchors as CSV or YAML: from, until, value, low, high, unit, source.")
  private @Nullable Path anchorFile;

  @Option(
      names = "--anchor-error",
      paramLabel = "PERCENT",
      defaultValue = "10",
      description = "Half the 90 %% interval of anchors stated without one (default: 10).")
  private double anchorError;

  @Option(
      names = "--signal",
      paramLabel = "NAME",
      description = "Use only signals with this in their name. Repeatable.")
  private List<String> names = List.of();

  @Option(
      names = "--volume",
      paramLabel = "NAME",
      description = "The signal with this in its name counts the volume itself.")
  private Optional<String> volume = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "index or count (default: told from the content).")
  private Optional<SignalKind> kind = Optional.empty();

  @Option(names = "--cumulative", description = "Counts are totals so far.")
  private boolean cumulative;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = {
        "Clock of times without offset, such as Asia/Seoul, or FILE=ZONE for one file",
        "(default: UTC). Repeatable."
      })
  private List<String> zones = List.of();

  @Option(names = "--from", paramLabel = "TIME", description = "Leave out what was before.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "Leave out what came from then on.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--baseline",
      paramLabel = "FROM..UNTIL",
      description = {
        "A time without the trend, UNTIL exclusive: the mean level of each signal then is taken",
        "off the rest of it."
      })
  private Optional<String> baseline = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "STEP",
      description = "hour or day (default: hour where a signal tells hours apart).")
  private Optional<TimeGrid.Step> step = Optional.empty();

  @Option(
      names = "--outputs-per-user",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = {
        "Outputs made for each unit of the volume, as 5.4 or 5.4[4..7] with its 90 %% interval",
        "(default: 1)."
      })
  private String outputsPerUser = "1";

  @Option(
      names = "--activity",
      paramLabel = "KIND",
      description = "Price each output: text, image or video.")
  private Optional<String> activity = Optional.empty();

  @Option(names = "--model", paramLabel = "MODEL", description = "The model that made them.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = {"--region", "--site"},
      paramLabel = "PLACE",
      description = "Where it ran (default: where its provider usually runs it).")
  private String region = "";

  @Option(names = "--input-tokens", paramLabel = "TOKENS", description = "Of each text.")
  private long inputTokens;

  @Option(names = "--output-tokens", paramLabel = "TOKENS", description = "Of each text.")
  private long outputTokens;

  @Option(names = "--seconds", paramLabel = "SECONDS", description = "Of each video.")
  private double seconds;

  @Mixin private PageOption page = new PageOption();

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text, json or csv (each hour or day) (default: text).")
  private OutputFormat format = OutputFormat.text;

  @Override
  public Integer call() {
    Optional<OutputFile> html = page.place(inputs());
    Optional<Activity> oneOutput = oneOutput();
    StatedFigure outputs = stated();
    List<Anchor> known = anchors();
    Instant now = Instant.now();
    List<TrendFile> read = files.stream().map(file -> read(file, now)).toList();
    GTrace gtrace = factors.gtrace();
    FactorCatalogue catalogue = gtrace.card().catalogue();
    // The draws of the rate card: so that volumes and rates are drawn jointly.
    Draws draws = Draws.standard(catalogue.correlations());
    TrendEstimate estimate = TrendEstimate.of(signals(read), known, estimateOptions(), draws);
    Optional<TrendFootprint> footprint =
        oneOutput.map(each -> TrendFootprint.of(estimate, outputs.scatter(), each, gtrace, draws));
    TrendAccount account = new TrendAccount(estimate, read, footprint);
    print(account);
    html.ifPresent(file -> PageOption.write(file, TrendPage.html(account, now), Console.err(spec)));
    List<String> refused = read.stream().flatMap(file -> file.refused().stream()).toList();
    return Refusals.tell(
        Console.err(spec),
        Numbers.counted(refused.size(), "cell or row", "cells or rows") + " not used",
        refused,
        REFUSALS_SHOWN);
  }

  private List<Path> inputs() {
    return Stream.of(files.stream(), Stream.ofNullable(anchorFile), factors.file().stream())
        .flatMap(each -> each)
        .toList();
  }

  private void print(TrendAccount account) {
    PrintWriter printed = Console.out(spec);
    switch (format) {
      case json -> printed.println(TrendJson.of(account));
      case csv -> printed.print(TrendCsv.of(account.estimate()));
      case text -> TrendText.print(printed, account);
    }
    printed.flush();
  }

  private TrendFile read(Path file, Instant now) {
    return TrendReader.read(file, new ReadingOptions(zone(file), kind, cumulative, now));
  }

  private ZoneId zone(Path file) {
    ZoneId zone = zone("UTC");
    for (String each : zones) {
      int sign = each.lastIndexOf('=');
      if (sign < 0) {
        zone = zone(each);
      }
    }
    for (String each : zones) {
      int sign = each.lastIndexOf('=');
      if (sign >= 0 && file.endsWith(Path.of(each.substring(0, sign)))) {
        zone = zone(each.substring(sign + 1));
      }
    }
    return zone;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.strip());
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "--zone must be a time zone such as Asia/Seoul, UTC or +09:00, not '" + name + "'",
          unknown);
    }
  }

  private List<Signal> signals(List<TrendFile> read) {
    List<Signal> all = read.stream().flatMap(file -> file.signals().stream()).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "no file holds figures over time; interest by region alone gives no volume");
    }
    if (names.isEmpty()) {
      return all;
    }
    List<Signal> chosen =
        all.stream()
            .filter(each -> names.stream().anyMatch(name -> contains(each.name(), name)))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "--signal: no signal has '"
              + String.join("' or '", names)
              + "' in its name; there are: "
              + all.stream().map(Signal::name).distinct().collect(Collectors.joining(", ")));
    }
    return chosen;
  }

  private static boolean contains(String name, String part) {
    return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private List<Anchor> anchors() {
    AnchorReader reader = new AnchorReader(zone(Path.of("")), anchorError);
    List<Anchor> all = new ArrayList<>();
    for (String each : anchors) {
      try {
        all.add(reader.parse(each));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("--anchor: " + wrong.getMessage(), wrong);
      }
    }
    if (anchorFile != null) {
      all.addAll(reader.read(anchorFile));
    }
    return all;
  }

  private EstimateOptions estimateOptions() {
    AnchorReader reader = new AnchorReader(zone(Path.of("")), anchorError);
    return new EstimateOptions(
        from.map(time -> reader.moment("--from", time)),
        until.map(time -> reader.moment("--until", time)),
        step,
        volume,
        baseline.map(text -> baseline(reader, text)));
  }

  private static Baseline baseline(AnchorReader reader, String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length != 2) {
      throw new IllegalArgumentException(
          "--baseline must be FROM..UNTIL, such as 2025-03-01..2025-03-25, not '" + text + "'");
    }
    return new Baseline(reader.moment("--baseline", ends[0]), reader.moment("--baseline", ends[1]));
  }

  private StatedFigure stated() {
    try {
      return StatedFigure.parse(outputsPerUser);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("--outputs-per-user " + wrong.getMessage(), wrong);
    }
  }

  private Optional<Activity> oneOutput() {
    if (activity.isEmpty()) {
      if (model.isPresent()) {
        throw new IllegalArgumentException("--model needs --activity text, image or video");
      }
      return Optional.empty();
    }
    String named =
        model.orElseThrow(() -> new IllegalArgumentException("--activity needs --model"));
    Optional<Modality> modality = Modality.parse(activity.get());
    if (modality.isEmpty()) {
      throw unknownActivity();
    }
    Activity one =
        switch (modality.get()) {
          case TEXT -> {
            if (inputTokens == 0 && outputTokens == 0) {
              throw new IllegalArgumentException(
                  "--activity text needs --input-tokens or --output-tokens");
            }
            yield TextGeneration.of(named, inputTokens, outputTokens);
          }
          case IMAGE -> ImageGeneration.of(named, 1);
          case VIDEO -> VideoGeneration.of(named, seconds);
          default -> throw unknownActivity();
        };
    return Optional.of(region.isEmpty() ? one : one.in(one.context().at(Site.parse(region))));
  }

  private IllegalArgumentException unknownActivity() {
    return new IllegalArgumentException(
        "--activity must be text, image or video, not '" + activity.orElse("") + "'");
  }
}
