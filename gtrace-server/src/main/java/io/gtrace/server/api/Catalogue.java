package io.gtrace.server.api;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.FactorRow;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.routing.RouteQuestion;
import io.gtrace.governance.routing.Router.Route;
import io.gtrace.ledger.CardExport;
import io.gtrace.ledger.CardSelection;
import io.gtrace.ledger.query.Period;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.report.CatalogueFields;
import io.gtrace.report.CatalogueFields.PlaceEntry;
import io.gtrace.report.Field;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.CallerHandler;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.EntityTag;
import io.gtrace.server.http.Json;
import io.gtrace.server.http.Methods;
import io.gtrace.server.http.Page;
import io.gtrace.server.http.Parameters;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.Organisations;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of models, places, devices and factors, the rate card, and where to run. */
final class Catalogue implements HttpService {
  private static final int MOST_CARD_ROWS = 5_000;
  private static final long MOST_TOKENS = 1_000_000_000L;
  private static final String[] SEARCH = {"q", "limit", "cursor"};

  private final Organisations organisations;
  private final InstantSource clock;

  /**
   * @param clock tells when a request could start that names no time
   */
  Catalogue(Organisations organisations, InstantSource clock) {
    this.organisations = organisations;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    get(rules, "/v1/models", list("models", FactorCatalogue::models, CatalogueFields.MODELS));
    get(rules, "/v1/regions", list("regions", PlaceEntry::of, CatalogueFields.REGIONS));
    get(
        rules,
        "/v1/devices",
        list("devices", FactorCatalogue::accelerators, CatalogueFields.DEVICES));
    get(rules, "/v1/factors", this::factors);
    get(rules, "/v1/card", this::card);
    get(rules, "/v1/route", this::route);
  }

  private static void get(HttpRules rules, String path, CallerHandler handler) {
    Methods.at(rules, path).get(Gatekeeper.requiring(Scope.READ, handler)).only();
  }

  private FactorCatalogue catalogue(Caller caller) {
    return organisations.of(caller).card().catalogue();
  }

  /** Answers with the entries that hold all words that are asked for. */
  private <T> CallerHandler list(
      String name, Function<FactorCatalogue, List<T>> entries, List<Field<T>> fields) {
    return (caller, request, response) -> {
      Parameters asked = Parameters.of(request, SEARCH);
      FactorCatalogue catalogue = catalogue(caller);
      String factorSet = catalogue.factorSet();
      if (EntityTag.isKnown(request, response, factorSet)) {
        return;
      }
      List<T> found =
          entries.apply(catalogue).stream()
              .filter(
                  entry -> holds(asked, fields.stream().map(field -> field.value().apply(entry))))
              .toList();
      Page<T> page = Page.of(found, asked, factorSet);
      page.link(request, response);
      Json.send(
          response,
          json -> {
            json.writeStringProperty("factorSet", factorSet);
            json.writeNumberProperty("found", found.size());
            page.write(json, name, (to, entry) -> Field.write(to, fields, entry));
          });
    };
  }

  private static boolean holds(Parameters asked, Stream<?> texts) {
    List<String> words =
        asked.text("q").stream()
            .flatMap(query -> Arrays.stream(query.toLowerCase(Locale.ROOT).split("\\s+")))
            .toList();
    if (words.isEmpty()) {
      return true;
    }
    String text =
        texts.map(Object::toString).collect(Collectors.joining(" ")).toLowerCase(Locale.ROOT);
    return words.stream().allMatch(text::contains);
  }

  private void factors(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters asked = Parameters.of(request, "q", "table", "limit", "cursor");
    FactorCatalogue catalogue = catalogue(caller);
    String factorSet = catalogue.factorSet();
    if (EntityTag.isKnown(request, response, factorSet)) {
      return;
    }
    List<String> tables = catalogue.rows().stream().map(FactorRow::table).distinct().toList();
    asked
        .text("table")
        .filter(table -> !tables.contains(table))
        .ifPresent(unknown -> {
          throw Problem.of(
              Status.BAD_REQUEST_400,
              "table: '" + unknown + "' is none of " + String.join(", ", tables));
        });
    List<FactorRow> found =
        catalogue.rows().stream()
            .filter(row -> asked.text("table").map(row.table()::equals).orElse(true))
            .filter(row ->
                holds(asked, Stream.concat(Stream.of(row.table()), row.values().values().stream())))
            .toList();
    Page<FactorRow> page = Page.of(found, asked, factorSet);
    page.link(request, response);
    Json.send(
        response,
        json -> {
          json.writeStringProperty("factorSet", factorSet);
          json.writeNumberProperty("found", found.size());
          json.writeArrayPropertyStart("tables");
          tables.forEach(json::writeString);
          json.writeEndArray();
          page.write(
              json,
              "factors",
              (to, row) -> {
                to.writeStartObject();
                to.writeStringProperty("table", row.table());
                to.writeArrayPropertyStart("key");
                row.key().forEach(to::writeString);
                to.writeEndArray();
                to.writeObjectPropertyStart("values");
                row.values().forEach(to::writeStringProperty);
                to.writeEndObject();
                to.writeEndObject();
              });
        });
  }

