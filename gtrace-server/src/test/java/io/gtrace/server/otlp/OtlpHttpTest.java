package io.gtrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.server.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver as the specification of OTLP/HTTP has it. */
class OtlpHttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final Path SAMPLES =
      Path.of("../gtrace-ledger/src/test/resources/io/gtrace/ledger/formats");

  @TempDir private Path folder;

  private TestServer server() {
    return TestServer.on(folder.resolve("ledger"));
  }

  private static HttpResponse<byte[]> post(
      TestServer server, String path, byte[] body, String... headers) {
    return server.sendForBytes(
        server
            .otlp(path)
            .timeout(Duration.ofSeconds(60))
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static HttpResponse<byte[]> traces(TestServer server, byte[] body) {
    return post(server, "/v1/traces", body, "Content-Type", PROTOBUF);
  }

  private static Status status(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF);
    return Status.parseFrom(answer.body());
  }

  @Test
  void callsOfModelsAreTakenAndOtherSpansPassedOver() throws IOException {
    try (TestServer server = server()) {
      byte[] request =
          Requests.of(
                  List.of(
                      Requests.call(1).build(),
                      Requests.query(2).build(),
                      Requests.call(3).build()))
              .toByteArray();
      HttpResponse<byte[]> answer = traces(server, request);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF);
      assertThat(ExportTraceServiceResponse.parseFrom(answer.body()))
          .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
      assertThat(server.linesAfterStop(GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL))
          .singleElement()
          .satisfies(line -> {
            assertThat(line.keys()).containsExactly("support", "assistant", "gpt-4o");
            assertThat(line.activities()).isEqualTo(2);
            assertThat(line.tokens()).isEqualTo(300);
          });
    }
  }

  @Test
  void aRequestThatIsSentAgainCountsOnce() {
    try (TestServer server = server()) {
      byte[] request =
          Requests.gzip(
              Requests.of(List.of(Requests.call(1).build(), Requests.call(2).build()))
                  .toByteArray());
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> answer =
            post(
                server,
                "/v1/traces",
                request,
                "Content-Type",
                PROTOBUF,
                "Content-Encoding",
                "gzip");
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      assertThat(server.totalAfterStop().activities()).isEqualTo(2);
    }
  }

  @Test
  void fieldsMayComeInAnyOrderAndBeUnknown() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    // Spans before their resource, and a field of a later version.
    ResourceSpans spans =
        ResourceSpans.newBuilder()
            .addScopeSpans(ScopeSpans.newBuilder().addSpans(Requests.call(1)))
            .build();
    ResourceSpans resource =
        ResourceSpans.newBuilder()
            .setResource(
                Resource.newBuilder().addAttributes(Requests.attribute("service.name", "late")))
            .build();
    byte[] both = new byte[spans.getSerializedSize() + resource.getSerializedSize()];
    CodedOutputStream within = CodedOutputStream.newInstance(both);
    spans.writeTo(within);
    resource.writeTo(within);
    out.writeInt64(1_000, 7);
    out.writeByteArray(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER, both);
    out.flush();
    try (TestServer server = server()) {
      assertThat(traces(server, bytes.toByteArray()).statusCode()).isEqualTo(200);
      assertThat(server.linesAfterStop(GroupBy.APP))
          .singleElement()
          .satisfies(line -> assertThat(line.keys()).containsExactly("late"));
    }
  }

  @Test
  void whatIsWrongIsRejectedInPartAndTheRestIsTaken() throws IOException {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    byte[] request =
        Requests.of(
                List.of(
                    Requests.call(1).build(),
                    Requests.call(2)
                        .setAttributes(4, Requests.attribute("gen_ai.usage.input_tokens", -7))
                        .build(),
                    Requests.call(3).setStartTimeUnixNano(Requests.nanos(tomorrow)).build()))
            .toByteArray();
    try (TestServer server = server()) {
      HttpResponse<byte[]> answer = traces(server, request);
      assertThat(answer.statusCode()).isEqualTo(200);
      ExportTraceServiceResponse told = ExportTraceServiceResponse.parseFrom(answer.body());
      assertThat(told.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
      assertThat(told.getPartialSuccess().getErrorMessage())
          .contains("2 of 3", "input_tokens", "lies in the future");
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }

  @Test
  void jsonIsTakenAndAnsweredInJson() throws IOException {
    try (TestServer server = server()) {
      HttpResponse<byte[]> answer =
          post(
              server,
              "/v1/traces",
              Files.readAllBytes(SAMPLES.resolve("opentelemetry-spans.json")),
              "Content-Type",
              "application/json; charset=utf-8");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(text(answer)).isEqualTo("{}");
      answer =
          post(
              server,
              "/v1/traces",
              Files.readString(SAMPLES.resolve("opentelemetry-spans.json"))
                  .replace("\"intValue\":\"80\"", "\"intValue\":\"-80\"")
                  .getBytes(StandardCharsets.UTF_8),
              "Content-Type",
              JSON);
      assertThat(text(answer))
          .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":")
          .contains("output_tokens");
      assertThat(server.totalAfterStop().activities()).isEqualTo(6);
    }
  }

  @Test
  void metricsAndEventsInJsonAreTaken() throws IOException {
    try (TestServer server = server()) {
      byte[] metrics =
          Files.readAllLines(SAMPLES.resolve("opentelemetry-metrics.json"))
              .get(0)
              .getBytes(StandardCharsets.UTF_8);
      assertThat(text(post(server, "/v1/metrics", metrics, "Content-Type", JSON))).isEqualTo("{}");
      HttpResponse<byte[]> answer =
          post(
              server,
              "/v1/logs",
              Files.readAllBytes(SAMPLES.resolve("opentelemetry-logs.json")),
              "Content-Type",
              JSON);
      assertThat(text(answer)).isEqualTo("{}");
      // Events of 1,080, 60 and 340 tokens, and the sums.
      assertThat(server.totalAfterStop().tokens()).isEqualTo(1_080 + 60 + 340 + 4_900);
    }
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNoProtobufIsToldAsStatusInProtobuf() throws IOException {
    byte[] request = Requests.of(List.of(Requests.call(1).build())).toByteArray();
    byte[] cut = Arrays.copyOf(request, request.length - 3);
    byte[] wild = "no protobuf at all".getBytes(StandardCharsets.UTF_8);
    // A length that is larger than all there is.
    byte[] liar = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0x01};
    try (TestServer server = server()) {
      for (byte[] bad : List.of(cut, wild, liar)) {
        HttpResponse<byte[]> answer = traces(server, bad);
        assertThat(answer.statusCode()).isEqualTo(400);
        Status status = status(answer);
        assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(status.getMessage()).contains("protobuf");
      }
      assertThat(server.totalAfterStop().activities()).isZero();
    }
  }

  @Test
  void whatIsNoJsonIsToldAsStatusInJson() throws IOException {
    String sample = Files.readString(SAMPLES.resolve("opentelemetry-spans.json"));
    try (TestServer server = server()) {
      for (String bad :
          List.of(sample.substring(0, sample.length() - 20), "[]", "{} {}", "", "\"text\"")) {
        HttpResponse<byte[]> answer =
            post(server, "/v1/traces", bad.getBytes(StandardCharsets.UTF_8), "Content-Type", JSON);
        assertThat(answer.statusCode()).as(bad).isEqualTo(400);
        assertThat(text(answer)).startsWith("{\"code\":3,\"message\":");
      }
      assertThat(server.totalAfterStop().activities()).isZero();
    }
  }

  @Test
  void otherTypesAndPackingsAreRefused() throws IOException {
    byte[] request = Requests.of(List.of(Requests.call(1).build())).toByteArray();
    try (TestServer server = server()) {
      assertThat(post(server, "/v1/traces", request, "Content-Type", "text/plain").statusCode())
          .isEqualTo(415);
      HttpResponse<byte[]> snappy =
          post(
              server,
              "/v1/traces",
              request,
              "Content-Type",
              PROTOBUF,
              "Content-Encoding",
              "snappy");
      assertThat(snappy.statusCode()).isEqualTo(415);
      assertThat(status(snappy).getMessage()).contains("snappy");
      HttpResponse<byte[]> noGzip =
          post(server, "/v1/traces", request, "Content-Type", PROTOBUF, "Content-Encoding", "gzip");
      assertThat(noGzip.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aBombIsNotUnpackedAndAHugeSpanNotTaken() throws IOException {
    byte[] bomb = Requests.gzip(new byte[200 << 20]);
    byte[] huge =
        Requests.of(
                List.of(
                    Requests.call(1)
                        .addAttributes(
                            Requests.attribute("gen_ai.input.messages", "x".repeat(21 << 20)))
                        .build()))
            .toByteArray();
    try (TestServer server = server()) {
      HttpResponse<byte[]> answer =
          post(server, "/v1/traces", bomb, "Content-Type", PROTOBUF, "Content-Encoding", "gzip");
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(status(answer).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
      answer =
          post(
              server,
              "/v1/traces",
              Requests.gzip(huge),
              "Content-Type",
              PROTOBUF,
              "Content-Encoding",
              "gzip");
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(
              traces(server, Requests.of(List.of(Requests.call(2).build())).toByteArray())
                  .statusCode())
          .isEqualTo(200);
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatWouldUnfoldToMillionsOfMessagesTakesNoMemory() {
    // Ten million resources, of which each is empty.
    byte[] request = new byte[20_000_000];
    for (int i = 0; i < request.length; i += 2) {
      request[i] = 0x0a;
    }
    try (TestServer server = server()) {
      assertThat(traces(server, request).statusCode()).isEqualTo(200);
      assertThat(server.totalAfterStop().activities()).isZero();
    }
  }
}
