package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.sun.management.UnixOperatingSystemMXBean;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.server.http.Sockets;
import io.gtrace.server.otlp.Requests;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/server.md promises for when something goes wrong. */
class FaultsTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final int CALLS_OF_A_REQUEST = 20;
  private static final int SENDERS = 4;
  private static final int REQUESTS_BEFORE_KILL = 40;

  @TempDir private Path folder;

  private static String calls(int request) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < CALLS_OF_A_REQUEST; i++) {
      lines.append(
          "{\"request_id\": \"r%d-%d\", \"when\": \"2026-03-02T12:00:00Z\", \"model\": \"gpt-4o\","
              .formatted(request, i));
      lines.append(" \"input_tokens\": 100, \"output_tokens\": 50}\n");
    }
    return lines.toString();
  }

  private static int send(HttpClient client, ServerProcess server, int request)
      throws IOException, InterruptedException {
    return client
        .send(
            server
                .request("/v1/activities")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(calls(request)))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private static long activities(Path ledger) {
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(ledger).snapshot(), Pricing.CURRENT)) {
      return query.total(Period.ALL).activities();
    }
  }

  @Test
  void whatIsAcknowledgedOutlivesAKillAndIsThereOnce() throws Exception {
    Path ledger = folder.resolve("ledger");
    ConcurrentLinkedQueue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(REQUESTS_BEFORE_KILL);
    try (HttpClient client = HttpClient.newHttpClient();
        ServerProcess server = ServerProcess.start(ledger, folder.resolve("tmp"))) {
      List<Thread> senders = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        int first = sender * 100_000;
        senders.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    for (int i = first; send(client, server, i) == 202; i++) {
                      acknowledged.add(i);
                      enough.countDown();
                    }
                  } catch (IOException | InterruptedException killed) {
                    // What was on its way then was not acknowledged.
                  }
                }));
      }
      enough.await();
      server.kill();
      for (Thread sender : senders) {
        sender.join();
      }
    }
    // A new server takes what the killed one had acknowledged, and what senders send again.
    try (TestServer server = TestServer.on(ledger)) {
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      for (int request : acknowledged.stream().limit(SENDERS).toList()) {
        assertThat(server.post("/v1/activities", calls(request)).statusCode()).isEqualTo(202);
      }
    }
    // Of each sender one request may have been stored and not acknowledged.
    assertThat(activities(ledger))
        .isBetween(
            (long) acknowledged.size() * CALLS_OF_A_REQUEST,
            (long) (acknowledged.size() + SENDERS) * CALLS_OF_A_REQUEST);
    assertThat(activities(ledger) % CALLS_OF_A_REQUEST).isZero();
    assertThat(distinctIds(ledger)).isEqualTo(activities(ledger));
  }

  private static long distinctIds(Path ledger) {
    List<Object> found = new ArrayList<>();
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(ledger).snapshot(), Pricing.CURRENT)) {
      query.sql(
          "SELECT count(DISTINCT id) FROM events",
          new LedgerQuery.Rows() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public boolean row(List<Optional<Object>> values) {
              values.get(0).ifPresent(found::add);
              return true;
            }
          });
    }
    return ((Number) found.get(0)).longValue();
  }

  @Test
  void aFullDiskAcknowledgesNothingAndLosesNothing() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "there is no prlimit");
    Path ledger = folder.resolve("ledger");
    int acknowledged = 0;
    try (HttpClient client = HttpClient.newHttpClient();
        ServerProcess server = ServerProcess.start(ledger, folder.resolve("tmp"))) {
      assertThat(send(client, server, 0)).isEqualTo(202);
      acknowledged++;
      // The limit that the system puts on the size of a file stops writes as a full disk does.
      limit(server, "100");
      HttpResponse<String> refused =
          client.send(
              server.request("/v1/activities").POST(BodyPublishers.ofString(calls(1))).build(),
              BodyHandlers.ofString());
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      telemetryIsToComeAgain(client, server);
      limit(server, "unlimited");
      for (int request = 1; request < 4; request++) {
        assertThat(send(client, server, request)).isEqualTo(202);
        acknowledged++;
      }
      server.kill();
    }
    TestServer.on(ledger).close();
    assertThat(activities(ledger)).isEqualTo((long) acknowledged * CALLS_OF_A_REQUEST);
  }

  private static void telemetryIsToComeAgain(HttpClient client, ServerProcess server)
      throws IOException, InterruptedException {
    ExportTraceServiceRequest spans = Requests.of(List.of(Requests.call(1).build()));
    HttpResponse<byte[]> refused =
        client.send(
            server
                .otlp("/v1/traces")
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(spans.toByteArray()))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    ManagedChannel channel = server.otlpGrpc();
    try {
      StatusRuntimeException told =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> TraceServiceGrpc.newBlockingStub(channel).export(spans));
      assertThat(told.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
      Status status = Objects.requireNonNull(StatusProto.fromThrowable(told));
      assertThat(status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
          .isPositive();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void limit(ServerProcess server, String bytes) throws Exception {
    Process prlimit =
        new ProcessBuilder(
                PRLIMIT.toString(),
                "--pid",
                Long.toString(server.pid()),
                "--fsize=" + bytes + ":unlimited")
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }

  @Test
  void aSecondServerLeavesTheLedgerAlone() {
    Path ledger = folder.resolve("ledger");
    try (TestServer first = TestServer.on(ledger)) {
      assertThatThrownBy(() -> TestServer.on(ledger))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("another server keeps this ledger");
      assertThat(first.post("/v1/activities", calls(0)).statusCode()).isEqualTo(202);
      assertThat(first.totalAfterStop().activities()).isEqualTo(CALLS_OF_A_REQUEST);
    }
  }

  @Test
  void aServerThatDoesNotStartLeavesItsPortsFree() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    int grpc;
    try (ServerSocket free = new ServerSocket(0, 1, here)) {
      grpc = free.getLocalPort();
    }
    try (ServerSocket taken = new ServerSocket(0, 1, here)) {
      ServerOptions options =
          new ServerOptions(
              here,
              taken.getLocalPort(),
              0,
              grpc,
              Map.of(ServerOptions.ONLY_ORGANISATION, folder.resolve("ledger")),
              Duration.ofMillis(50),
              AccessOptions.LOCAL);
      assertThatThrownBy(
              () -> Server.start(options, TestServer.ratecard(), Clock.systemUTC(), "test"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on port " + taken.getLocalPort());
    }
    try (ServerSocket free = new ServerSocket(grpc, 1, here)) {
      assertThat(free.getLocalPort()).isEqualTo(grpc);
    }
  }

  @Test
  void whoeverKeepsAServerWaitingIsCutOff() throws IOException {
    Sockets impatient =
        new Sockets(100, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(100));
    try (TestServer server = TestServer.on(folder.resolve("ledger"), impatient)) {
      for (String begun :
          List.of(
              "POST /v1/tra",
              "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\n"
                  + "Content-Type: application/x-protobuf\r\nContent-Length: 1000\r\n\r\nabc")) {
        try (Socket slow =
            new Socket(InetAddress.getLoopbackAddress(), server.server().otlpHttpPort())) {
          slow.setSoTimeout(60_000);
          slow.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
          slow.getOutputStream().flush();
          // It reads to an end, with or without words.
          assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
              .doesNotContain("200 OK");
        }
      }
      assertThat(server.post("/v1/activities", calls(0)).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void thousandsOfConnectionsLeaveRoomForRequests() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        ServerProcess server =
            ServerProcess.start(folder.resolve("ledger"), folder.resolve("tmp"))) {
      List<Socket> open = new ArrayList<>();
      try {
        for (int i = 0; i < mostConnections(); i++) {
          open.add(server.connect());
        }
        assertThat(send(client, server, 0)).isEqualTo(202);
        // Those that were silent so far are answered too.
        for (Socket each : List.of(open.getFirst(), open.getLast())) {
          assertThat(statusLine(each, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
              .startsWith("HTTP/1.1 200");
        }
      } finally {
        for (Socket each : open) {
          each.close();
        }
      }
    }
  }

  /** As many as this process may have beside its other files, and 10,000 at most. */
  private static int mostConnections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? (int) Math.min(10_000, system.getMaxFileDescriptorCount() * 3 / 4 - 500)
        : 1_000;
  }

  private static String statusLine(Socket socket, String request) throws IOException {
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  @Test
  void connectionsOverGrpcAreBounded() throws IOException {
    Sockets few =
        new Sockets(5, Duration.ofSeconds(60), Duration.ofMinutes(2), Duration.ofSeconds(30));
    List<Socket> idle = new ArrayList<>();
    try (TestServer server = TestServer.on(folder.resolve("ledger"), few)) {
      int port = server.server().otlpGrpcPort();
      for (int i = 0; i < 5; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        idle.add(socket);
        socket.setSoTimeout(60_000);
        // The settings that a server of HTTP/2 begins with.
        assertThat(socket.getInputStream().read()).isNotNegative();
      }
      try (Socket further = new Socket(InetAddress.getLoopbackAddress(), port)) {
        further.setSoTimeout(60_000);
        assertThat(further.getInputStream().read()).isNegative();
      }
      for (Socket each : idle) {
        each.close();
      }
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
      try {
        ExportTraceServiceRequest spans = Requests.of(List.of(Requests.call(1).build()));
        assertThat(
                TraceServiceGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .export(spans)
                    .getPartialSuccess()
                    .getRejectedSpans())
            .isZero();
      } finally {
        channel.shutdownNow();
      }
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  @Test
  void idleConnectionsMakeRoomForOthers() throws IOException {
    Sockets few =
        new Sockets(20, Duration.ofSeconds(60), Duration.ofMillis(300), Duration.ofMillis(100));
    List<Socket> idle = new ArrayList<>();
    try (TestServer server = TestServer.on(folder.resolve("ledger"), few)) {
      for (int i = 0; i < 100; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), server.server().port()));
      }
      assertThat(server.post("/v1/activities", calls(0)).statusCode()).isEqualTo(202);
      assertThat(server.totalAfterStop().activities()).isEqualTo(CALLS_OF_A_REQUEST);
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  @Test
  @Timeout(60)
  void aBodyThatNobodyReadsKeepsNoConnectionHoweverItDrips() throws IOException {
    Sockets impatient =
        new Sockets(100, Duration.ofSeconds(60), Duration.ofMillis(300), Duration.ofMillis(100));
    try (TestServer server = TestServer.on(folder.resolve("ledger"), impatient);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.setSoTimeout(20);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      while (isOpen(socket.getInputStream())) {
        out.write('x');
      }
    } catch (SocketException hungUp) {
      assertThat(hungUp).hasMessageFindingMatch("(?i)reset|broken pipe|closed");
    }
  }

  private static boolean isOpen(InputStream in) throws IOException {
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException nothingYet) {
      return true;
    }
  }

  @Test
  void aCallOverGrpcThatDoesNotComeToItsEndIsEnded() throws Exception {
    Sockets impatient =
        new Sockets(100, Duration.ofMillis(300), Duration.ofMinutes(2), Duration.ofSeconds(30));
    try (TestServer server = TestServer.on(folder.resolve("ledger"), impatient)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.server().otlpGrpcPort())
              .usePlaintext()
              .build();
      try {
        assertThat(Requests.endOfUnfinished(channel).getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