  private void card(Caller caller, ServerRequest request, ServerResponse response)
      throws IOException {
    Parameters asked =
        Parameters.of(request, "model", "region", "accelerator", "year", "hours", "format");
    RateCard card = organisations.of(caller).card();
    boolean csv = isCsv(asked, request);
    CardSelection selection =
        new CardSelection(
            asked.list("model"),
            asked.list("region"),
            asked.list("accelerator"),
            asked
                .whole("year", 1, 9_999)
                .map(year -> OptionalInt.of(Math.toIntExact(year)))
                .orElseGet(OptionalInt::empty),
            asked.flag("hours"),
            Fallback.REFUSE);
    if (selection.mostRows(card) > MOST_CARD_ROWS) {
      throw Problem.of(
          Status.BAD_REQUEST_400,
          String.format(
              Locale.ROOT,
              "these may be %,d rows, and %,d are the most; name models and regions, or use gtrace"
                  + " card for all",
              selection.mostRows(card),
              MOST_CARD_ROWS));
    }
    response.header(HeaderNames.VARY, HeaderNames.ACCEPT_NAME);
    if (EntityTag.isKnown(
        request, response, card.catalogue().factorSet() + (csv ? "-csv" : "-json"))) {
      return;
    }
    StringWriter text = new StringWriter();
    Stream<CardRow> rows = selection.rows(card);
    if (csv) {
      CardExport.writeCsv(rows, text);
      response
          .header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
          .send(text.toString().getBytes(StandardCharsets.UTF_8));
      return;
    }
    CardExport.writeJson(rows, text);
    Json.send(
        response,
        json -> {
          json.writeStringProperty("factorSet", card.catalogue().factorSet());
          json.writeArrayPropertyStart("rows");
          text.toString().lines().forEach(json::writeRawValue);
          json.writeEndArray();
        });
  }

  private static boolean isCsv(Parameters asked, ServerRequest request) {
    String format =
        asked
            .text("format")
            .orElseGet(() ->
                request
                    .headers()
                    .first(HeaderNames.ACCEPT)
                    .filter(accept -> accept.contains("text/csv"))
                    .map(accept -> "csv")
                    .orElse("json"));
    return switch (format) {
      case "csv" -> true;
      case "json" -> false;
      default ->
          throw Problem.of(
              Status.BAD_REQUEST_400, "format must be csv or json, not '" + format + "'");
    };
  }

  private void route(Caller caller, ServerRequest request, ServerResponse response) {
    Parameters asked =
        Parameters.of(
            request,
            "model",
            "regions",
            "at",
            "within_hours",
            "input_tokens",
            "output_tokens",
            "users_at",
            "max_round_trip_ms");
    if (asked.number("max_round_trip_ms").isPresent() && asked.text("users_at").isEmpty()) {
      throw Problem.of(
          Status.BAD_REQUEST_400, "max_round_trip_ms needs users_at: say where the users are");
    }
    asked.required("regions");
    Instant start =
        asked.text("at").map(text -> Period.moment("at", text)).orElseGet(clock::instant);
    List<Route> routes =
        new RouteQuestion(
                asked.required("model"),
                asked.list("regions"),
                start,
                asked
                    .whole("within_hours", 0, RouteQuestion.MOST_HOURS)
                    .map(Math::toIntExact)
                    .orElse(0),
                asked.whole("input_tokens", 0, MOST_TOKENS).orElse(500L),
                asked.whole("output_tokens", 0, MOST_TOKENS).orElse(300L),
                asked.text("users_at"),
                asked.number("max_round_trip_ms").orElse(Double.POSITIVE_INFINITY))
            .routes(organisations.of(caller).card(), Fallback.REFUSE);
    Json.send(
        response,
        json -> {
          json.writeArrayPropertyStart("routes");
          routes.forEach(each -> Field.write(json, CatalogueFields.ROUTES, each));
          json.writeEndArray();
        });
  }
}
