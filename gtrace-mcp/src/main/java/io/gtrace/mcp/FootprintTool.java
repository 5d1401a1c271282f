package io.gtrace.mcp;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.report.Figures;
import io.gtrace.report.LedgerAnswerJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a ledger holds, split as an agent likes. */
final class FootprintTool implements AgentTool {
  private static final int USUAL_LINES = 20;
  private static final int MOST_LINES = 500;
  private static final List<GroupBy> FILTERS =
      Stream.of(GroupBy.values()).filter(each -> !each.isTime()).toList();
  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "properties": {
      "by": {"type": "array", "items": {"type": "string", "enum": [%s]}, "description":
        "Split along these. Default: the total alone."},
      "from": {"type": "string", "description": "Begin of the period, as in 2026-03 or 2026-03-01T14:00Z."},
      "to": {"type": "string", "description": "The first moment after the period."},
      "only": {"type": "object", "additionalProperties": false, "properties": {%s}, "description":
        "Only work with these values, as in {\\"team\\": \\"search\\"}."},
      "lines": {"type": "integer", "minimum": 1, "maximum": %d, "description":
        "Lines of most carbon that are told. Default %d."}}}
      """
          .formatted(
              names(List.of(GroupBy.values()), "\"%s\""),
              names(FILTERS, "\"%s\": {\"type\": \"string\"}"),
              MOST_LINES,
              USUAL_LINES);

  private final Path folder;

  /**
   * @param folder of the ledger
   */
  FootprintTool(Path folder) {
    this.folder = folder;
  }

  private static String names(List<GroupBy> dimensions, String form) {
    return dimensions.stream()
        .map(each -> String.format(form, each.label()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String name() {
    return "footprint";
  }

  @Override
  public String title() {
    return "Ask the carbon ledger";
  }

  @Override
  public String description() {
    return "Energy, CO2e and water of the work in this organisation's ledger: in total, or by team,"
        + " app, model, region, modality, hour, day, month and more, of any period.";
  }

  @Override
  public String inputSchema() {
    return SCHEMA;
  }

  @Override
  public ToolAnswer answer(Arguments arguments) {
    List<GroupBy> by =
        arguments.list("by").stream().map(name -> GroupBy.named(name).orElseThrow()).toList();
    Period period = Period.parse("from", arguments.text("from"), "to", arguments.text("to"));
    Map<GroupBy, String> only = new EnumMap<>(GroupBy.class);
    FILTERS.forEach(
        each -> arguments.text("only", each.label()).ifPresent(value -> only.put(each, value)));
    int most = Math.toIntExact(arguments.whole("lines", USUAL_LINES));
    try (LedgerQuery query =
        LedgerQuery.open(Ledger.open(folder).snapshot(), RollupFiles.Pricing.CURRENT)) {
      QueryLine total = query.total(period, only);
      List<QueryLine> all = by.isEmpty() ? List.of() : query.by(by, period, only);
      List<QueryLine> told = largest(all, most);
      return ToolAnswer.of(
          text(total, told, all.size()),
          json -> {
            LedgerAnswerJson.write(json, by.stream().map(GroupBy::label).toList(), total, told);
            json.writeNumberProperty("linesLeftOut", all.size() - told.size());
          });
    }
  }

  private static List<QueryLine> largest(List<QueryLine> lines, int most) {
    List<QueryLine> ordered = new ArrayList<>(lines);
    ordered.sort(
        Comparator.comparingDouble((QueryLine line) -> line.footprint().carbonKg().median())
            .reversed());
    return ordered.subList(0, Math.min(most, ordered.size()));
  }

  private static String text(QueryLine total, List<QueryLine> told, int all) {
    StringBuilder text = new StringBuilder(line("All", total));
    for (QueryLine each : told) {
      String keys =
          each.keys().stream()
              .map(key -> key.isEmpty() ? "(not known)" : key)
              .collect(Collectors.joining(", "));
      text.append("\n- ").append(line(keys, each));
    }
    if (all > told.size()) {
      text.append("\nand ").append(all - told.size()).append(" with less; ask for more lines");
    }
    return text.append('\n').append(FigureText.BRACKETS).toString();
  }

  private static String line(String name, QueryLine line) {
    return name
        + ": "
        + Figures.count(line.activities())
        + (line.activities() == 1 ? " activity" : " activities")
        + (line.activities() == 0 ? "" : ", " + FigureText.of(line.footprint()));
  }
}
