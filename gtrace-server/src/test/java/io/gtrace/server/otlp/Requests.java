package io.gtrace.server.otlp;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Requests as the Collector builds them. */
public final class Requests {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private Requests() {}

  static KeyValue attribute(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  static KeyValue attribute(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  /** A call of gpt-4o with 100 tokens read and 50 written. */
  public static Span.Builder call(long id) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[16]))
        .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array()))
        .setName("chat gpt-4o")
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setStartTimeUnixNano(nanos(NOON))
        .setEndTimeUnixNano(nanos(NOON.plusSeconds(2)))
        .addAttributes(attribute("gen_ai.operation.name", "chat"))
        .addAttributes(attribute("gen_ai.provider.name", "openai"))
        .addAttributes(attribute("gen_ai.request.model", "gpt-4o"))
        .addAttributes(attribute("gen_ai.input.messages", "[{\"role\": \"user\"}]"))
        .addAttributes(attribute("gen_ai.usage.input_tokens", 100))
        .addAttributes(attribute("gen_ai.usage.output_tokens", 50));
  }

  /** A span that is no call of a model. */
  static Span.Builder query(long id) {
    return call(id)
        .clearAttributes()
        .setName("SELECT")
        .addAttributes(attribute("db.system.name", "postgresql"));
  }

  public static ExportTraceServiceRequest of(List<Span> spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                        .addAttributes(attribute("service.name", "assistant"))
                        .addAttributes(attribute("service.namespace", "support")))
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
        .build();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException ofMemory) {
      throw new UncheckedIOException(ofMemory);
    }
    return packed.toByteArray();
  }

  /** How a server ends a call of which it only sees the beginning. */
  public static Status endOfUnfinished(ManagedChannel channel) throws Exception {
    MethodDescriptor<ExportTraceServiceRequest, ExportTraceServiceResponse> streaming =
        TraceServiceGrpc.getExportMethod().toBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .build();
    CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCall<ExportTraceServiceRequest, ExportTraceServiceResponse> call =
        channel.newCall(streaming, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    return end.get(60, TimeUnit.SECONDS);
  }
}
