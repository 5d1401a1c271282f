package io.gtrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.ServerOptions;
import io.gtrace.server.TestServer;
import io.gtrace.server.access.Scope;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sockets let in whom the API lets in. */
class OtlpAccessTest {
  private static final ExportTraceServiceRequest REQUEST =
      Requests.of(List.of(Requests.call(1).build()));

  @TempDir private Path folder;

  private String token(Scope scope) {
    return TokenFile.of(Ledger.openOrCreate(folder.resolve("ledger")).folder())
        .create(
            new ApiToken.Grant(
                scope.label(),
                ServerOptions.ONLY_ORGANISATION,
                Optional.of("research"),
                Set.of(scope),
                Optional.empty()),
            new SecureRandom(),
            Instant.now())
        .secret();
  }

  private static int http(TestServer server, Optional<String> token) {
    HttpRequest.Builder request =
        server
            .otlp("/v1/traces")
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(REQUEST.toByteArray()));
    token.ifPresent(each -> request.header("Authorization", "Bearer " + each));
    return server.sendForBytes(request.build()).statusCode();
  }

  private static Status.Code grpc(TestServer server, Optional<String> token) {
    Metadata metadata = new Metadata();
    token.ifPresent(each ->
        metadata.put(
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + each));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.server().otlpGrpcPort())
            .usePlaintext()
            .build();
    try {
      TraceServiceGrpc.newBlockingStub(
              ClientInterceptors.intercept(
                  channel, MetadataUtils.newAttachHeadersInterceptor(metadata)))
          .export(REQUEST);
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void onlyWhoMaySendUsageIsHeard() {
    String sender = token(Scope.INGEST);
    String reader = token(Scope.READ);
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      assertThat(http(server, Optional.empty())).isEqualTo(401);
      assertThat(http(server, Optional.of("guessed"))).isEqualTo(401);
      assertThat(http(server, Optional.of(reader))).isEqualTo(403);
      assertThat(grpc(server, Optional.empty())).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(grpc(server, Optional.of("guessed"))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(grpc(server, Optional.of(reader))).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(http(server, Optional.of(sender))).isEqualTo(200);
      assertThat(grpc(server, Optional.of(sender))).isEqualTo(Status.Code.OK);
      assertThat(server.linesAfterStop(GroupBy.TEAM))
          .singleElement()
          .satisfies(line -> {
            assertThat(line.keys()).as("of the team of the token").containsExactly("research");
            assertThat(line.activities()).as("the same span twice").isEqualTo(1);
          });
    }
  }

  @Test
  void strangersAreTurnedAwayBeforeTheySendAnything() throws Exception {
    token(Scope.INGEST);
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.server().otlpGrpcPort())
              .usePlaintext()
              .build();
      try {
        assertThat(Requests.endOfUnfinished(channel).getCode())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
