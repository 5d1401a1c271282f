package io.gtrace.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A request with spans of calls, as an OpenTelemetry SDK builds it. It is built once and made a new
 * one in place, by other span ids and times, so that building it takes nothing from the server. Not
 * for sharing between threads.
 */
final class SpanBatch {
  private static final List<String> MODELS =
      List.of(
          "gpt-4o",
          "gpt-4o-mini",
          "gpt-4.1",
          "claude-sonnet-4",
          "claude-3-5-haiku",
          "gemini-2.0-flash",
          "mistral-large",
          "llama-3.1-70b");
  private static final int USERS = 5_000;
  private static final long NANOS = 1_000_000_000L;

  /** Marks where ids and times are; no other eight bytes of a request are like these. */
  private static final long ID_MARK = 0x5f_1d_5f_1d_a5_5a_a5_5aL;

  private static final long TIME_MARK = 0x77_3e_77_3e_c3_3c_c3_3cL;

  private final byte[] bytes;
  private final List<Integer> ids = new ArrayList<>();
  private final List<Integer> times = new ArrayList<>();
  private final ByteBuffer view;

  /**
   * @param spans how many
   * @param team of all of them
   */
  SpanBatch(int spans, String team, RandomGenerator random) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("io.opentelemetry.openai-java-1.1")
                    .setVersion("2.20.0-alpha"));
    for (int i = 0; i < spans; i++) {
      scope.addSpans(span(random));
    }
    bytes =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .addAttributes(attribute("service.name", "assistant"))
                            .addAttributes(attribute("service.namespace", team))
                            .addAttributes(attribute("service.instance.id", "assistant-7d9f-x2"))
                            .addAttributes(attribute("telemetry.sdk.language", "java"))
                            .addAttributes(attribute("cloud.provider", "aws"))
                            .addAttributes(attribute("cloud.region", "eu-west-3")))
                    .addScopeSpans(scope))
            .build()
            .toByteArray();
    view = ByteBuffer.wrap(bytes);
    for (int at = 0; at + Long.BYTES <= bytes.length; at++) {
      if (view.getLong(at) == ID_MARK) {
        ids.add(at);
      } else if (view.order(ByteOrder.LITTLE_ENDIAN).getLong(at) == TIME_MARK) {
        times.add(at);
      }
      view.order(ByteOrder.BIG_ENDIAN);
    }
    if (ids.size() != spans || times.size() != spans) {
      throw new IllegalStateException("marks are not where they were put");
    }
  }

  private static Span.Builder span(RandomGenerator random) {
    String model = MODELS.get(random.nextInt(MODELS.size()));
    int input = 50 + random.nextInt(3_000);
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[16]))
        .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(ID_MARK).array()))
        .setParentSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .setName("chat " + model)
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setStartTimeUnixNano(TIME_MARK)
        .setEndTimeUnixNano(NANOS)
        .addAttributes(attribute("gen_ai.operation.name", "chat"))
        .addAttributes(attribute("gen_ai.provider.name", "openai"))
        .addAttributes(attribute("gen_ai.request.model", model))
        .addAttributes(attribute("gen_ai.response.model", model))
        .addAttributes(
            attribute("gen_ai.request.temperature", AnyValue.newBuilder().setDoubleValue(0.2)))
        .addAttributes(attribute("gen_ai.request.max_tokens", 2_048))
        .addAttributes(
            attribute(
                "gen_ai.response.finish_reasons",
                AnyValue.newBuilder()
                    .setArrayValue(
                        ArrayValue.newBuilder()
                            .addValues(AnyValue.newBuilder().setStringValue("stop")))))
        .addAttributes(attribute("gen_ai.usage.input_tokens", input))
        .addAttributes(attribute("gen_ai.usage.cache_read.input_tokens", input / 3))
        .addAttributes(attribute("gen_ai.usage.output_tokens", 10 + random.nextInt(900)))
        .addAttributes(attribute("gen_ai.conversation.id", "conv-" + random.nextInt(100_000)))
        .addAttributes(attribute("user.id", "user-" + random.nextInt(USERS)))
        .addAttributes(attribute("server.address", "api.openai.com"))
        .addAttributes(attribute("server.port", 443))
        .addAttributes(attribute("thread.id", 31))
        .addAttributes(attribute("thread.name", "http-nio-8080-exec-4"));
  }

  private static KeyValue attribute(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue attribute(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  int spans() {
    return ids.size();
  }

  /**
   * The request with spans that there were not before.
   *
   * @param firstId of its spans; the others follow
   * @param now when the last of them began; the others began within the minute before
   */
  byte[] renewed(long firstId, Instant now) {
    long start = now.minus(Duration.ofMinutes(1)).getEpochSecond() * NANOS;
    for (int i = 0; i < ids.size(); i++) {
      // Ids are as good as random, as those of an SDK are.
      view.putLong(ids.get(i), mixed(firstId + i));
      view.putLong(times.get(i), Long.reverseBytes(start + i * (60 * NANOS / ids.size())));
    }
    return bytes;
  }

  /** A number that no other is mixed to (Steele and others, SplitMix64, 2014). */
  private static long mixed(long number) {
    long mixed = (number + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
