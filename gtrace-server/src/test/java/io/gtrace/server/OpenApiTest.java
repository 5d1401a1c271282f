package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gtrace.ledger.query.CellRoom;
import io.gtrace.server.api.Api;
import io.gtrace.server.api.ApiOptions;
import io.gtrace.server.http.IntakeRoom;
import io.gtrace.server.ingest.Activities;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.helidon.webserver.http.HttpRules;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API is held to the API, and the API to its description. */
class OpenApiTest extends ServedLedger {
  private static final Set<String> METHODS = Set.of("get", "post", "delete", "put", "patch");
  private static final Pattern KNOWN = Pattern.compile("known (?:is none|are (.*))$");

  private static JsonNode description() {
    return ask("/openapi.json");
  }

  @Test
  void itIsOpenApiWithoutFaults() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed =
        new OpenAPIV3Parser().readContents(server.get("/openapi.json").body(), null, options);
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    Set<String> ids = new TreeSet<>();
    description()
        .at("/paths")
        .forEach(path ->
            path.forEach(operation ->
                assertThat(ids.add(operation.at("/operationId").asString())).isTrue()));
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    Set<String> routes = new TreeSet<>(Set.of("get /health"));
    HttpRules recording =
        (HttpRules)
            Proxy.newProxyInstance(
                HttpRules.class.getClassLoader(),
                new Class<?>[] {HttpRules.class},
                (proxy, method, arguments) -> {
                  if (METHODS.contains(method.getName())) {
                    routes.add(method.getName() + " " + arguments[0]);
                  }
                  return proxy;
                });
    Organisation organisation =
        Organisation.open(
            "other",
            folder.resolve("other"),
            TestServer::ratecard,
            Clock.systemUTC(),
            "test",
            Duration.ofSeconds(1),
            new CellRoom(100_000));
    try (Organisations organisations = new Organisations(List.of(organisation));
        Api api = new Api(organisations, ApiOptions.USUAL, Clock.systemUTC())) {
      api.routing(recording);
      new Activities(organisations, new IntakeRoom(1_000, Duration.ofSeconds(1)))
          .routing(recording);
    }
    Set<String> described = new TreeSet<>();
    description()
        .at("/paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method -> described.add(method + " " + path.getKey())));
    assertThat(described).isEqualTo(routes);
  }

