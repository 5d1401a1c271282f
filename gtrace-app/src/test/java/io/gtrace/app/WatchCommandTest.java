package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gtrace watch} on session files as coding agents write them. */
class WatchCommandTest {
  @TempDir Path folder;
  private Path session;

  @BeforeEach
  void session() throws IOException {
    session = Files.createDirectories(folder.resolve("projects/a")).resolve("s-1.jsonl");
    Files.writeString(session, call("req_01", "2026-01-05T10:00:03.000Z", 210));
  }

  private static String call(String request, String when, int outputTokens) {
    return """
    {"sessionId":"s-1","version":"1.0.60","message":{"id":"m-%1$s","type":"message","role":"assistant",\
    "model":"claude-sonnet-4-20250514","content":[{"type":"text","text":"Secret answer"}],\
    "usage":{"input_tokens":4,"cache_creation_input_tokens":5000,"cache_read_input_tokens":11000,\
    "output_tokens":%3$d}},"requestId":"%1$s","type":"assistant","uuid":"u-%1$s","timestamp":"%2$s"}
    """
        .formatted(request, when, outputTokens);
  }

  private Outcome once(String... options) {
    return Outcome.ofLine(
        "watch " + folder + "/projects --once --since 2026-01-01 " + String.join(" ", options));
  }

  private static double wattHours(String line) {
    Matcher energy = Pattern.compile("([\\d.]+) Wh").matcher(line);
    assertThat(energy.find()).as(line).isTrue();
    return Double.parseDouble(energy.group(1));
  }

  @Test
  void aLineTellsWhatTheCallsCost() {
    Outcome outcome = once();
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).hasLineCount(1).contains("since 2026-01-01", "(", "1 call");
    assertThat(outcome.out()).doesNotContain("Secret");
  }

  @Test
  void callsThatAResumedSessionRepeatsCountOnceAndEarlierOnesNotAtAll() throws IOException {
    Files.writeString(
        session.resolveSibling("s-2.jsonl"),
        call("req_01", "2026-01-05T10:00:03.000Z", 210)
            + call("req_02", "2026-01-05T11:00:03.000Z", 210)
            + call("req_00", "2025-12-31T11:00:03.000Z", 210));
    Outcome both = once();
    assertThat(both.out()).contains("2 calls");
    Files.delete(session.resolveSibling("s-2.jsonl"));
    assertThat(wattHours(both.out()) / wattHours(once().out())).isBetween(1.9, 2.1);
  }

  @Test
  void aFileOfSomethingElseIsNamedAndLosesNothing() throws IOException {
    Files.writeString(session.resolveSibling("other.jsonl"), "{\"colour\":\"blue\"}\n");
    Files.write(session.resolveSibling("binary.jsonl"), new byte[] {0, 1, 2, (byte) 0xff});
    Outcome outcome = once();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("1 call");
    assertThat(outcome.err()).contains("other.jsonl");
  }

  @Test
  void aFolderThatIsNotThereIsWrongUsage() {
    Outcome outcome = Outcome.of("watch", folder.resolve("none").toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("none is no folder");
  }

  @Test
  void anotherLineComesWhenAFileHasGrown() throws IOException, InterruptedException {
    Files.writeString(session, "");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "watch",
                folder.resolve("projects").toString(),
                "--every",
                "1")
            .start();
    try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(told.readLine()).contains("today: no calls");
      Files.writeString(
          session, call("req_09", Instant.now().toString(), 210), StandardOpenOption.APPEND);
      assertThat(told.readLine()).contains("today: ", "1 call");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
