package io.gtrace.mcp;

import io.gtrace.ledger.UsageColumn;
import io.gtrace.report.Alternative;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same work on several models and in several places. */
final class CompareTool implements AgentTool {
  private static final int MOST_EACH = 20;
  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["models"], "properties": {
      "models": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": %1$d,
        "description": "Models to set beside each other."},
      "sites": {"type": "array", "items": {"type": "string"}, "maxItems": %1$d, "description":
        "Places to set beside each other: cloud regions, countries, states, devices. Default: where\
       each provider usually runs the model."},
      %2$s}}
      """
          .formatted(MOST_EACH, WorkColumns.AMOUNTS);

  private final Pricing pricing;

  CompareTool(Pricing pricing) {
    this.pricing = pricing;
  }

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String title() {
    return "Compare models and places";
  }

  @Override
  public String description() {
    return "Sets the same work on several models and in several places beside each other, least"
        + " carbon first, each with the probability that it emits least.";
  }

  @Override
  public String inputSchema() {
    return SCHEMA;
  }

  @Override
  public ToolAnswer answer(Arguments arguments) {
    List<Alternative> alternatives = alternatives(arguments);
    List<String> objects = Alternative.json(alternatives);
    Alternative least = alternatives.get(0);
    StringBuilder text = new StringBuilder("Least carbon first:");
    for (Alternative each : alternatives) {
      text.append("\n- ").append(each.label()).append(": ");
      text.append(FigureText.of(each.footprint()));
      if (!each.isOfSeries(least)) {
        text.append(
            String.format(
                Locale.ROOT,
                "; emits more than the first with probability %.2f",
                least.probabilityOfLessThan(each)));
      }
      each.subject().notes().forEach(note -> text.append("\n  Assumed: ").append(note));
    }
    text.append('\n').append(FigureText.BRACKETS);
    return ToolAnswer.of(
        text.toString(),
        json -> {
          json.writeArrayPropertyStart("alternatives");
          objects.forEach(json::writeRawValue);
          json.writeEndArray();
        });
  }

  /** Each model at each place once, by whatever names they were listed. */
  private List<Alternative> alternatives(Arguments arguments) {
    Map<UsageColumn, String> work = WorkColumns.of(arguments);
    List<String> sites = arguments.list("sites");
    Map<String, Alternative> distinct = new LinkedHashMap<>();
    for (String model : arguments.list("models")) {
      for (String site : sites.isEmpty() ? List.of("") : sites) {
        work.put(UsageColumn.MODEL, model);
        work.put(UsageColumn.SITE, site);
        Alternative priced = pricing.price(work);
        distinct.putIfAbsent(priced.series(), priced);
      }
    }
    List<Alternative> ordered = new ArrayList<>(distinct.values());
    ordered.sort(Comparator.comparingDouble(Alternative::carbonKg));
    return ordered;
  }
}
