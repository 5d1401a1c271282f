package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** JSON and CSV say what their figures are figures of. */
class ResultFormatsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          estimate text --model openai/gpt-4o --output-tokens 300 --region eu-west-3 | text  | gpt-4o | aws/eu-west-3
          explain text --model openai/gpt-4o --output-tokens 300 --region eu-west-3  | text  | gpt-4o | aws/eu-west-3
          compare text --model openai/gpt-4o --output-tokens 300 --region eu-west-3  | text  | gpt-4o | aws/eu-west-3
          estimate text --method sci --model gpt-4o --output-tokens 300 --region FR  | text  | gpt-4o | FR
          estimate text --method ecologits --model gpt-4o --output-tokens 3 --region FR | text | gpt-4o | FR
          estimate video --model sora-2 --seconds 4 --region PL                      | video | sora-2 | PL
          """)
  void jsonNamesModelSiteAndWhatWasAssumed(
      String commandLine, String modality, String model, String site) {
    JsonNode json = Outcome.ofLine(commandLine + " --format json").json();
    assertThat(json.get("modality").asString()).isEqualTo(modality);
    assertThat(json.get("model").asString()).isEqualTo(model);
    assertThat(json.get("site").asString()).isEqualTo(site);
    assertThat(json.get("notes").isArray()).isTrue();
    assertThat(json.get("energyKwh").get("median").asDouble()).isPositive();
  }

  @Test
  void notesAreInJsonAndCsv() {
    String unknown =
        "estimate text --model acme-chat-70b --output-tokens 300 --allow-fallback --format ";
    assertThat(Outcome.ofLine(unknown + "json").json().get("notes").toString())
        .contains("unknown model 'acme-chat-70b'")
        .contains("no region given");
    assertThat(Outcome.ofLine(unknown + "csv").out()).contains("unknown model 'acme-chat-70b'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gtrace", "sci", "ecologits"})
  void csvNamesModelSiteMethodAndNotes(String method) {
    Outcome outcome =
        Outcome.ofLine(
            "estimate text --model gpt-4o --output-tokens 300 --region FR --format csv --method "
                + method);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("model,site,method,notes,");
    assertThat(lines.get(1)).startsWith("gpt-4o,FR," + method + ",");
    assertThat(lines.get(1).split(",", -1)).hasSameSizeAs(lines.get(0).split(",", -1));
  }

  @Test
  void aVideoOfNoGivenLengthSaysWhatItsLengthWasTakenToBe() {
    String work = " video --model sora-2 --region FR";
    for (String command : List.of("estimate", "explain", "compare")) {
      assertThat(Outcome.ofLine(command + work).out()).contains("neither seconds nor frames given");
      assertThat(Outcome.ofLine(command + work + " --seconds 4").out())
          .doesNotContain("neither seconds");
      assertThat(Outcome.ofLine(command + work + " --frames 40").out())
          .doesNotContain("neither seconds");
    }
  }

  @Test
  void activitiesOfSeveralFilesAreTold() throws IOException {
    Path first =
        Files.writeString(
            folder.resolve("a, b.csv"),
            "when,model,region,output_tokens\n2026-01-01T10:00:00Z,openai/gpt-4o,FR,300\n");
    Path second =
        Files.writeString(
            folder.resolve("c.jsonl"), "{\"model\":\"sora-2\",\"region\":\"PL\",\"seconds\":5}\n");
    String[] json = {
      "estimate", "--file", first.toString(), "--file", second.toString(), "--format", "json"
    };
    List<JsonNode> objects = Outcome.of(json).jsonLines();
    assertThat(objects).hasSize(2);
    assertThat(objects.get(0).get("file").asString()).isEqualTo(first.toString());
    assertThat(objects.get(0).get("line").asInt()).isEqualTo(2);
    assertThat(objects.get(0).get("model").asString()).isEqualTo("gpt-4o");
    assertThat(objects.get(0).get("site").asString()).isEqualTo("FR");
    assertThat(objects.get(0).get("when").asString()).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(objects.get(1).get("file").asString()).isEqualTo(second.toString());
    assertThat(objects.get(1).get("line").asInt()).isEqualTo(1);
    assertThat(objects.get(1).get("when").isNull()).isTrue();
    json[json.length - 1] = "csv";
    assertThat(Outcome.of(json).out().lines())
        .hasSize(3)
        .satisfiesExactly(
            header -> assertThat(header).startsWith("file,line,model,site,when,energy_kwh,"),
            row ->
                assertThat(row)
                    .startsWith('"' + first.toString() + "\",2,gpt-4o,FR,2026-01-01T10:00:00Z,"),
            row -> assertThat(row).startsWith(second + ",1,sora-2,PL,,"));
  }
}
