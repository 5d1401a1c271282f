package io.gtrace.mcp;

import io.gtrace.report.Alternative;
import io.gtrace.report.FootprintJson;
import io.gtrace.report.Subject;
import java.util.List;

/** What one activity costs. */
final class EstimateTool implements AgentTool {
  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["model"], "properties": {
      "model": {"type": "string", "description":
        "The model as its provider or gateway calls it, as in gpt-4o; of a training its name."},
      "site": {"type": "string", "description":
        "Where it runs: a cloud region (eu-west-3), a country or state (FR, US-CA), or a device at its\
       user's place (rtx-4090@DE). Default: where the provider usually runs the model."},
      %s}}
      """
          .formatted(WorkColumns.AMOUNTS);

  private final Pricing pricing;

  EstimateTool(Pricing pricing) {
    this.pricing = pricing;
  }

  @Override
  public String name() {
    return "estimate";
  }

  @Override
  public String title() {
    return "Estimate energy, carbon and water";
  }

  @Override
  public String description() {
    return "Energy, CO2e and water of one use of generative AI: text, embeddings, an image, a video,"
        + " speech, music or a training run, with 90 % intervals and what was assumed.";
  }

  @Override
  public String inputSchema() {
    return SCHEMA;
  }

  @Override
  public ToolAnswer answer(Arguments arguments) {
    Alternative priced = pricing.price(WorkColumns.of(arguments));
    Subject subject = priced.subject();
    StringBuilder text = new StringBuilder();
    text.append(subject.modality()).append(" by ").append(subject.series()).append(": ");
    text.append(FigureText.of(priced.footprint())).append(". ").append(FigureText.BRACKETS);
    subject.notes().forEach(note -> text.append("\nAssumed: ").append(note));
    return new ToolAnswer(
        text.toString(), FootprintJson.of(subject::writeTo, priced.footprint(), List.of()));
  }
}
