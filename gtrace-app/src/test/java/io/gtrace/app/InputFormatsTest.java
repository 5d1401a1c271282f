package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What people already have is accounted from the command line. */
class InputFormatsTest {
  private static final String CALL =
      "{\"id\":\"a\",\"object\":\"chat.completion\",\"created\":1767225600,\"model\":\"gpt-4o\","
          + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":30}}\n";

  @TempDir Path folder;

  private Outcome estimate(String... more) {
    List<String> args = new ArrayList<>(List.of("estimate", "--quarantine", at("q.jsonl")));
    args.addAll(List.of(more));
    return Outcome.of(args.toArray(String[]::new));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void formatsAreListedForPeopleAndPrograms() {
    assertThat(Outcome.of("formats").out())
        .contains("litellm-spend-logs", "LiteLLM spend logs", "documentation", "real export");
    List<String> listed = new ArrayList<>();
    Outcome.of("formats", "--format", "json")
        .json()
        .forEach(each -> listed.add(each.get("format").asString()));
    assertThat(listed)
        .containsExactlyElementsOf(
            Formats.shipped().all().stream().map(FormatDefinition::id).toList());
    assertThat(Outcome.of("formats", "--format", "csv").out())
        .startsWith("format,title,accounts,checked,note,documentation\n");
  }

  @Test
  void aFolderOfDifferentFormatsIsOneAccount() throws IOException {
    Files.createDirectories(folder.resolve("logs/day"));
    Files.writeString(folder.resolve("logs/a.jsonl"), CALL);
    Files.writeString(folder.resolve("logs/day/b.csv"), "model,output_tokens\ngpt-4o,5\n");
    Outcome outcome = estimate("--file", at("logs"));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("2 activities, 55 tokens");
  }

  @Test
  void standardInputIsAFile() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(CALL.repeat(2).getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(estimate("--file", "-").out()).contains("2 activities, 100 tokens");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theFormatCanBeDecided() throws IOException {
    String file = Files.writeString(folder.resolve("a"), CALL).toString();
    assertThat(estimate("--file", file, "--input-format", "openai-chat").exitCode())
        .isEqualTo(ExitCode.DONE);
    Outcome plain = estimate("--file", file, "--input-format", "plain");
    assertThat(plain.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(plain.err()).contains("input_tokens or output_tokens");
    JsonNode each = estimate("--file", file, "--format", "json").jsonLines().get(0);
    assertThat(each.get("model").asString()).isEqualTo("gpt-4o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--input-format litellm-spendlog | did you mean litellm-spend-logs?",
        "--mapping none.yaml | none.yaml: there is no such file",
        "--mapping none.yaml --input-format plain | exclude each other"
      })
  void aWrongFormatIsWrongUsage(String options, String complaint) throws IOException {
    String file = Files.writeString(folder.resolve("a"), CALL).toString();
    Outcome outcome = Outcome.ofLine("estimate --file " + file + " " + options);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(complaint);
  }
}
