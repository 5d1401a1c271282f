package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.activity.TextGeneration;
import io.gtrace.ecologits.EcoLogitsCatalogue;
import io.gtrace.ecologits.RequestImpacts;
import io.gtrace.factor.FactorCatalogue;
import java.net.http.HttpResponse;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the tests and examples of the EcoLogits API expect of it. */
class EcoLogitsApiTest extends ServedLedger {
  private static final String REQUEST =
      """
      {"provider": "openai", "model_name": "gpt-4o-mini", "output_token_count": 300,
       "request_latency": 1.5, "electricity_mix_zone": "WOR"}\
      """;

  private static JsonNode impacts(String path, String body) {
    HttpResponse<String> answer = server.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/impacts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1beta", "/v1"})
  void providersModelsAndZonesAreListed(String version) {
    assertThat(ask(version + "/providers").toString())
        .isEqualTo(
            "{\"providers\":[\"anthropic\",\"cohere\",\"google_genai\",\"huggingface_hub\","
                + "\"mistralai\",\"openai\"]}");
    JsonNode models = ask(version + "/models/openai").at("/models");
    JsonNode mini =
        models
            .valueStream()
            .filter(each -> each.at("/name").stringValue().equals("gpt-4o"))
            .findFirst()
            .orElseThrow();
    assertThat(mini.at("/provider").stringValue()).isEqualTo("openai");
    assertThat(mini.at("/architecture/type").stringValue()).isEqualTo("moe");
    assertThat(mini.at("/architecture/parameters/total").doubleValue()).isEqualTo(440);
    assertThat(mini.at("/architecture/parameters/active/min").doubleValue()).isEqualTo(44);
    assertThat(mini.at("/architecture/parameters/active/max").doubleValue()).isEqualTo(132);
    assertThat(detail(server.get(version + "/models/invalid_provider"), 404))
        .isEqualTo("Provider not found");
    JsonNode mix = ask(version + "/electricity-mix-zones/FRA").at("/electricity_mix");
    assertThat(mix.toString())
        .isEqualTo(
            "{\"zone\":\"FRA\",\"adpe\":4.858E-8,\"pe\":9.3135,\"gwp\":0.04418,\"wue\":3.6737}");
    assertThat(detail(server.get(version + "/electricity-mix-zones/INVALID"), 404))
        .isEqualTo("Electricity mix zone 'INVALID' is not supported by EcoLogits");
  }

  @Test
  void anEstimationHasItsFieldsAndItsFigures() {
    JsonNode impacts = impacts("/v1beta/estimations", REQUEST);
    RequestImpacts expected =
        EcoLogitsCatalogue.shipped(FactorCatalogue.shipped())
            .impacts(TextGeneration.of("gpt-4o-mini", 0, 300).at("WOR"), OptionalDouble.of(1.5));
    assertThat(impacts.at("/energy/value/min").doubleValue()).isEqualTo(expected.energyKwh().low());
    assertThat(impacts.at("/gwp/value/max").doubleValue()).isEqualTo(expected.gwpKg().high());
    assertThat(impacts.at("/usage/adpe/value/max").doubleValue())
        .isEqualTo(expected.usageAdpeKgSbEq().high());
    assertThat(impacts.at("/embodied/pe/value/min").doubleValue())
        .isEqualTo(expected.embodiedPrimaryEnergyMj().low());
    assertThat(impacts.at("/wcf/value/min").doubleValue()).isEqualTo(expected.waterL().low());
    assertThat(impacts.at("/energy").toString())
        .startsWith("{\"type\":\"energy\",\"name\":\"Energy\",\"value\":{\"min\":")
        .endsWith("},\"unit\":\"kWh\"}");
    assertThat(impacts.propertyNames())
        .containsExactly(
            "energy", "gwp", "adpe", "pe", "wcf", "usage", "embodied", "warnings", "errors");
    assertThat(impacts.at("/usage").propertyNames())
        .containsExactly("type", "name", "energy", "gwp", "adpe", "pe", "wcf");
    assertThat(impacts.at("/embodied").propertyNames())
        .containsExactly("type", "name", "gwp", "adpe", "pe");
    assertThat(impacts.at("/errors").isNull()).isTrue();
  }

  @Test
  void theZoneIsTheProvidersWhereNoneIsNamedAndOnceWasTheWorld() {
    String without = REQUEST.replace(", \"electricity_mix_zone\": \"WOR\"", "");
    String usa = REQUEST.replace("electricity_mix_zone\": \"WOR", "datacenter_location\": \"USA");
    assertThat(impacts("/v1beta/estimations", without))
        .isEqualTo(impacts("/v1beta/estimations", usa));
    assertThat(impacts("/v1/estimations", without)).isEqualTo(impacts("/v1/estimations", REQUEST));
  }

  @Test
  void whatIsNotRegisteredIsAnErrorInTheAnswer() {
    JsonNode model = impacts("/v1beta/estimations", REQUEST.replace("gpt-4o-mini", "gpt-0"));
    assertThat(model.at("/energy").isNull()).isTrue();
    assertThat(model.at("/errors/0/code").stringValue()).isEqualTo("model-not-registered");
    JsonNode zone = impacts("/v1beta/estimations", REQUEST.replace("WOR", "XYZ"));
    assertThat(zone.at("/errors/0/code").stringValue()).isEqualTo("zone-not-registered");
  }

  @Test
  void whatIsMissingIsNamed() {
    String missing = "{\"provider\": \"openai\", \"model_name\": \"gpt-4o-mini\"}";
    assertThat(detail(server.post("/v1beta/estimations", missing), 422))
        .isEqualTo("output_token_count is missing");
    assertThat(detail(server.post("/v1beta/estimations", "[]"), 422)).contains("JSON object");
  }

  /** The figures that the methodology publishes for its example. */
  @Test
  void thePublishedExampleIsReproduced() {
    JsonNode impacts =
        impacts(
            "/v1beta/expert-estimations",
            """
            {"output_token_count": 200, "model_active_params": 111, "model_total_params": 111,
             "tps": 63, "ttft": 0.95, "request_latency": 5,
             "datacenter_pue": 1.09, "datacenter_wue": 0.999,
             "electricity_mix_adpe": 9.855e-8, "electricity_mix_pe": 9.6884,
             "electricity_mix_gwp": 0.3844, "electricity_mix_wue": 3.1321}\
            """);
    assertThat(impacts.at("/energy/value/max").doubleValue())
        .isCloseTo(1.0216410036670692e-4, withinPercentage(1e-9));
    assertThat(impacts.at("/gwp/value/min").doubleValue())
        .isCloseTo(4.1957168706094415e-5, withinPercentage(1e-9));
    assertThat(impacts.at("/adpe/value/max").doubleValue())
        .isCloseTo(1.6047712707571693e-10, withinPercentage(1e-9));
    assertThat(impacts.at("/pe/value/max").doubleValue())
        .isCloseTo(1.0237876270673084e-3, withinPercentage(1e-9));
    assertThat(impacts.at("/wcf/value/max").doubleValue())
        .isCloseTo(4.136229826726363e-4, withinPercentage(1e-9));
  }
}
