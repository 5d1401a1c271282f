package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.report.Figures;
import io.gtrace.report.LedgerAnswerJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a ledger: energy, carbon and water with intervals, split as you like, or SQL.",
      "SQL is one SELECT in the dialect of DuckDB over events, priced_events, rollup, batches and"
          + " card_row; it changes nothing and reads nothing else. Its figures are medians."
    },
    footer = {
      "",
      "Example: gtrace query --ledger ledger --by team,model",
      "Example: gtrace query --ledger ledger --by day --from 2026-03 --to 2026-04 --format csv",
      "Example: gtrace query --ledger ledger \"SELECT team, sum(carbon_kg) FROM priced_events"
          + " GROUP BY team\""
    })
final class QueryCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private PeriodOptions period = new PeriodOptions();

  @Parameters(paramLabel = "SQL", arity = "0..1", description = "One SELECT.")
  private Optional<String> sql = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "DIMENSIONS",
      split = ",",
      description =
          "Split along these: team, app, model, region, zone, modality, grid_factor, hour, day, month,"
              + " year.")
  private List<String> by = List.of();

  @Option(
      names = "--as-sealed",
      description = "By the factors that each batch was sealed with, whatever was repriced since.")
  private boolean asSealed;

  @Option(
      names = "--limit",
      paramLabel = "LINES",
      defaultValue = "40",
      description = "Lines that text shows at most (default: 40); json and csv print all.")
  private int limit;

  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    if (sql.isPresent() && !by.isEmpty()) {
      throw new IllegalArgumentException("give either SQL or --by, not both");
    }
    List<GroupBy> dimensions = by.stream().map(QueryCommand::dimension).toList();
    Period asked = period.period();
    try (LedgerQuery query =
        LedgerQuery.open(
            ledger.open().snapshot(), asSealed ? Pricing.AS_SEALED : Pricing.CURRENT)) {
      if (sql.isPresent()) {
        SqlRows.print(query, sql.get(), format.chosen(), limit, Console.out(spec));
      } else {
        print(query, dimensions, asked);
      }
    }
    Console.out(spec).flush();
    return ExitCode.DONE;
  }

  private static GroupBy dimension(String name) {
    return GroupBy.named(name)
        .orElseThrow(() ->
            new IllegalArgumentException("--by: '" + name + "' is none of " + GroupBy.labels()));
  }

  private void print(LedgerQuery query, List<GroupBy> dimensions, Period asked) {
    PrintWriter out = Console.out(spec);
    List<QueryLine> lines =
        dimensions.isEmpty() ? List.of(query.total(asked)) : query.by(dimensions, asked);
    List<String> names = dimensions.stream().map(GroupBy::label).toList();
    switch (format.chosen()) {
      case text -> text(out, query, names, lines, asked);
      case csv -> csv(out, names, lines);
      case json -> json(out, query, names, lines, asked);
    }
  }

  private void text(
      PrintWriter out, LedgerQuery query, List<String> names, List<QueryLine> lines, Period asked) {
    QueryLine total = names.isEmpty() ? lines.get(0) : query.total(asked);
    double all = total.footprint().median(Impact.CARBON_KG);
    out.println(
        Numbers.counted((double) total.activities(), "activity", "activities")
            + ", "
            + Numbers.counted(total.tokens(), "token", "tokens"));
    if (total.activities() == 0) {
      return;
    }
    out.println("  energy  " + Figures.energy(total.footprint().energyKwh()));
    out.println("  carbon  " + Figures.carbon(total.footprint().carbonKg()));
    out.println("  water   " + Figures.water(total.footprint().waterL()));
    if (names.isEmpty()) {
      return;
    }
    List<Column<QueryLine>> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int key = i;
      columns.add(
          Column.forPeople(
              names.get(i),
              line -> line.keys().get(key).isEmpty() ? "(not known)" : line.keys().get(key)));
    }
    columns.add(
        Column.forPeople(
            "activities", line -> String.format(Locale.ROOT, "%,d", line.activities())));
    columns.add(Column.forPeople("energy", line -> Figures.energy(line.footprint().energyKwh())));
    columns.add(Column.forPeople("carbon", line -> Figures.carbon(line.footprint().carbonKg())));
    columns.add(
        Column.forPeople(
            "share",
            line ->
                String.format(
                    Locale.ROOT,
                    "%.1f %%",
                    100 * line.footprint().median(Impact.CARBON_KG) / all)));
    out.println();
    new TextTable<>(columns, lines.subList(0, Math.min(limit, lines.size())))
        .print(out, OutputFormat.text);
    if (lines.size() > limit) {
      out.println("… and " + (lines.size() - limit) + " more; --limit shows more");
    }
  }

  private static void csv(PrintWriter out, List<String> names, List<QueryLine> lines) {
    List<String> header = new ArrayList<>(names);
    header.addAll(List.of("activities", "requests", "tokens"));
    out.println(CsvLine.of(header) + "," + FootprintCsv.HEADER);
    for (QueryLine line : lines) {
      List<String> cells = new ArrayList<>(line.keys());
      cells.add(Long.toString(line.activities()));
      cells.add(Double.toString(line.requests()));
      cells.add(Double.toString(line.tokens()));
      out.println(CsvLine.of(cells) + "," + FootprintCsv.row(line.footprint()));
    }
  }

  private static void json(
      PrintWriter out, LedgerQuery query, List<String> names, List<QueryLine> lines, Period asked) {
    boolean whole = names.isEmpty();
    JsonLine.print(
        out,
        json ->
            LedgerAnswerJson.write(
                json, names, whole ? lines.get(0) : query.total(asked), whole ? List.of() : lines));
  }
}
