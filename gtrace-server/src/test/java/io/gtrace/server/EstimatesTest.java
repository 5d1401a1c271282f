package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.footprint.Footprint;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EstimatesTest extends ServedLedger {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "eu-west-3", "input_tokens": 500, "output_tokens": 300}\
      """;
  private static final String LINK =
      "/v1/estimates?model=gpt-4o&region=eu-west-3&input_tokens=500&output_tokens=300";

  @Test
  void oneActivityIsAnsweredWithItsFootprint() {
    HttpResponse<String> answer = server.post("/v1/estimates", CALL);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = json(answer);
    Footprint expected =
        GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("eu-west-3"));
    assertThat(json.at("/carbonKg/median").doubleValue()).isEqualTo(expected.carbonKg().median());
    assertThat(json.at("/carbonKg/low").doubleValue()).isEqualTo(expected.carbonKg().low());
    assertThat(json.at("/waterL/high").doubleValue()).isEqualTo(expected.waterL().high());
    assertThat(json.at("/model").stringValue()).isEqualTo("gpt-4o");
    assertThat(json.at("/site").stringValue()).isEqualTo("aws/eu-west-3");
    assertThat(json.at("/factorSet").stringValue()).startsWith("sha256:");
    assertThat(json.at("/trace").size()).isZero();
  }

  @Test
  void aLinkAsksTheSame() {
    HttpResponse<String> linked = server.get(LINK);
    assertThat(linked.body()).isEqualTo(server.post("/v1/estimates", CALL).body());
    String tag = linked.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        server.send(server.request(LINK).header("If-None-Match", tag).GET().build());
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void theDerivationComesWhereItIsAskedFor() {
    JsonNode traced = json(server.get(LINK + "&trace=true"));
    assertThat(traced.at("/trace/0/parts").size()).isPositive();
    JsonNode explained = json(server.get(LINK.replace("estimates", "explain")));
    assertThat(explained.at("/trace")).isEqualTo(traced.at("/trace"));
    assertThat(explained.at("/varianceShares").size()).isPositive();
    assertThat(explained.toString()).contains("\"source\"");
  }

  @Test
  void manyAreAnsweredEachInItsPlace() {
    String wrong = CALL.replace("300", "\"many\"");
    for (String body :
        new String[] {
          "[%s,%s,%s]".formatted(CALL, wrong, CALL), CALL + "\n" + wrong + "\n" + CALL
        }) {
      HttpResponse<String> answer = server.post("/v1/estimates", body);
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode json = json(answer);
      assertThat(json.at("/estimates").size()).isEqualTo(3);
      assertThat(json.at("/estimates/1/record").intValue()).isEqualTo(2);
      assertThat(json.at("/estimates/1/field").stringValue()).isEqualTo("output_tokens");
      assertThat(json.at("/refused").intValue()).isEqualTo(1);
      assertThat(json.at("/total/carbonKg/median").doubleValue())
          .isCloseTo(
              2 * json.at("/estimates/0/carbonKg/median").doubleValue(), withinPercentage(1e-9));
    }
  }

  @Test
  void aListOfOneIsAnsweredWithAList() {
    assertThat(json(server.post("/v1/estimates", "[" + CALL + "]")).at("/estimates").size())
        .isEqualTo(1);
    assertThat(
            json(server.post("/v1/estimates", CALL, "Content-Type", "application/x-ndjson"))
                .at("/estimates")
                .size())
        .isEqualTo(1);
  }

  @Test
  void whatIsWrongIsNamed() {
    HttpResponse<String> field =
        server.post("/v1/estimates", CALL.replace("output_tokens\": 300", "tokens_out\": 3"));
    assertThat(field.statusCode()).isEqualTo(200);
    assertThat(json(field).at("/notes").toString()).contains("did you mean output_tokens?");
    HttpResponse<String> amount = server.post("/v1/estimates", CALL.replace("300", "-3"));
    assertThat(amount.statusCode()).isEqualTo(422);
    assertThat(json(amount).at("/detail").stringValue()).startsWith("output_tokens: ");
    assertThat(server.post("/v1/estimates", "{\"model\": ").statusCode()).isEqualTo(400);
    assertThat(server.post("/v1/estimates", "").statusCode()).isEqualTo(400);
    HttpResponse<String> parameter = server.get(LINK + "&colour=red");
    assertThat(parameter.statusCode()).isEqualTo(400);
    assertThat(json(parameter).at("/detail").stringValue())
        .startsWith("unknown parameter 'colour'");
    assertThat(server.get(LINK + "&output_tokens=4").body()).contains("more than once");
    assertThat(server.get(LINK + "&completion_tokens=4").body()).contains("another name of");
  }

  @Test
  void otherMethodsAreToldWhatThereIs() {
    HttpResponse<String> refused = server.send(server.request("/v1/estimates").DELETE().build());
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD, POST");
    HttpRequest head = server.request(LINK).method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<String> answer = server.send(head);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("ETag")).isPresent();
  }
}
