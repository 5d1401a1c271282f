package io.gtrace.app;

import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.gate.Gate;
import io.gtrace.governance.gate.GateCheck;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.AssessmentHistory;
import io.gtrace.governance.pyramid.AssessmentHistory.Recorded;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Accounting;
import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageAccountant;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageFiles;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.GateJunit;
import io.gtrace.report.GateSarif;
import io.gtrace.report.GateWords;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
import picocli.CommandLine.Spec;

@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Let a pipeline go on or stop: exit code 0 if all holds that is asked for, 6 if not, 3 if it"
          + " holds but rows of the usage were refused.",
      "--max-sci-regression compares the usage of the same work without and with a change, as the"
          + " logs of a test run: a change that swaps a model shows its carbon."
    },
    footer = {
      "",
      "Example: gtrace gate --before usage.csv --after usage.csv --max-sci-regression 0.05"
    })
final class GateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private FactorFile factors = new FactorFile();
  @Mixin private TextOrJson format = new TextOrJson();

  @Option(
      names = "--before",
      paramLabel = "FILE",
      description = "Usage without the change, in any format that gtrace formats lists.")
  private List<Path> before = List.of();

  @Option(names = "--after", paramLabel = "FILE", description = "Usage with the change.")
  private List<Path> after = List.of();

  @Option(
      names = "--max-sci-regression",
      paramLabel = "SHARE",
      description = "How much the carbon of one call may grow, as 5%% or 0.05.")
  private Optional<String> maxRegression = Optional.empty();

  @Option(
      names = "--per",
      paramLabel = "UNIT",
      defaultValue = "CALL",
      description = "What the score is for one of: call or token (default: call).")
  private Gate.ScoreUnit per = Gate.ScoreUnit.CALL;

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      description = "The ledger that --budget and --min-level ask.")
  private Optional<Path> ledger = Optional.empty();

  @Option(
      names = "--budget",
      paramLabel = "CARBON",
      description =
          "Carbon that the ledger may have in the period, or else the usage of --after, as 120kg,"
              + " 2.5t or 800g.")
  private Optional<String> budget = Optional.empty();

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description = "2025, 2025-Q2 or 2025-06 (default: all that is in the ledger).")
  private Optional<String> period = Optional.empty();

  @Option(
      names = "--min-level",
      paramLabel = "LEVEL",
      description =
          "The level of the pyramid that must be held, 1 to 7, by the assessments that are recorded"
              + " in the ledger.")
  private Optional<Integer> minLevel = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Whose level it is; needed where a ledger holds assessments of several.")
  private Optional<Path> profile = Optional.empty();

  @Option(
      names = "--strict",
      description = "Stop also where the interval reaches beyond a limit and the median does not.")
  private boolean strict;

  @Option(names = "--sarif", paramLabel = "FILE", description = "Also write SARIF.")
  private Optional<Path> sarif = Optional.empty();

  @Option(names = "--junit", paramLabel = "FILE", description = "Also write a JUnit report.")
  private Optional<Path> junit = Optional.empty();

  @Option(
      names = "--quarantine",
      paramLabel = "FILE",
      description =
          "Keeps rows of --after that were refused, with the reason; default:"
              + " quarantine-usage.csv.jsonl for usage.csv")
  private Optional<Path> quarantine = Optional.empty();

  /** Rows of usage that were not accounted. */
  private long refused;

  @Override
  public Integer call() {
    Optional<OutputFile> sarifFile = place("--sarif", sarif);
    Optional<OutputFile> junitFile = place("--junit", junit);
    List<GateCheck> checks = checks();
    print(checks);
    String shownAt = after.isEmpty() ? "." : after.get(0).toString();
    sarifFile.ifPresent(file ->
        file.write(at -> Files.writeString(at, GateSarif.of(checks, shownAt, Main.version()))));
    junitFile.ifPresent(
        file -> file.write(at -> Files.writeString(at, GateJunit.of(checks, strict))));
    if (!Gate.isOpen(checks, strict)) {
      return ExitCode.GATE;
    }
    return refused > 0 ? ExitCode.SOME_REFUSED : ExitCode.DONE;
  }

  private Optional<OutputFile> place(String option, Optional<Path> path) {
    Optional<OutputFile> file = path.map(each -> new OutputFile(option, each));
    file.ifPresent(each -> {
      each.requireOtherThan(Stream.concat(before.stream(), after.stream()).toList());
      each.requirePlace();
    });
    return file;
  }

  private List<GateCheck> checks() {
    if (maxRegression.isEmpty() && budget.isEmpty() && minLevel.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is asked for: give --budget, --min-level or --max-sci-regression");
    }
    List<GateCheck> checks = new ArrayList<>();
    Optional<Account> changed =
        after.isEmpty() ? Optional.empty() : Optional.of(account("--after", after));
    budget.ifPresent(text -> checks.add(budget(kg(text), changed)));
    minLevel.ifPresent(least -> checks.add(level(least)));
    maxRegression.ifPresent(text -> {
      if (before.isEmpty() || changed.isEmpty()) {
        throw new IllegalArgumentException("--max-sci-regression needs --before and --after");
      }
      checks.addAll(Gate.regressions(account("--before", before), changed.get(), share(text), per));
    });
    return checks;
  }

  private GateCheck budget(double budgetKg, Optional<Account> changed) {
    if (ledger.isPresent()) {
      Period asked =
          period.map(ReportingPeriod::parse).map(ReportingPeriod::asked).orElse(Period.ALL);
      try (LedgerQuery query =
          LedgerQuery.open(Ledger.open(ledger.get()).snapshot(), Pricing.CURRENT)) {
        QueryLine total = query.total(asked);
        if (total.activities() == 0) {
          throw new IllegalArgumentException(
              "--budget: the ledger has nothing in " + period.orElse("it"));
        }
        return Gate.budget(total.footprint(), budgetKg, period.orElse("the whole ledger"));
      }
    }
    Account account =
        changed.orElseThrow(
            () -> new IllegalArgumentException("--budget needs --ledger, or usage as --after"));
    return Gate.budget(account.total().footprint(), budgetKg, String.valueOf(after.get(0)));
  }

  private GateCheck level(int least) {
    if (least < 1 || least > 7) {
      throw new IllegalArgumentException("--min-level must be 1 to 7, not " + least);
    }
    Path folder =
        ledger.orElseThrow(() -> new IllegalArgumentException("--min-level needs --ledger"));
    Ledger.Snapshot snapshot = Ledger.open(folder).snapshot();
    List<Recorded> all = AssessmentHistory.recorded(snapshot);
    Optional<String> name = profile.map(Profile::read).map(Profile::organisation);
    List<String> organisations = all.stream().map(Recorded::organisation).distinct().toList();
    if (name.isEmpty() && organisations.size() > 1) {
      throw new IllegalArgumentException(
          "the ledger holds assessments of several: "
              + String.join(", ", organisations)
              + "; name one with --profile");
    }
    List<Recorded> recorded =
        all.stream()
            .filter(each -> name.isEmpty() || name.get().equals(each.organisation()))
            .toList();
    if (recorded.isEmpty()) {
      throw new IllegalArgumentException(
          "--min-level: no assessment is recorded in "
              + folder
              + "; gtrace pyramid assess --record keeps one");
    }
    return Gate.level(recorded, least, Instant.now());
  }

  private Account account(String option, List<Path> files) {
    RateCard card = LedgerCard.of(factors);
    UsageFiles usage = UsageFiles.of(files, System.in, InputFormat.detected(), UsageDefaults.NONE);
    Accounting accounted =
        new UsageAccountant(card, Clock.systemUTC(), Reading.SILENT)
            .account(option, usage, files.equals(after) ? kept(usage) : usage.quarantine());
    if (accounted.account().refused() > 0) {
      refused += accounted.account().refused();
      PrintWriter err = Console.err(spec);
      Refusals.tell(
          err,
          accounted.account().refused(),
          accounted.refusals(),
          accounted.quarantine(),
          accounted.quarantineRemark());
    }
    if (accounted.account().total().activities() == 0) {
      throw new IllegalArgumentException(option + ": no activity was found");
    }
    return accounted.account();
  }

  private Path kept(UsageFiles usage) {
    return quarantine.orElseGet(usage::quarantine);
  }

  private static double share(String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    try {
      double value =
          Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
      double share = percent ? value / 100 : value;
      boolean plain = percent || share < 1;
      if (plain && share >= 0 && Double.isFinite(share)) {
        return share;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "--max-sci-regression must be a share such as 5% or 0.05 (above 1 only with %), not '"
            + text
            + "'");
  }

  private static double kg(String text) {
    String amount = text.strip().toLowerCase(Locale.ROOT);
    double perUnit = amount.endsWith("kg") ? 1 : amount.endsWith("t") ? 1e3 : 1e-3;
    String unit = amount.endsWith("kg") ? "kg" : amount.endsWith("t") ? "t" : "g";
    try {
      double value =
          Double.parseDouble(amount.substring(0, Math.max(0, amount.length() - unit.length())));
      if (amount.endsWith(unit) && value >= 0 && Double.isFinite(value)) {
        return value * perUnit;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "--budget must be carbon such as 120kg, 2.5t or 800g, not '" + text + "'");
  }

  private void print(List<GateCheck> checks) {
    PrintWriter out = Console.out(spec);
    if (format.isJson()) {
      JsonLine.print(
          out,
          json -> {
            json.writeBooleanProperty("open", Gate.isOpen(checks, strict));
            json.writeArrayPropertyStart("checks");
            for (GateCheck check : checks) {
              json.writeStartObject();
              json.writeStringProperty("id", check.id());
              json.writeStringProperty("outcome", check.outcome().name());
              if (Double.isFinite(check.value().value())) {
                json.writeNumberProperty("value", check.value().value());
                json.writeNumberProperty("low", check.value().low());
                json.writeNumberProperty("high", check.value().high());
              } else {
                json.writeNullProperty("value");
              }
              json.writeNumberProperty("limit", check.limit());
              json.writeStringProperty("unit", check.unit());
              json.writeStringProperty("line", GateWords.line(check));
              json.writeEndObject();
            }
            json.writeEndArray();
          });
    } else {
      checks.forEach(check ->
          out.printf(
              Locale.ROOT,
              "%-9s  %s%n",
              check.outcome().name().toLowerCase(Locale.ROOT),
              GateWords.line(check)));
    }
    out.flush();
  }
}
