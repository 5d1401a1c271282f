package io.gtrace.app;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.advice.Assumptions;
import io.gtrace.governance.advice.GridHours;
import io.gtrace.governance.advice.HourlyPlacement;
import io.gtrace.governance.advice.Organisation;
import io.gtrace.governance.advice.OrganisationReader;
import io.gtrace.governance.advice.PlacementChoices;
import io.gtrace.governance.advice.PlacementChoices.Choice;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Plan.Line;
import io.gtrace.governance.advice.Replay;
import io.gtrace.governance.disclosure.ShellWord;
import io.gtrace.governance.routing.Criterion;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.AdviceJson;
import io.gtrace.report.AdvicePage;
import io.gtrace.uncertainty.Draws;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description = {
      "What would have cost less: the work of a ledger replayed under actions, largest first.",
      "Each action is valued on what those before it left, so that nothing is counted twice."
    },
    footer = {
      "",
      "Example: gtrace advise --ledger ledger --out plan.html",
      "Example: gtrace advise --ledger ledger --actions cascade --assume cascade-miss-rate=0.2..0.4"
    })
final class AdviseCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private PeriodOptions period = new PeriodOptions();
  @Mixin private FactorFile factors = new FactorFile();

  @Option(
      names = "--workloads",
      paramLabel = "FILE",
      description =
          "What you know of your work (YAML): where it may run, how long it may wait, prices,"
              + " rates of caches and cascades; docs/examples/workloads.yaml is one.")
  private Optional<Path> workloads = Optional.empty();

  @Option(
      names = "--grid-hours",
      paramLabel = "FILE",
      description =
          "True carbon of your grids (CSV: zone, hour, g_per_kwh): what placement by forecast avoids,"
              + " beside what foresight would.")
  private Optional<Path> gridHours = Optional.empty();

  @Option(
      names = "--actions",
      paramLabel = "IDS",
      split = ",",
      description = "Only these actions; by their names in the plan.")
  private List<String> actions = List.of();

  @Option(
      names = "--assume",
      paramLabel = "ID=VALUE",
      description = "Another value of an assumption: one number, or LOW..HIGH.")
  private Map<String, String> assumed = new LinkedHashMap<>();

  @Option(
      names = "--front",
      paramLabel = "CRITERIA",
      split = ",",
      description =
          "Instead of a plan, the ways to place the work over regions of which none is better in"
              + " all of these: carbon, water, cost (of electricity), latency.")
  private List<String> front = List.of();

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "carbon",
      description =
          "What comes first: carbon (the most carbon) or cost (the most money saved per kilogram;"
              + " needs prices) (default: carbon).")
  private String order = "carbon";

  @Mixin private TableFormat format = new TableFormat();
  @Mixin private PageOption page = new PageOption();

  @Override
  public Integer call() {
    Optional<OutputFile> html =
        page.place(Stream.concat(workloads.stream(), gridHours.stream()).toList());
    Optional<GridHours> hours = gridHours.map(GridHours::read);
    FactorCatalogue catalogue = factors.catalogue();
    Draws draws = Draws.standard(catalogue.correlations());
    RateCard card = new RateCard(catalogue, draws, Fallback.ALLOW);
    Organisation organisation =
        workloads.map(new OrganisationReader(catalogue)::read).orElseGet(Organisation::silent);
    organisation = organisation.with(assumptions(organisation.assumptions()));
    Period asked = period.period();
    Ledger.Snapshot snapshot = ledger.open().snapshot();
    try (LedgerQuery query = LedgerQuery.open(snapshot, Pricing.CURRENT)) {
      if (query.total(asked).activities() == 0) {
        throw new IllegalArgumentException("there is no work in that period of the ledger");
      }
      Replay replay = Replay.of(query, asked, card, draws, organisation);
      if (!front.isEmpty()) {
        printFront(replay);
        return ExitCode.DONE;
      }
      Plan plan = Plan.of(replay, actions, order()).withCommands(this::withFactors);
      replay
          .unmatched()
          .forEach(name ->
              Console.err(spec)
                  .println("gtrace: no work of that period belongs to the workload " + name));
      String currency = organisation.prices().currency();
      Optional<HourlyPlacement> hourly = hours.map(each -> HourlyPlacement.of(replay, each));
      print(plan, hourly, currency);
      html.ifPresent(file ->
          PageOption.write(
              file, AdvicePage.html(title(), plan, currency, Instant.now()), Console.err(spec)));
      // What conflicts was left out; the rest is planned.
      return plan.impossible().isEmpty() ? ExitCode.DONE : ExitCode.SOME_REFUSED;
    }
  }

  private String title() {
    return "Plan for the work in " + ledger.folder().toAbsolutePath().normalize().getFileName();
  }

  private Plan.Order order() {
    return switch (order) {
      case "carbon" -> Plan.Order.CARBON;
      case "cost" -> Plan.Order.COST;
      default ->
          throw new IllegalArgumentException("--order must be carbon or cost, not '" + order + "'");
    };
  }

  private Assumptions assumptions(Assumptions all) {
    Assumptions changed = all;
    RangeConverter converter = new RangeConverter();
    for (Map.Entry<String, String> each : assumed.entrySet()) {
      try {
        var range = converter.convert(each.getValue());
        changed =
            changed.with(each.getKey(), range.low(), range.middle(), range.high(), "--assume");
      } catch (RuntimeException wrong) {
        throw new IllegalArgumentException(
            "--assume " + each.getKey() + ": " + wrong.getMessage(), wrong);
      }
    }
    return changed;
  }

  private void print(Plan plan, Optional<HourlyPlacement> hourly, String currency) {
    PrintWriter out = Console.out(spec);
    switch (format.chosen()) {
      case text -> new AdviceText(out, plan, hourly, currency, asAsked()).print();
      case json -> JsonLine.print(out, json -> AdviceJson.write(json, plan, hourly, currency));
      case csv -> new TextTable<>(columns(plan), plan.lines()).print(out, OutputFormat.csv);
    }
    out.flush();
    new TreeMap<>(plan.impossible())
        .forEach((id, conflict) ->
            Console.err(spec).println("gtrace: " + id + " is left out: " + conflict));
  }

  private String withFactors(String command) {
    return factors
        .path()
        .map(file -> command + " --factors " + ShellWord.of(file.toString()))
        .orElse(command);
  }

  /** The question for a shell, with all that was said of the work, to be asked of one action. */
  private String asAsked() {
    Set<String> ofPlan = Set.of("--actions", "--order", "--front", "--format", "--out");
    StringBuilder command = new StringBuilder("gtrace advise");
    for (OptionSpec option : Console.commandLine(spec).getParseResult().matchedOptions()) {
      if (!ofPlan.contains(option.longestName())) {
        for (String value : option.originalStringValues()) {
          command.append(' ').append(option.longestName()).append(' ').append(ShellWord.of(value));
        }
      }
    }
    return command.toString();
  }

  /** A choice as it is called in a table. */
  private record Named(String name, Choice choice) {}

  private void printFront(Replay replay) {
    List<Criterion> criteria = front.stream().map(AdviseCommand::criterion).distinct().toList();
    PlacementChoices choices = PlacementChoices.of(replay, criteria);
    List<Named> rows = new ArrayList<>();
    choices.choices().forEach(choice -> rows.add(new Named("choice " + (rows.size() + 1), choice)));
    rows.add(new Named("today", choices.today()));
    List<TextTable.Column<Named>> columns = new ArrayList<>();
    columns.add(TextTable.Column.of("placement", "placement", Named::name));
    for (Criterion criterion : Criterion.values()) {
      boolean isPriced = criterion != Criterion.COST || criteria.contains(criterion);
      if (isPriced) {
        String unit =
            criterion == Criterion.COST
                ? replay.organisation().prices().currency()
                : criterion.unit();
        columns.add(
            TextTable.Column.of(
                criterion.label() + ", " + unit,
                criterion.name().toLowerCase(Locale.ROOT),
                row -> row.choice().total(criterion)));
      }
    }
    columns.add(TextTable.Column.of("regions", "regions", row -> row.choice().regions()));
    PrintWriter out = Console.out(spec);
    new TextTable<>(columns, rows).print(out, format.chosen());
    if (format.chosen() == OutputFormat.text) {
      out.println();
      out.println(
          "Electricity of the work that could move, at the medians and by the mean of the year,"
              + " within the capacity of regions.");
    }
    out.flush();
  }

  private static Criterion criterion(String name) {
    return Stream.of(Criterion.values())
        .filter(each -> each.label().equals(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--front: '"
                    + name
                    + "' is none of "
                    + Stream.of(Criterion.values())
                        .map(Criterion::label)
                        .collect(Collectors.joining(", "))));
  }

  private static List<TextTable.Column<Line>> columns(Plan plan) {
    List<TextTable.Column<Line>> columns = new ArrayList<>();
    columns.add(column("rank", line -> plan.lines().indexOf(line) + 1));
    columns.add(column("id", Line::id));
    columns.add(column("summary", Line::summary));
    columns.add(column("detail", Line::detail));
    columns.add(column("effort", line -> line.effort().label()));
    columns.add(column("avoided_carbon_kg", line -> line.avoided().carbonKg().median()));
    columns.add(column("avoided_carbon_kg_low", line -> line.avoided().carbonKg().low()));
    columns.add(column("avoided_carbon_kg_high", line -> line.avoided().carbonKg().high()));
    columns.add(column("probability", line -> line.avoided().probability()));
    columns.add(column("avoided_energy_kwh", line -> line.avoided().energyKwh().median()));
    columns.add(column("avoided_water_l", line -> line.avoided().waterL().median()));
    columns.add(column("avoided_embodied_kg", line -> line.avoided().embodiedKg().median()));
    columns.add(column("avoided_cost", line -> line.avoided().cost()));
    columns.add(column("alone_carbon_kg", line -> line.alone().carbonKg().median()));
    columns.add(column("side_effects", line -> String.join("; ", line.sideEffects())));
    columns.add(column("leaves_out", Line::leavesOut));
    columns.add(column("command", line -> line.command().orElse("")));
    return columns;
  }

  private static TextTable.Column<Line> column(String field, Function<Line, Object> value) {
    return TextTable.Column.forFiles(field, value);
  }
}
