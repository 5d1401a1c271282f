package io.gtrace.mcp;

import io.gtrace.factor.Fallback;
import io.gtrace.governance.routing.RouteQuestion;
import io.gtrace.governance.routing.Router.Route;
import io.gtrace.ledger.query.Period;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.CatalogueFields;
import io.gtrace.report.Field;
import io.gtrace.report.Figures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Where and when a request emits least. */
final class RouteTool implements AgentTool {
  private static final long USUAL_INPUT_TOKENS = 500;
  private static final long USUAL_OUTPUT_TOKENS = 300;
  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false, "required": ["model", "sites"],
      "properties": {
      "model": {"type": "string", "description": "The model that is to run."},
      "sites": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 100,
        "description": "Where it may run: cloud regions, grid zones, devices."},
      "at": {"type": "string", "description": "When it could start, ISO 8601. Default: now."},
      "within_hours": {"type": "integer", "minimum": 0, "maximum": %d, "description":
        "How many hours it may wait. Default 0."},
      "input_tokens": {"type": "integer", "minimum": 0, "description":
        "Text: tokens that it reads. Default %d."},
      "output_tokens": {"type": "integer", "minimum": 0, "description":
        "Text: tokens that it writes. Default %d."},
      "users_at": {"type": "string", "description":
        "Country or region of its users, for the round trip."},
      "max_round_trip_ms": {"type": "number", "minimum": 0, "description":
        "Longest round trip that they bear; needs users_at."}}}
      """
          .formatted(RouteQuestion.MOST_HOURS, USUAL_INPUT_TOKENS, USUAL_OUTPUT_TOKENS);

  private final RateCard card;
  private final InstantSource clock;

  RouteTool(RateCard card, InstantSource clock) {
    this.card = card;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "route";
  }

  @Override
  public String title() {
    return "Find the place and hour of least carbon";
  }

  @Override
  public String description() {
    return "Where and when a request to a model emits least among places and hours that you can"
        + " choose, and how sure that is.";
  }

  @Override
  public String inputSchema() {
    return SCHEMA;
  }

  @Override
  public ToolAnswer answer(Arguments arguments) {
    OptionalDouble maxRoundTripMs = arguments.number("max_round_trip_ms");
    if (maxRoundTripMs.isPresent() && arguments.text("users_at").isEmpty()) {
      throw new IllegalArgumentException(
          "max_round_trip_ms needs users_at: say where the users are");
    }
    Instant start =
        arguments.text("at").map(text -> Period.moment("at", text)).orElseGet(clock::instant);
    List<Route> routes =
        new RouteQuestion(
                arguments.required("model"),
                arguments.list("sites"),
                start,
                Math.toIntExact(arguments.whole("within_hours", 0)),
                arguments.whole("input_tokens", USUAL_INPUT_TOKENS),
                arguments.whole("output_tokens", USUAL_OUTPUT_TOKENS),
                arguments.text("users_at"),
                maxRoundTripMs.orElse(Double.POSITIVE_INFINITY))
            .routes(card, Fallback.ALLOW);
    return ToolAnswer.of(
        text(routes),
        json -> {
          json.writeArrayPropertyStart("routes");
          routes.forEach(each -> Field.write(json, CatalogueFields.ROUTES, each));
          json.writeEndArray();
        });
  }

  private static String text(List<Route> routes) {
    StringBuilder text = new StringBuilder("Least carbon first:");
    for (Route each : routes) {
      text.append("\n- ").append(each.region()).append(" at ").append(each.start()).append(": ");
      text.append(Figures.carbon(each.carbonKg()));
      text.append(
          String.format(
              Locale.ROOT, ", emits least with probability %.2f", each.probabilityOfLeast()));
      each.roundTripMs()
          .ifPresent(ms -> text.append(String.format(Locale.ROOT, ", round trip %.0f ms", ms)));
      if (!each.hoursKnown()) {
        text.append(", hours not known: every hour is like the mean of the year");
      }
    }
    return text.append('\n').append(FigureText.BRACKETS).toString();
  }
}
