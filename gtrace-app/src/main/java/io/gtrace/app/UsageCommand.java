package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Accounting;
import io.gtrace.ledger.ActivitySink;
import io.gtrace.ledger.UsageAccountant;
import io.gtrace.ledger.UsageFiles;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.AccountReport;
import io.gtrace.report.FootprintJson;
import io.gtrace.report.Lever;
import io.gtrace.report.ReportContext;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
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
  int summary(Function<UsageAccountant, Accounting> accounting, UsageOutputs outputs) {
    outputs.requireReportPlace();
    Accounting accounted = accounted(accounting, outputs);
    AccountReport report = report(accounted);
    AccountText.print(out, accounted.account(), report.levers());
    out.flush();
    try {
      outputs.report().ifPresent(file -> write(file, report));
    } finally {
      // Also where the report could not be written.
      tellIfNothing(accounted.account().total().activities(), accounted.account());
      tellRefusals(accounted);
    }
    return exitCode(accounted);
  }

  private Accounting accounted(
      Function<UsageAccountant, Accounting> accounting, UsageOutputs outputs) {
    try (ProgressLine progress = ProgressLine.on(err)) {
      return accounting.apply(new UsageAccountant(card, clock, progress));
    } catch (UncheckedIOException failed) {
      outputs.requireQuarantinePlace();
      throw failed;
    }
  }

  private void write(ReportFile file, AccountReport report) {
    file.write(report);
    out.println();
    out.println("Report: " + file.file().shortestPath());
    out.flush();
  }

  private AccountReport report(Accounting accounted) {
    ReportContext context =
        ReportContext.at(clock.instant())
            .withSources(accounted.sources())
            .withLevers(
                accounted.savings().stream()
                    .map(saving ->
                        new Lever(saving.action(), saving.savedCarbonKg(), saving.basis()))
                    .toList());
    return AccountReport.of(accounted.account(), context);
  }

  /**
   * Prints the footprint of every activity.
   *
   * @return an {@link ExitCode}
   */
  int eachActivity(UsageFiles files, UsageOutputs outputs, OutputFormat format) {
    LongAdder printed = new LongAdder();
    Function<String, ActivitySink> sinks =
        file ->
            (line, requestId, model, activity, row) -> {
              out.println(
                  format == OutputFormat.csv
                      ? csv(file, line, model, activity, row)
                      : json(file, line, model, activity, row));
              printed.increment();
            };
    if (format == OutputFormat.csv) {
      out.println("file,line,model,site,when," + FootprintCsv.HEADER);
    }
    Accounting accounted =
        accounted(
            accountant -> accountant.each(files, outputs.quarantine().path(), sinks), outputs);
    out.flush();
    tellIfNothing(printed.sum(), accounted.account());
    tellRefusals(accounted);
    return exitCode(accounted);
  }

  private static String csv(String file, long line, String model, Activity activity, CardRow row) {
    String when = activity.context().when().map(Instant::toString).orElse("");
    return CsvLine.of(file, Long.toString(line), model, row.site(), when)
        + ","
        + FootprintCsv.row(priced(activity, row));
  }

  private static String json(String file, long line, String model, Activity activity, CardRow row) {
    return FootprintJson.of(
        json -> {
          json.writeStringProperty("file", file);
          json.writeNumberProperty("line", line);
          json.writeStringProperty("model", model);
          json.writeStringProperty("site", row.site());
          activity
              .context()
              .when()
              .ifPresentOrElse(
                  when -> json.writeStringProperty("when", when.toString()),
                  () -> json.writeNullProperty("when"));
        },
        priced(activity, row),
        List.of());
  }

  private static Footprint priced(Activity activity, CardRow row) {
    return row.price(activity.volumes(row.defaults()));
  }

  private void tellRefusals(Accounting accounted) {
    Refusals.tell(
        err,
        accounted.account().refused(),
        accounted.refusals(),
        accounted.quarantine(),
        accounted.quarantineRemark());
  }

  private void tellIfNothing(long activities, Account account) {
    if (activities == 0 && account.refused() == 0) {
      err.println("gtrace: no activity was found");
      account.notes().forEach(note -> err.println("  " + note));
    }
  }

  private static int exitCode(Accounting accounted) {
    return accounted.quarantine().isPresent() ? ExitCode.SOME_REFUSED : ExitCode.DONE;
  }
}
