package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.ledger.Accounting;
import io.gtrace.ledger.ActivitySink;
import io.gtrace.ledger.UsageAccountant;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.AccountReport;
import io.gtrace.report.FootprintJson;
import io.gtrace.report.Lever;
import io.gtrace.report.ReportContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Accounts usage for a command: progress, summary, report, and what was refused. */
final class UsageCommand {
  private final RateCard card;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Clock clock = Clock.systemUTC();

  UsageCommand(RateCard card, @Nullable CommandSpec spec) {
    this.card = card;
    out = Console.out(spec);
    err = Console.err(spec);
  }

  /**
   * Prints the sum of some usage and writes a report of it.
   *
   * @return an {@link ExitCode}
   */
  int summary(Function<UsageAccountant, Accounting> accounting, Optional<Path> reportPath) {
    Accounting accounted;
    try (ProgressLine progress = ProgressLine.on(err)) {
      accounted = accounting.apply(new UsageAccountant(card, clock, progress));
    }
    AccountText.print(out, accounted);
    out.flush();
    reportPath.ifPresent(path -> {
      write(path, report(path, accounted));
      out.println();
      out.println("Report: " + path.toAbsolutePath().normalize());
      out.flush();
    });
    return refusals(accounted);
  }

  private String report(Path path, Accounting accounted) {
    ReportContext context =
        ReportContext.at(clock.instant())
            .withSources(accounted.sources())
            .withLevers(
                accounted.savings().stream()
                    .map(saving ->
                        new Lever(saving.action(), saving.savedCarbonKg(), saving.basis()))
                    .toList());
    AccountReport report = AccountReport.of(accounted.account(), context);
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".html") || name.endsWith(".htm")) {
      return report.html();
    }
    if (name.endsWith(".md")) {
      return report.markdown();
    }
    if (name.endsWith(".csv")) {
      return report.csv();
    }
    if (name.endsWith(".json")) {
      return report.json();
    }
    throw new IllegalArgumentException(
        path + ": the name of a report must end in .html, .md, .csv or .json");
  }

  private static void write(Path path, String content) {
    // Written beside and moved, so that a report is whole or not there.
    Path unfinished =
        path.resolveSibling("." + path.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try {
        Files.writeString(unfinished, content);
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("the report " + path + " cannot be written: " + Failure.reason(e), e));
    }
  }

  /**
   * Prints the footprint of every activity.
   *
   * @return an {@link ExitCode}
   */
  int eachActivity(List<Path> files, UsageDefaults defaults, Path quarantine, OutputFormat format) {
    ActivitySink sink =
        format == OutputFormat.csv
            ? (line, activity, row) -> out.println(csv(line, activity, row))
            : (line, activity, row) -> out.println(json(activity, row));
    if (format == OutputFormat.csv) {
      out.println("line,model,site," + FootprintCsv.HEADER);
    }
    Accounting accounted;
    try (ProgressLine progress = ProgressLine.on(err)) {
      accounted =
          new UsageAccountant(card, clock, progress).each(files, defaults, quarantine, sink);
    }
    out.flush();
    return refusals(accounted);
  }

  private static String csv(long line, Activity activity, CardRow row) {
    return line
        + ","
        + row.model()
        + ","
        + row.site()
        + ","
        + FootprintCsv.row(priced(activity, row));
  }

  private static String json(Activity activity, CardRow row) {
    return FootprintJson.of(priced(activity, row), List.of());
  }

  private static Footprint priced(Activity activity, CardRow row) {
    return row.price(activity.volumes(row.defaults()));
  }

  private int refusals(Accounting accounted) {
    accounted
        .quarantine()
        .ifPresent(path -> {
          long refused = accounted.account().refused();
          err.printf(
              Locale.ROOT, "gtrace: %,d row%s not accounted:%n", refused, refused == 1 ? "" : "s");
          accounted.refusals().forEach(refusal -> err.println("  " + refusal));
          if (refused > accounted.refusals().size()) {
            err.println("  …");
          }
          err.println("  all of them, with reasons: " + path);
          err.flush();
        });
    return accounted.quarantine().isPresent() ? ExitCode.SOME_REFUSED : ExitCode.DONE;
  }
}