  /** An unknown parameter is answered with those that are known, which are those described. */
  @Test
  void parametersAreThoseThatAreKnown() {
    JsonNode description = description();
    description
        .at("/paths")
        .properties()
        .forEach(path -> {
          JsonNode get = path.getValue().path("get");
          if (get.isMissingNode()
              || path.getKey().contains("{")
              || path.getKey().equals("/health")) {
            return;
          }
          String detail = detail(server.get(path.getKey() + "?no-such-parameter=1"), 400);
          Matcher known = KNOWN.matcher(detail);
          assertThat(known.find()).as(path.getKey() + ": " + detail).isTrue();
          Set<String> names = new TreeSet<>();
          if (known.group(1) != null) {
            names.addAll(List.of(known.group(1).split(", ")));
          }
          Set<String> described = new TreeSet<>();
          get.path("parameters")
              .forEach(reference ->
                  described.add(
                      description
                          .at(reference.at("/$ref").stringValue().substring(1) + "/name")
                          .stringValue()));
          if (described.contains("output_tokens") && described.contains("width_px")) {
            assertThat(names).as(path.getKey()).containsAll(described);
          } else {
            assertThat(described).as(path.getKey()).isEqualTo(names);
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /v1/estimates | /v1/estimates?model=gpt-4o&output_tokens=300&trace=true |",
        "GET | /v1/estimates | /v1/estimates?model=gpt-4o |",
        "POST | /v1/estimates | /v1/estimates | {\"model\": \"gpt-4o\", \"output_tokens\": 300}",
        "POST | /v1/estimates | /v1/estimates | [{\"model\": \"gpt-4o\"}, {\"model\": \"flux.1-dev\"}]",
        "POST | /v1/estimates | /v1/estimates | [{\"model\": \"gpt-4o\"}]",
        "GET | /v1/explain | /v1/explain?model=flux.1-dev&count=2&site=rtx-4090@DE |",
        "POST | /v1/activities | /v1/activities | {\"model\": \"gpt-4o\", \"output_tokens\": 300}",
        "POST | /v1/activities | /v1/activities | {\"model\": \"gpt-4o\", \"output_tokens\": -3}",
        "GET | /v1/footprints | /v1/footprints?by=team,model |",
        "GET | /v1/ledger | /v1/ledger |",
        "GET | /v1/ledger/batches | /v1/ledger/batches |",
        "GET | /v1/ledger/quarantine | /v1/ledger/quarantine |",
        "GET | /v1/models | /v1/models?q=gpt&limit=5 |",
        "GET | /v1/regions | /v1/regions?limit=1000 |",
        "GET | /v1/devices | /v1/devices?limit=1000 |",
        "GET | /v1/factors | /v1/factors?limit=1000&q=FR |",
        "GET | /v1/card | /v1/card?model=gpt-4o&region=FR |",
        "GET | /v1/route | /v1/route?model=gpt-4o&regions=FR,DE&users_at=DE |",
        "GET | /v1/pyramid | /v1/pyramid |",
        "GET | /v1/pyramid/recorded | /v1/pyramid/recorded |",
        "GET | /v1/advice | /v1/advice |",
        "GET | /v1/disclosures | /v1/disclosures |",
        "GET | /v1/disclosures/{standard} | /v1/disclosures/ghg |",
        "GET | /v1/studies | /v1/studies |",
        "GET | /v1/studies/{id} | /v1/studies/none |",
        "POST | /v1/studies | /v1/studies | {\"study\": \"sir\", \"scale\": 0.0001, \"days\": 1}",
        "POST | /v1/studies | /v1/studies | {\"study\": \"none\"}",
        "GET | /v1beta/providers | /v1beta/providers |",
        "GET | /v1beta/models/{provider} | /v1beta/models/openai |",
        "GET | /v1beta/electricity-mix-zones/{zone} | /v1beta/electricity-mix-zones/FRA |",
        "GET | /v1/electricity-mix-zones/{zone} | /v1/electricity-mix-zones/none |",
        "POST | /v1beta/estimations | /v1beta/estimations | {\"provider\": \"openai\", \"model_name\": \"gpt-4o\", \"output_token_count\": 3}",
        "POST | /v1beta/estimations | /v1beta/estimations | {\"provider\": \"openai\", \"model_name\": \"none\", \"output_token_count\": 3}",
        "POST | /v1beta/expert-estimations | /v1beta/expert-estimations | {\"output_token_count\": 3}",
        "GET | /health | /health |",
        "DELETE | /v1/estimates | /v1/estimates |"
      })
  void answersAreAsDescribed(String method, String path, String asked, String body) {
    HttpResponse<String> answer =
        server.send(
            server
                .request(asked)
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    String mediaType =
        answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    JsonNode description = description();
    JsonNode responses =
        description
            .path("paths")
            .path(path)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses");
    JsonNode content = responses.path(Integer.toString(answer.statusCode())).path("content");
    JsonNode schema =
        content.path(mediaType).isMissingNode()
            ? new ObjectMapper().createObjectNode().put("$ref", "#/components/schemas/Problem")
            : content.path(mediaType).path("schema");
    if (content.path(mediaType).isMissingNode()) {
      assertThat(mediaType).as(answer.body()).isEqualTo("application/problem+json");
      assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    }
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", description.path("components"));
    List<Error> faults =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole.toString())
            .validate(new ObjectMapper().readTree(answer.body()));
    assertThat(faults).as(answer.body()).isEmpty();
  }
}
