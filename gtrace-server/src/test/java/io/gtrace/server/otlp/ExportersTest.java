package io.gtrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.server.TestServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the exporters of the OpenTelemetry SDK send arrives. */
class ExportersTest {
  private static final Resource RESOURCE =
      Resource.create(
          Attributes.builder()
              .put("service.name", "assistant")
              .put("service.namespace", "support")
              .put("service.instance.id", "i-1")
              .build());
  private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> OUTPUT =
      AttributeKey.longKey("gen_ai.usage.output_tokens");

  @TempDir private Path folder;

  private TestServer server() {
    return TestServer.on(folder.resolve("ledger"));
  }

  private static String http(TestServer server, String path) {
    return "http://127.0.0.1:" + server.server().otlpHttpPort() + path;
  }

  private static String grpc(TestServer server) {
    return "http://127.0.0.1:" + server.server().otlpGrpcPort();
  }

  private static void requireSuccess(CompletableResultCode result) {
    assertThat(result.join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"http, none", "http, gzip", "grpc, none", "grpc, gzip"})
  void spansArrive(String protocol, String compression) {
    try (TestServer server = server()) {
      SpanExporter exporter =
          protocol.equals("http")
              ? OtlpHttpSpanExporter.builder()
                  .setEndpoint(http(server, "/v1/traces"))
                  .setCompression(compression)
                  .setTimeout(Duration.ofSeconds(60))
                  .build()
              : OtlpGrpcSpanExporter.builder()
                  .setEndpoint(grpc(server))
                  .setCompression(compression)
                  .setTimeout(Duration.ofSeconds(60))
                  .build();
      try (SdkTracerProvider tracers =
          SdkTracerProvider.builder()
              .setResource(RESOURCE)
              .addSpanProcessor(
                  BatchSpanProcessor.builder(exporter)
                      .setExporterTimeout(Duration.ofSeconds(60))
                      .build())
              .build()) {
        for (int i = 0; i < 500; i++) {
          tracers
              .get("test")
              .spanBuilder("chat gpt-4o")
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("gen_ai.operation.name", "chat")
              .setAttribute("gen_ai.request.model", "gpt-4o")
              // More than a frame of HTTP/2 holds.
              .setAttribute("gen_ai.input.messages", "a question ".repeat(i % 50))
              .setAttribute(INPUT, 10L)
              .setAttribute(OUTPUT, 5L)
              .startSpan()
              .end();
          tracers.get("test").spanBuilder("SELECT").startSpan().end();
        }
        requireSuccess(tracers.forceFlush());
      }
      assertThat(server.linesAfterStop(GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL))
          .singleElement()
          .satisfies(line -> {
            assertThat(line.keys()).containsExactly("support", "assistant", "gpt-4o");
            assertThat(line.activities()).isEqualTo(500);
            assertThat(line.tokens()).isEqualTo(7_500);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, CUMULATIVE, explicit",
    "http, DELTA, exponential",
    "grpc, CUMULATIVE, exponential",
    "grpc, DELTA, explicit"
  })
  void sumsThatGrowCountAsFarAsTheyHaveGrown(
      String protocol, AggregationTemporality temporality, String buckets) {
    try (TestServer server = server()) {
      MetricExporter exporter =
          protocol.equals("http")
              ? OtlpHttpMetricExporter.builder()
                  .setEndpoint(http(server, "/v1/metrics"))
                  .setAggregationTemporalitySelector(selector(temporality))
                  .setTimeout(Duration.ofSeconds(60))
                  .build()
              : OtlpGrpcMetricExporter.builder()
                  .setEndpoint(grpc(server))
                  .setAggregationTemporalitySelector(selector(temporality))
                  .setTimeout(Duration.ofSeconds(60))
                  .build();
      try (SdkMeterProvider meters =
          SdkMeterProvider.builder()
              .setResource(RESOURCE)
              .registerView(
                  InstrumentSelector.builder().setType(InstrumentType.HISTOGRAM).build(),
                  View.builder()
                      .setAggregation(
                          buckets.equals("exponential")
                              ? Aggregation.base2ExponentialBucketHistogram()
                              : Aggregation.explicitBucketHistogram())
                      .build())
              .registerMetricReader(
                  PeriodicMetricReader.builder(exporter).setInterval(Duration.ofDays(1)).build())
              .build()) {
        DoubleHistogram usage =
            meters.get("test").histogramBuilder("gen_ai.client.token.usage").build();
        for (int i = 0; i < 3; i++) {
          usage.record(1_000, of("input"));
          usage.record(200, of("output"));
          requireSuccess(meters.forceFlush());
        }
      }
      QueryLine total = server.totalAfterStop();
      assertThat(total.tokens()).isEqualTo(3_600);
      assertThat(total.requests()).isEqualTo(3);
    }
  }

  private static AggregationTemporalitySelector selector(AggregationTemporality temporality) {
    return instrument -> temporality;
  }

  private static Attributes of(String tokens) {
    return Attributes.builder()
        .put("gen_ai.operation.name", "chat")
        .put("gen_ai.request.model", "gpt-4o")
        .put("gen_ai.token.type", tokens)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "grpc"})
  void eventsArriveAndCountOnceWithTheSpanOfTheirCall(String protocol) {
    try (TestServer server = server()) {
      LogRecordExporter exporter =
          protocol.equals("http")
              ? OtlpHttpLogRecordExporter.builder()
                  .setEndpoint(http(server, "/v1/logs"))
                  .setTimeout(Duration.ofSeconds(60))
                  .build()
              : OtlpGrpcLogRecordExporter.builder()
                  .setEndpoint(grpc(server))
                  .setTimeout(Duration.ofSeconds(60))
                  .build();
      SpanExporter spans =
          OtlpHttpSpanExporter.builder()
              .setEndpoint(http(server, "/v1/traces"))
              .setTimeout(Duration.ofSeconds(60))
              .build();
      Attributes call =
          Attributes.builder()
              .put("gen_ai.operation.name", "chat")
              .put("gen_ai.request.model", "gpt-4o")
              .put("gen_ai.response.id", "chatcmpl-1")
              .put(INPUT, 10L)
              .put(OUTPUT, 5L)
              .build();
      try (SdkLoggerProvider loggers =
              SdkLoggerProvider.builder()
                  .setResource(RESOURCE)
                  .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
                  .build();
          SdkTracerProvider tracers =
              SdkTracerProvider.builder()
                  .setResource(RESOURCE)
                  .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                  .build()) {
        loggers
            .get("test")
            .logRecordBuilder()
            .setEventName("gen_ai.client.inference.operation.details")
            .setAllAttributes(call)
            .emit();
        loggers.get("test").logRecordBuilder().setBody("an ordinary line").emit();
        tracers.get("test").spanBuilder("chat gpt-4o").setAllAttributes(call).startSpan().end();
        requireSuccess(loggers.forceFlush());
        requireSuccess(tracers.forceFlush());
      }
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }
}
