package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFileTest {
  private static final Path EXAMPLES = Path.of("../docs/examples");

  @TempDir Path folder;

  private ReadActivities read(String mapping, String usage) throws IOException {
    Path yaml = Files.writeString(folder.resolve("mapping.yaml"), mapping);
    Path file = Files.writeString(folder.resolve("usage"), usage);
    return ReadActivities.of(file, InputFormat.mapping(yaml), UsageDefaults.NONE);
  }

  @Test
  void theExampleReadsItsLog() throws IOException {
    ReadActivities read =
        ReadActivities.of(
            EXAMPLES.resolve("gateway.jsonl"),
            InputFormat.mapping(EXAMPLES.resolve("mapping.yaml")),
            UsageDefaults.NONE);
    assertThat(read.lines())
        .containsExactly(
            "1 g-1 TextGeneration[model=gpt-4o, requests=1, inputTokens=400, cachedInputTokens=100,"
                + " outputTokens=300, reasoningTokens=0,"
                + " context=Context[when=Optional[2026-01-05T10:00:00Z],"
                + " who=Attribution[team=search, app=, user=], site=Place[name=aws/eu-west-3]]]",
            "2 g-3 Embedding[model=text-embedding-3-small, requests=1, inputTokens=8000,"
                + " context=Context[when=Optional[2026-01-05T10:00:01Z],"
                + " who=Attribution[team=search, app=, user=], site=Place[name=aws/eu-west-3]]]",
            "note 1 record is no usage (our-gateway) and left out");
  }

  @Test
  void aTableIsMappedByItsHeader() throws IOException {
    ReadActivities read =
        read(
            """
            format: ours
            columns:
              model: Engine
              output_tokens: {field: Stats.out, times: 1000}
              when: At
            zone: America/New_York
            """,
            "Engine|At|Stats\ngpt-4o|2026-01-05 10:00|{\"out\": 1.5}\n");
    assertThat(read.accounted())
        .singleElement()
        .asString()
        .contains("outputTokens=1500", "2026-01-05T15:00:00Z");
  }

  @Test
  void aDifferenceIsNeverBelowZeroAndANegativeAmountIsStillRefused() throws IOException {
    String mapping =
        """
        format: ours
        columns:
          model: m
          output_tokens: {field: all, minus: [hidden]}
        """;
    ReadActivities read =
        read(
            mapping,
            """
            {"m":"gpt-4o","all":5,"hidden":9}
            {"m":"gpt-4o","all":-5,"hidden":9}
            {"m":"gpt-4o","all":5,"hidden":-9}
            {"m":"gpt-4o","all":"five"}
            """);
    assertThat(read.accounted()).singleElement().asString().contains("outputTokens=0");
    assertThat(read.refused()).hasSize(3).allMatch(line -> line.contains("output_tokens"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns: {model: m}                              | line 1, the file: must have a field 'format'",
        "format: a                                        | columns: is missing",
        "format: [a]                                      | line 1, format: must be a plain value",
        "format: a\\ncolums: {model: m}                   | line 2, colums: the file has no such field; did you mean columns?",
        "format: a\\ncolumns: {mdel: m}                   | line 2, mdel: columns has no such field; did you mean model?",
        "format: a\\ncolumns:\\n  model: {feld: m}        | line 3, feld: model has no such field; did you mean field?",
        "format: a\\ncolumns:\\n  model: {prefix: m}      | line 3, model: must have one of field, first, always or plus",
        "format: a\\ncolumns:\\n  model: {field: m, match: '('}  | match: is no regular expression",
        "format: a\\ncolumns:\\n  model: {field: m, match: 'x'}  | match: must have a group",
        "format: a\\ncolumns:\\n  hours: {field: m, times: fast} | times: must be a number, not 'fast'",
        "format: a\\ncolumns:\\n  hours: {field: m, times: 1/0}  | times: must not divide by 0",
        "format: a\\ncolumns:\\n  model: {field: m, split: x, part: 0} | part: must be 1 for the first part",
        "format: a\\ncolumns:\\n  model: a..b                   | model: must be the path of a field",
        "format: a\\nzone: Mars\\ncolumns: {model: m}           | line 2, zone: must be a time zone such as",
        "format: a\\nrecords: '[]'\\ncolumns: {model: m}         | line 2, records: must be a path such as",
        "format: a\\nrepeats: first\\ncolumns: {model: m}       | line 2, repeats: must be last",
        "format: a\\ncarry: {s: m}\\ncolumns: {model: m}        | line 2, s: must begin with $",
        "format: a\\nchecked: twice\\ncolumns: {model: m}       | line 2, checked: must be one of",
        "format: {                                              | is not YAML",
      })
  void whatIsWrongIsToldWithLineAndField(String yaml, String complaint) throws IOException {
    Path file = Files.writeString(folder.resolve("m.yaml"), yaml.replace("\\n", "\n"));
    assertThatThrownBy(() -> InputFormat.mapping(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(complaint);
  }

  @Test
  void aFormatThatIsNotThereNamesTheNearest() {
    assertThatThrownBy(() -> InputFormat.named("litellm-spendlog"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("did you mean litellm-spend-logs?");
  }
}
