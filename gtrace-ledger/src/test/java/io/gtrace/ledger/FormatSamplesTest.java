package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each format reads its sample as the file beside it says, and no other format takes it for its.
 */
class FormatSamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/io/gtrace/ledger/formats");
  private static final UsageDefaults OF_UNNAMED = new UsageDefaults("gpt-4o", "", "", "");

  @TempDir Path folder;

  static Stream<String> formats() {
    return Formats.shipped().all().stream().map(FormatDefinition::id);
  }

  private static Path sample(String id) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .filter(file -> file.getFileName().toString().matches(id + "\\.(json|jsonl|csv|log)"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("there is no sample of " + id));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aSampleIsToldByItsContentAndReadAsWritten(String id) throws IOException {
    // The name tells nothing.
    Path unnamed = Files.copy(sample(id), folder.resolve("usage"));
    List<String> expected = Files.readAllLines(SAMPLES.resolve(id + ".expected"));
    ReadActivities read = ReadActivities.of(unnamed, InputFormat.detected(), OF_UNNAMED);
    assertThat(read.lines()).containsExactlyElementsOf(expected);
    assertThat(read.notes()).anyMatch(note -> note.endsWith("(" + id + ")"));
    assertThat(String.join("\n", read.lines())).doesNotContainIgnoringCase("secret");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void packingChangesNothing(String id) throws IOException {
    byte[] content = Files.readAllBytes(sample(id));
    Path gzip = folder.resolve("usage.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(content);
    }
    Path zstd = folder.resolve("usage.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
      out.write(content);
    }
    List<String> plain = ReadActivities.of(sample(id), InputFormat.detected(), OF_UNNAMED).lines();
    for (Path packed : List.of(gzip, zstd)) {
      assertThat(ReadActivities.of(packed, InputFormat.detected(), OF_UNNAMED).lines())
          .isEqualTo(plain);
    }
  }

  @Test
  void everyDefinitionIsListedAndSaysWhatItAccounts() throws IOException {
    List<FormatDefinition> all = Formats.shipped().all();
    assertThat(all)
        .allSatisfy(format -> {
          assertThat(format.accounts()).as(format.id()).isNotBlank();
          assertThat(format.documentation()).as(format.id()).startsWith("https://");
          assertThat(format.detect()).as(format.id()).isNotEmpty();
          assertThat(format.checked()).as(format.id()).isNotEqualTo(FormatDefinition.Checked.OWN);
        });
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/gtrace/ledger/format"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml"))
                  .map(name -> name.replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(all.stream().map(FormatDefinition::id).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theDocumentListsIt(String id) throws IOException {
    FormatDefinition format = Formats.shipped().named(id);
    assertThat(Files.readString(Path.of("../docs/usage-files.md")))
        .contains(
            "| `"
                + id
                + "` | ["
                + format.title()
                + "]("
                + format.documentation()
                + ") | "
                + format.accounts()
                + " | "
                + format.checked().label()
                + " | "
                + format.note()
                + " |\n");
  }

  @Test
  void theDocumentNamesEveryColumnWithItsOtherNames() throws IOException {
    String document = Files.readString(Path.of("../docs/usage-files.md"));
    for (UsageColumn column : UsageColumn.values()) {
      assertThat(document).contains("`" + column.label() + "`");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The table LiteLLM_SpendLogs as PostgreSQL copies it out.
        """
        request_id,call_type,startTime,model,api_base,prompt_tokens,completion_tokens,metadata
        r-1,acompletion,2026-01-05 10:00:00.123,gpt-4o,,100,30,"{""additional_usage_values"": {""cache_read_input_tokens"": 40}}"
        """,
        """
        id,trace_id,type,start_time,provided_model_name,usage_details,input
        r-1,t,GENERATION,2026-01-05 10:00:00.123000,gpt-4o,"{""input"":60,""input_cached_tokens"":40,""output"":30}","secret, with
        a new line"
        """,
        """
        request_id,request_created_at,response_model,prompt_tokens,completion_tokens,prompt_cache_read_tokens,response_status
        r-1,2026-01-05T10:00:00.123Z,gpt-4o,60,30,40,200
        """
      })
  void anExportAsTableIsTheSameFormat(String csv) throws IOException {
    ReadActivities read = ReadActivities.of(Files.writeString(folder.resolve("usage"), csv));
    assertThat(read.accounted())
        .singleElement()
        .asString()
        .startsWith("2 r-1 TextGeneration[model=gpt-4o, requests=1, inputTokens=60,")
        .contains("cachedInputTokens=40, outputTokens=30", "2026-01-05T10:00:00.123Z");
  }
}
