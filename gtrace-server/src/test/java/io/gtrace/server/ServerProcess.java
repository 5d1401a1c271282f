package io.gtrace.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
  private static final String PORT = "port ";

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
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
      if (line.startsWith(PORT)) {
        Thread.ofVirtual().start(() -> out.lines().forEach(more -> {}));
        return new ServerProcess(process, Integer.parseInt(line.substring(PORT.length())));
      }
      told.append(line).append('\n');
    }
    throw new IOException("the server did not start: " + told);
  }

  /** A request to a path of the API. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
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
      System.out.println(PORT + server.server().port());
      // Until it is killed.
      System.in.readAllBytes();
    }
  }
}
