package io.gtrace.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.call.CallAccounting;
import io.gtrace.call.CallTotals;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.RateCard;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FootprintSpanExporterTest {
  private static final RateCard CARD = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card();
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

  private final CallTotals totals = new CallTotals(CARD);

  private Attributes exported(Attributes attributes) {
    InMemorySpanExporter memory = InMemorySpanExporter.create();
    FootprintSpanExporter exporter =
        FootprintSpanExporter.around(memory, new CallAccounting(CARD, List.of(totals))).at("FR");
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("team", "")
                        .put("service.namespace", "of the resource")
                        .build()))
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      provider
          .get("test")
          .spanBuilder("chat")
          .setAllAttributes(attributes)
          .setStartTimestamp(AT.toEpochMilli(), TimeUnit.MILLISECONDS)
          .startSpan()
          .end();
      SpanData span = memory.getFinishedSpanItems().get(0);
      assertThat(span.getTotalAttributeCount()).isEqualTo(span.getAttributes().size());
      return span.getAttributes();
    }
  }

  private static Double figure(Attributes attributes, String name) {
    Double figure = attributes.get(AttributeKey.doubleKey(name));
    return figure == null ? Double.NaN : figure;
  }

  @Test
  void aCallIsOnTheAccountOfTheTeamThatItsSpanNames() {
    exported(ofTeam("search", "gateway"));
    exported(ofTeam(" ", "billing"));
    exported(ofTeam("", ""));
    assertThat(totals.byTeam()).containsOnlyKeys("search", "billing", "of the resource");
  }

  private static Attributes ofTeam(String team, String alias) {
    return Attributes.builder()
        .put("gen_ai.request.model", "gpt-4o")
        .put("gen_ai.usage.output_tokens", 300)
        .put("team", team)
        .put("metadata.user_api_key_team_alias", alias)
        .build();
  }

  @Test
  void aCallHasTheFootprintThatAnEstimateGives() {
    Attributes span =
        exported(
            Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.request.model", "gpt-4o")
                .put("gen_ai.usage.input_tokens", 500)
                .put("gen_ai.usage.output_tokens", 300)
                .build());
    Footprint estimate =
        GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR").on(AT));
    assertThat(figure(span, "gtrace.carbon.kg")).isEqualTo(estimate.carbonKg().median());
    assertThat(figure(span, "gtrace.carbon.low.kg")).isEqualTo(estimate.carbonKg().low());
    assertThat(figure(span, "gtrace.energy.high.kwh")).isEqualTo(estimate.energyKwh().high());
    assertThat(figure(span, "gtrace.water.l")).isEqualTo(estimate.waterL().median());
    assertThat(span.get(AttributeKey.stringKey("gtrace.factor_set"))).startsWith("sha256:");
    assertThat(totals.total().calls()).isEqualTo(1);
  }

  @Test
  void namesOfBeforeAndOfOpenInferenceMeanTheSame() {
    Attributes current =
        exported(
            Attributes.builder()
                .put("gen_ai.response.model", "gpt-4o")
                .put("gen_ai.usage.input_tokens", 500)
                .put("gen_ai.usage.cache_read.input_tokens", 200)
                .put("gen_ai.usage.output_tokens", 300)
                .build());
    Attributes openInference =
        exported(
            Attributes.builder()
                .put("llm.model_name", "gpt-4o")
                .put("llm.token_count.prompt", 500)
                .put("llm.token_count.prompt_details.cache_read", 200)
                .put("llm.token_count.completion", 300)
                .build());
    assertThat(figure(openInference, "gtrace.carbon.kg"))
        .isPositive()
        .isEqualTo(figure(current, "gtrace.carbon.kg"));
  }

  @Test
  void spansAroundCallsAndOtherSpansStayAsTheyAre() {
    Attributes agent =
        Attributes.builder()
            .put("gen_ai.operation.name", "invoke_agent")
            .put("gen_ai.request.model", "gpt-4o")
            .put("gen_ai.usage.input_tokens", 500)
            .build();
    Attributes database = Attributes.builder().put("db.system.name", "postgresql").build();
    Attributes impossible =
        Attributes.builder()
            .put("gen_ai.request.model", "gpt-4o")
            .put("gen_ai.usage.output_tokens", -5)
            .build();
    assertThat(exported(agent).asMap()).isEqualTo(agent.asMap());
    assertThat(exported(database).asMap()).isEqualTo(database.asMap());
    assertThat(exported(impossible).asMap()).isEqualTo(impossible.asMap());
    assertThat(totals.total().calls()).isZero();
  }

  @Test
  void anUnknownModelIsPricedWidely() {
    Attributes span =
        exported(
            Attributes.builder()
                .put("gen_ai.request.model", "acme-secret-9")
                .put("gen_ai.usage.output_tokens", 300)
                .build());
    assertThat(figure(span, "gtrace.carbon.high.kg"))
        .isGreaterThan(5 * figure(span, "gtrace.carbon.low.kg"));
  }
}
