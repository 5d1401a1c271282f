package io.gtrace.server;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
  private static final String PORTS = "ports ";

  private final Process process;
  private final int port;
  private final int otlpHttpPort;
  private final int otlpGrpcPort;

  private ServerProcess(Process process, String[] ports) {
    this.process = process;
    port = Integer.parseInt(ports[0]);
    otlpHttpPort = Integer.parseInt(ports[1]);
    otlpGrpcPort = Integer.parseInt(ports[2]);
  }

  /**
   * Starts one; it serves when this returns.
   *
   * @param temporary a folder for what it leaves when it is killed
   */
  static ServerProcess start(Path ledger, Path temporary) throws IOException {
    Files.createDirectories(temporary);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                ledger.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder told = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(PORTS)) {
        Thread.ofVirtual().start(() -> out.lines().forEach(more -> {}));
        return new ServerProcess(process, line.substring(PORTS.length()).split(" ", -1));
      }
      told.append(line).append('\n');
    }
    throw new IOException("the server did not start: " + told);
  }

  /** A request to a path of the API. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /** A connection to the API. */
  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** A request to a path of the OTLP receiver. */
  HttpRequest.Builder otlp(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + otlpHttpPort + path));
  }

  /** A connection to the OTLP receiver over gRPC. */
  ManagedChannel otlpGrpc() {
    return NettyChannelBuilder.forAddress("127.0.0.1", otlpGrpcPort).usePlaintext().build();
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /**
   * @param args the folder of the ledger
   */
  public static void main(String[] args) throws IOException {
    try (TestServer server = TestServer.on(Path.of(args[0]))) {
      Server served = server.server();
      System.out.println(
          PORTS + served.port() + " " + served.otlpHttpPort() + " " + served.otlpGrpcPort());
      // Until it is killed.
      System.in.readAllBytes();
    }
  }
}
