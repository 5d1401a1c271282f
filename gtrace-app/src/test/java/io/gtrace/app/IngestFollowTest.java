package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gtrace ingest --follow} as a process of its own, told to end by the system. */
// Windows ends processes without a word.
@DisabledOnOs(OS.WINDOWS)
class IngestFollowTest {
  @TempDir Path folder;

  private Process start(Path log, Path ledger) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "ingest",
            log.toString(),
            "--follow",
            "--seal-events",
            "2",
            "--ledger",
            ledger.toString(),
            "--quarantine",
            folder.resolve("quarantine.jsonl").toString())
        .start();
  }

  private static void append(Path log, String... ids) throws IOException {
    for (String id : ids) {
      Files.writeString(
          log,
          "{\"request_id\":\""
              + id
              + "\",\"model\":\"gpt-4o\",\"input_tokens\":5,\"output_tokens\":7}\n",
          StandardOpenOption.APPEND);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void whatWasReadIsSealedWhenTheSystemSaysToEnd(String signal)
      throws IOException, InterruptedException {
    Path log = Files.createFile(folder.resolve("gateway.jsonl"));
    Path ledger = folder.resolve("ledger");
    Process process = start(log, ledger);
    try (BufferedReader told = process.errorReader(StandardCharsets.UTF_8)) {
      assertThat(told.readLine()).contains("following", "Ctrl-C");
      append(log, "a", "b");
      assertThat(told.readLine()).contains("batch 1: 2 events added");
      append(log, "c");
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
    } finally {
      process.destroyForcibly().waitFor();
    }
    Outcome again = Outcome.of("ingest", log.toString(), "--ledger", ledger.toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).contains("3 events in");
    Outcome verified = Outcome.of("ledger", "verify", "--ledger", ledger.toString());
    assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatCannotBeFollowedIsWrongUsage() throws IOException {
    String ledger = folder.resolve("ledger").toString();
    String usage = Files.createFile(folder.resolve("u.jsonl")).toString();
    for (List<String> files :
        List.of(
            List.of("-"),
            List.of(usage, usage),
            List.of(folder.toString()),
            List.of("postgres://localhost/litellm"),
            List.of(usage, "postgres://localhost/litellm"))) {
      Outcome outcome =
          Outcome.of(
              java.util.stream.Stream.concat(
                      java.util.stream.Stream.of("ingest", "--follow", "--ledger", ledger),
                      files.stream())
                  .toArray(String[]::new));
      assertThat(outcome.exitCode()).as(files + outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(outcome.err()).startsWith("gtrace: ").doesNotContain("Exception");
    }
  }
}
