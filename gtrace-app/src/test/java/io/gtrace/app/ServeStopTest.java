package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gtrace serve} as a process of its own, told to end by the system. */
// Windows ends processes without a word.
@DisabledOnOs(OS.WINDOWS)
class ServeStopTest {
  private static final String SEALED = "gtrace: ended; all that was acknowledged is sealed";

  @TempDir private Path folder;

  private static Process java(String program, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program));
    command.addAll(args);
    return new ProcessBuilder(command).start();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private Path ledger() {
    return folder.resolve("ledger");
  }

  /** A server that serves. */
  private record Served(Process process, BufferedReader told, URI api, HttpClient client)
      implements AutoCloseable {
    private static final String PAGES = "pages and API on ";

    static Served start(Path ledger) throws IOException {
      String options =
          "serve --port 0 --otlp-http-port 0 --otlp-grpc-port 0 --seal-every 3600 --ledger ";
      Process process = java(Main.class.getName(), List.of((options + ledger).split(" ", -1)));
      BufferedReader told = process.errorReader(StandardCharsets.UTF_8);
      URI api = URI.create("");
      String line = told.readLine();
      while (line != null && !line.contains("Ctrl-C seals")) {
        if (line.contains(PAGES)) {
          api = URI.create(line.substring(line.indexOf(PAGES) + PAGES.length()));
        }
        line = told.readLine();
      }
      assertThat(line).as("it serves").isNotNull();
      return new Served(process, told, api, HttpClient.newHttpClient());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve(path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json))
              .build();
      return client.send(request, BodyHandlers.ofString());
    }

    void keep(String id) throws IOException, InterruptedException {
      String activity =
          "[{\"request_id\":\""
              + id
              + "\",\"model\":\"gpt-4o\",\"input_tokens\":5,\"output_tokens\":7}]";
      assertThat(post("/v1/activities", activity).statusCode()).isEqualTo(202);
    }

    List<String> toldAtTheEnd() {
      return told.lines().toList();
    }

    @Override
    public void close() {
      client.shutdownNow();
      process.destroyForcibly().onExit().join();
    }
  }

  private void requireEvents(int events) {
    Outcome verified = Outcome.of("ledger", "verify", "--ledger", ledger().toString());
    assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCode.DONE);
    Outcome counted =
        Outcome.of("query", "--ledger", ledger().toString(), "SELECT count(*) AS n FROM events");
    assertThat(counted.out()).contains(Integer.toString(events));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void whatWasAcknowledgedIsSealedAlsoWhileAPageFollowsAStudyAndSendersAreMidway(String signal)
      throws IOException, InterruptedException {
    try (Served served = Served.start(ledger())) {
      served.keep("a");
      String study =
          served
              .post("/v1/studies", "{\"study\":\"ghibli-2025\",\"scale\":0.01,\"runs\":100}")
              .headers()
              .firstValue("Location")
              .orElseThrow();
      HttpRequest follow = HttpRequest.newBuilder(served.api().resolve(study + "/events")).build();
      try (InputStream events = served.client().send(follow, BodyHandlers.ofInputStream()).body();
          Socket midway = new Socket(served.api().getHost(), served.api().getPort());
          Socket silent = new Socket(served.api().getHost(), served.api().getPort())) {
        assertThat(events.read()).isNotNegative();
        midway
            .getOutputStream()
            .write(
                "POST /v1/activities HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n[{"
                    .getBytes(StandardCharsets.US_ASCII));
        midway.getOutputStream().flush();
        signal(served.process(), signal);
        assertThat(served.process().waitFor()).isEqualTo(ExitCode.DONE);
        assertThat(silent.isConnected()).isTrue();
      }
      assertThat(served.toldAtTheEnd()).contains(SEALED);
    }
    requireEvents(1);
  }

  @Test
  void whatTheLedgerDidNotTakeIsKeptAndTold() throws IOException, InterruptedException {
    try (Served served = Served.start(ledger())) {
      served.keep("a");
      try (LedgerWriter other = Ledger.open(ledger()).writer(Duration.ZERO, Clock.systemUTC())) {
        signal(served.process(), "TERM");
        assertThat(served.process().waitFor()).isEqualTo(ExitCode.LEDGER);
        assertThat(other.nextBatch()).isEqualTo(1);
      }
      assertThat(String.join("\n", served.toldAtTheEnd()))
          .contains("acknowledged usage are not in", "taken in when the server starts again")
          .doesNotContain(SEALED);
    }
    try (Served again = Served.start(ledger())) {
      signal(again.process(), "TERM");
      assertThat(again.process().waitFor()).isEqualTo(ExitCode.DONE);
    }
    requireEvents(1);
  }

  @Test
  void aPortThatIsTakenIsToldInOneLine() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String options =
          "serve --otlp-http-port 0 --otlp-grpc-port 0 --port "
              + taken.getLocalPort()
              + " --ledger "
              + ledger();
      Process process = java(Main.class.getName(), List.of(options.split(" ", -1)));
      assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
          .singleElement()
          .asString()
          .contains("cannot listen on port " + taken.getLocalPort());
      assertThat(process.waitFor()).isEqualTo(ExitCode.MACHINE);
    }
  }

  /** A command that does not end. */
  static final class Endless {
    private Endless() {}

    /** Prints a line once it waits, and another one when it is told to end. */
    public static void main(String[] args) throws IOException {
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      try (Interruption interruption = Interruption.watched(err)) {
        System.out.println("waits");
        while (interruption.isAwayFor(Duration.ofHours(1))) {
          // Until it comes.
        }
        System.out.println("told");
        System.in.readAllBytes();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,INT,130", "INT,TERM,143", "TERM,TERM,143"})
  void theSecondTimeTheProcessEndsAtOnce(String first, String second, int exitCode)
      throws IOException, InterruptedException {
    Process process = java(Endless.class.getName(), List.of());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("waits");
      signal(process, first);
      assertThat(out.readLine()).isEqualTo("told");
      signal(process, second);
      assertThat(process.waitFor()).isEqualTo(exitCode);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
