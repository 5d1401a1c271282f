package io.gtrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.gtrace.server.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver as the specification of OTLP/gRPC has it. */
class OtlpGrpcTest {
  @TempDir private Path folder;

  private static ManagedChannel channel(TestServer server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.server().otlpGrpcPort())
        .usePlaintext()
        .build();
  }

  /** Sends bytes as they are. */
  private static ExportTraceServiceResponse send(
      ManagedChannel channel, byte[] request, CallOptions options) {
    MethodDescriptor<byte[], ExportTraceServiceResponse> method =
        TraceServiceGrpc.getExportMethod().toBuilder(
                new MethodDescriptor.Marshaller<byte[]>() {
                  @Override
                  public InputStream stream(byte[] bytes) {
                    return new ByteArrayInputStream(bytes);
                  }

                  @Override
                  public byte[] parse(InputStream stream) {
                    throw new UnsupportedOperationException();
                  }
                },
                TraceServiceGrpc.getExportMethod().getResponseMarshaller())
            .build();
    return ClientCalls.blockingUnaryCall(channel, method, options, request);
  }

  private static StatusRuntimeException refusal(
      ManagedChannel channel, byte[] request, CallOptions options) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> send(channel, request, options));
  }

  @Test
  void whatIsWrongIsRejectedInPartAndTheRestIsTaken() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      ManagedChannel channel = channel(server);
      ExportTraceServiceRequest request =
          Requests.of(
              List.of(
                  Requests.call(1).build(),
                  Requests.query(2).build(),
                  Requests.call(3)
                      .setAttributes(4, Requests.attribute("gen_ai.usage.input_tokens", -7))
                      .build()));
      ExportTraceServiceResponse answer = TraceServiceGrpc.newBlockingStub(channel).export(request);
      assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
      assertThat(answer.getPartialSuccess().getErrorMessage()).contains("input_tokens");
      channel.shutdownNow();
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoProtobufIsAnInvalidArgument() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      ManagedChannel channel = channel(server);
      StatusRuntimeException refused =
          refusal(channel, "no protobuf".getBytes(StandardCharsets.UTF_8), CallOptions.DEFAULT);
      assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(refused.getStatus().getDescription()).contains("protobuf");
      channel.shutdownNow();
    }
  }

  @Test
  void aBombIsNotUnpackedAndALargeRequestNotTaken() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      ManagedChannel channel = channel(server);
      byte[] large = new byte[OtlpHttp.MOST_BYTES + 1];
      for (CallOptions options :
          List.of(CallOptions.DEFAULT, CallOptions.DEFAULT.withCompression("gzip"))) {
        assertThat(refusal(channel, large, options).getStatus().getCode())
            .isEqualTo(Code.RESOURCE_EXHAUSTED);
      }
      // Others are served as before.
      send(
          channel,
          Requests.of(List.of(Requests.call(1).build())).toByteArray(),
          CallOptions.DEFAULT.withCompression("gzip"));
      channel.shutdownNow();
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }

  @Test
  void whoComesTooEarlyIsToldWhenToComeAgain() throws Exception {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      ManagedChannel channel = channel(server);
      byte[] request = Requests.of(List.of(Requests.call(1).build())).toByteArray();
      server.server().close();
      StatusRuntimeException refused = refusal(channel, request, CallOptions.DEFAULT);
      assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
      channel.shutdownNow();
    }
    com.google.rpc.Status told =
        OtlpGrpc.status(
            "export",
            new io.gtrace.server.journal.OverloadException("more comes than the disk takes"));
    StatusRuntimeException asSent = StatusProto.toStatusRuntimeException(told);
    assertThat(asSent.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(told.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
        .isPositive();
  }
}
