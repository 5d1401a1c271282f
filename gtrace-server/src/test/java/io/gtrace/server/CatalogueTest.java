package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.CardExport;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CatalogueTest extends ServedLedger {
  @ParameterizedTest
  @CsvSource({
    "models, gpt-4o-mini, model, gpt-4o-mini",
    "regions, paris, place, aws/eu-west-3",
    "devices, rtx 4090, device, rtx-4090"
  })
  void entriesThatHoldAllWordsAreListed(String list, String words, String field, String first) {
    JsonNode answer = ask("/v1/" + list + "?q=" + words.replace(" ", "%20"));
    assertThat(answer.at("/" + list + "/0/" + field).stringValue()).isEqualTo(first);
    assertThat(answer.at("/found").intValue()).isEqualTo(answer.at("/" + list).size());
    assertThat(answer.at("/next").isNull()).isTrue();
    assertThat(ask("/v1/" + list + "?q=of-nobody").at("/" + list).size()).isZero();
  }

  @Test
  void aListIsReadPageByPage() {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ask("/v1/models?limit=150" + cursor);
      page.at("/models").forEach(each -> ids.add(each.at("/model").stringValue()));
      cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").stringValue();
    } while (!cursor.isEmpty());
    assertThat(ids).doesNotHaveDuplicates().hasSize(ask("/v1/models").at("/found").intValue());
    HttpResponse<String> first = server.get("/v1/models?q=gpt&limit=2");
    assertThat(first.headers().firstValue("Link").orElse(""))
        .startsWith("</v1/models?q=gpt&limit=2&cursor=2-")
        .endsWith(">; rel=\"next\"");
  }

  @Test
  void aCursorThatIsNoneOrOfAnotherListIsRefused() {
    assertThat(detail(server.get("/v1/models?cursor=12"), 400)).contains("cursor");
    assertThat(detail(server.get("/v1/models?cursor=12-abc"), 410)).contains("begin without one");
    assertThat(detail(server.get("/v1/models?limit=0"), 400)).contains("limit must be");
    assertThat(detail(server.get("/v1/models?words=a"), 400))
        .contains("known are cursor, limit, q");
  }

  @Test
  void factorsAreFoundWithTheirSources() {
    JsonNode answer = ask("/v1/factors?table=grid_intensities&q=FR%20residual");
    assertThat(answer.at("/factors").size()).isPositive();
    answer
        .at("/factors")
        .forEach(each -> {
          assertThat(each.at("/table").stringValue()).isEqualTo("grid_intensities");
          assertThat(each.at("/values/source").stringValue()).isNotBlank();
          assertThat(each.at("/values/licence").stringValue()).isNotBlank();
        });
    Set<String> tables = new HashSet<>();
    ask("/v1/factors").at("/tables").forEach(each -> tables.add(each.stringValue()));
    assertThat(tables).contains("models", "accelerators", "assumptions", "providers");
    assertThat(detail(server.get("/v1/factors?table=colours"), 400)).contains("none of");
  }

  @Test
  void whoHasTheFactorSetIsToldSo() {
    HttpResponse<String> factors = server.get("/v1/factors?limit=1");
    String tag = factors.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isEqualTo("\"" + json(factors).at("/factorSet").stringValue() + "\"");
    for (String path : List.of("/v1/factors", "/v1/models", "/v1/regions", "/v1/devices")) {
      HttpResponse<String> again =
          server.send(
              server.request(path).header("If-None-Match", "\"x\", W/" + tag).GET().build());
      assertThat(again.statusCode()).as(path).isEqualTo(304);
    }
  }

  @Test
  void theCardIsATable() {
    HttpResponse<String> csv = server.get("/v1/card?model=gpt-4o&region=FR,DE&format=csv");
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines.get(0)).isEqualTo(String.join(",", CardExport.columns()));
    JsonNode json = ask("/v1/card?model=gpt-4o&region=FR,DE");
    assertThat(json.at("/rows").size()).isEqualTo(lines.size() - 1);
    assertThat(json.at("/rows/0/driver").stringValue()).isEqualTo("requests");
    HttpResponse<String> accepted =
        server.send(
            server
                .request("/v1/card?model=gpt-4o&region=FR,DE")
                .header("Accept", "text/csv")
                .GET()
                .build());
    assertThat(accepted.body()).isEqualTo(csv.body());
    assertThat(ask("/v1/card?model=gpt-4o&region=DE&year=2024&hours=true").at("/rows").size())
        .isGreaterThan(288);
  }

  @Test
  void moreRowsThanCanBeAnsweredAreRefused() {
    assertThat(detail(server.get("/v1/card?region=all"), 400)).contains("name models and regions");
    assertThat(detail(server.get("/v1/card?model=gpt-4o&hours=true"), 400)).contains("year");
    assertThat(detail(server.get("/v1/card?model=gpt-4p"), 422)).contains("gpt-4");
    assertThat(detail(server.get("/v1/card?model=gpt-4o&format=xml"), 400)).contains("csv or json");
  }

  @Test
  void aRequestIsRoutedWhereItEmitsLeast() {
    JsonNode routes =
        ask("/v1/route?model=gpt-4o&regions=FR,DE,eu-north-1&at=2026-06-12T18:00Z&within_hours=6")
            .at("/routes");
    assertThat(routes.size()).isEqualTo(3);
    assertThat(routes.at("/0/region").stringValue()).isEqualTo("aws/eu-north-1");
    assertThat(routes.at("/0/carbon_kg").doubleValue())
        .isLessThan(routes.at("/2/carbon_kg").doubleValue());
    assertThat(detail(server.get("/v1/route?model=gpt-4o&regions=FR&max_round_trip_ms=5"), 400))
        .contains("users_at");
    assertThat(
            detail(
                server.get(
                    "/v1/route?model=gpt-4o&regions=us-west-2&users_at=DE&max_round_trip_ms=5"),
                400))
        .contains("none of the regions");
    assertThat(detail(server.get("/v1/route?regions=FR"), 400)).isEqualTo("model is missing");
  }
}
