package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON of all sizes and states. */
class JsonArrangementsTest {
  private static final String CALL =
      "{\"id\":\"%s\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\","
          + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":30}}";

  @TempDir Path folder;

  private static String call(String id) {
    return CALL.replace("%s", id);
  }

  private ReadActivities read(String content) throws IOException {
    return ReadActivities.of(Files.writeString(folder.resolve("usage.json"), content));
  }

  private static ReadActivities read(InputStream content) throws IOException {
    return ReadActivities.of(
        new UsageSource(
            "usage",
            UsageFormat.CSV,
            InputFormat.detected(),
            0,
            Optional.empty(),
            () -> content,
            true,
            Map.of()));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aListOfAnyLengthInOneLineIsReadWithoutBeingHeld() throws IOException {
    // 1.4 GB, more than the heap of the tests.
    int parts = 1_300;
    String part = (call("a") + ",").repeat(9_000);
    CountingSink counting = new CountingSink();
    InputStream content =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(text("["), repeated(part, parts), text(call("z") + "]"))));
    SourceRows.read(
        new UsageSource(
            "usage",
            UsageFormat.CSV,
            InputFormat.detected(),
            0,
            Optional.empty(),
            () -> content,
            true,
            Map.of()),
        counting);
    assertThat(counting.rows).isEqualTo(parts * 9_000L + 1);
    assertThat(counting.refused).isZero();
  }

  private static final class CountingSink implements RowSink {
    private long rows;
    private long refused;

    @Override
    public void row(UsageRow row) {
      rows++;
    }

    @Override
    public void refused(long line, String reason, String raw) {
      refused++;
    }

    @Override
    public void unknown(UnknownNames names) {}

    @Override
    public void note(String note) {}

    @Override
    public void progress(long bytes) {}
  }

  private static InputStream repeated(String part, int times) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    return new SequenceInputStream(
        Collections.enumeration(
            IntStream.range(0, times)
                .<InputStream>mapToObj(i -> new ByteArrayInputStream(bytes))
                .toList()));
  }

  @Test
  void aPromptOfFiftyMegabytesIsPassedOver() throws IOException {
    String prompt = "\"messages\":\"" + "x".repeat(50 << 20) + "\",";
    ReadActivities read =
        read(call("a") + "\n{" + prompt + call("b").substring(1) + "\n" + call("c") + "\n");
    assertThat(read.refused()).isEmpty();
    assertThat(read.accounted())
        .extracting(line -> line.substring(0, 3))
        .containsExactly("1 a", "2 b", "3 c");
  }

  @Test
  void aNestingOfAHundredThousandIsOneRefusal() throws IOException {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    ReadActivities read = read(call("a") + "\n" + deep + "\n" + call("b") + "\n");
    assertThat(read.accounted()).hasSize(2);
    assertThat(read.refused())
        .containsExactly("2 the line nests too deeply, or holds too long a name or number");
  }

  @Test
  void aKeyThatIsThereTwiceMustSayTheSame() throws IOException {
    String twice =
        call("b").replace("\"prompt_tokens\":20", "\"prompt_tokens\":20,\"prompt_tokens\":21");
    String same =
        call("c").replace("\"prompt_tokens\":20", "\"prompt_tokens\":20,\"prompt_tokens\":20");
    ReadActivities read = read(call("a") + "\n" + twice + "\n" + same + "\n");
    assertThat(read.accounted()).hasSize(2);
    assertThat(read.refused()).containsExactly("2 input_tokens: is there twice, as 20 and as 21");
  }

  @Test
  void whatIsBrokenIsRefusedWithoutBeingShown() throws IOException {
    String secret = call("b").replace("\"model\"", "\"text\":\"my secret\",\"model\"");
    ReadActivities read =
        read(
            call("a")
                + "\n"
                + secret.substring(0, secret.length() - 20)
                + "\n"
                + secret.replace("gpt-4o\"", "gpt-4o\"x")
                + "\nmy secret\n"
                + call("c"));
    assertThat(read.accounted()).hasSize(2);
    assertThat(read.refused()).hasSize(3).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void badUtf8IsRefusedByTheLine() throws IOException {
    byte[] bytes =
        (call("a") + "\n" + call("caf\u00e9") + "\n" + call("c") + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("usage.jsonl"), bytes);
    ReadActivities read = ReadActivities.of(file);
    assertThat(read.accounted()).hasSize(2);
    assertThat(read.refused()).containsExactly("2 the line is not text in UTF-8");
  }

  @Test
  void aCutArchiveGivesWhatCameBeforeInBothKinds() throws IOException {
    String lines =
        IntStream.range(0, 50_000)
            .mapToObj(i -> call(Integer.toString(i * 7919 % 50_000)) + "\n")
            .collect(Collectors.joining());
    for (String kind : List.of("gz", "zst")) {
      Path file = folder.resolve("usage.jsonl." + kind);
      try (OutputStream out = Files.newOutputStream(file);
          OutputStream packed =
              kind.equals("gz") ? new GZIPOutputStream(out) : new ZstdOutputStream(out)) {
        packed.write(lines.getBytes(StandardCharsets.UTF_8));
      }
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length * 3 / 4));
      CountingSink counting = new CountingSink();
      assertThatThrownBy(() ->
              SourceRows.read(
                  UsageSource.file(file, true, InputFormat.detected(), UsageDefaults.NONE),
                  counting))
          .as(kind)
          .isInstanceOf(EOFException.class);
      assertThat(counting.rows).as(kind).isBetween(10_000L, 49_999L);
    }
  }

  @Test
  void anArchiveThatWasMadeToFillWhateverReadsItIsGivenUp() throws IOException {
    Path file = folder.resolve("usage.jsonl.zst");
    byte[] blanks = "\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (OutputStream packed = new ZstdOutputStream(Files.newOutputStream(file))) {
      packed.write((call("a") + "\n").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 1_100; i++) {
        packed.write(blanks);
      }
    }
    CountingSink counting = new CountingSink();
    assertThatThrownBy(() ->
            SourceRows.read(
                UsageSource.file(file, true, InputFormat.detected(), UsageDefaults.NONE), counting))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 500 times its size");
    assertThat(counting.rows).isEqualTo(1);
  }

  @Test
  void parquetWithTheColumnsOfAFormatIsReadAsThat() throws Exception {
    Path file = folder.resolve("usage.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'b-' || i AS custom_id, {'status_code': 200, 'body': {'id': 'c-' || i,"
              + " 'model': 'gpt-4o', 'created': 1767225600, 'usage': {'prompt_tokens': 10 + i,"
              + " 'completion_tokens': 5}}} AS response FROM range(3) r(i)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    ReadActivities read = ReadActivities.of(file);
    assertThat(read.notes())
        .containsExactly("read as OpenAI batch output, also of vLLM run-batch (openai-batch)");
    assertThat(read.accounted())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("1 c-0 TextGeneration[model=gpt-4o, requests=1, inputTokens=10, ");
  }

  @Test
  void aFileThatIsAlmostOfAFormatSaysOfWhich() throws IOException {
    assertThatThrownBy(() ->
            ReadActivities.of(
                Files.writeString(
                    folder.resolve("usage.csv"), "request_id,call_type,startTime\na,b,c\n")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("looks somewhat like")
        .hasMessageContaining("--input-format litellm-spend-logs");
  }

  @Test
  void anotherFormatInTheSameFileIsRefusedByTheLine() throws IOException {
    ReadActivities read =
        read(
            call("a")
                + "\n"
                + "{\"schemaType\":\"ModelInvocationLog\",\"modelId\":\"gpt-4o\"}\n"
                + call("b"));
    assertThat(read.accounted()).hasSize(2);
    assertThat(read.notes()).anyMatch(note -> note.startsWith("1 record is no usage"));
  }

  @Test
  void whatIsAroundRecordsHoldsForThemWhereverItStands() throws IOException {
    String bucket =
        "{\"data\":[{\"object\":\"bucket\",\"results\":[{\"object\":\"organization.usage.completions.result\","
            + "\"num_model_requests\":1,\"input_tokens\":3,\"output_tokens\":4,\"model\":\"gpt-4o\"}],"
            + "\"start_time\":1767225600}]}";
    assertThat(read(bucket).accounted())
        .singleElement()
        .asString()
        .contains("2026-01-01T00:00:00Z");
  }

  @Test
  void standardInputIsReadOnceAndPacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(call("a").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(new ByteArrayInputStream(packed.toByteArray())).accounted()).hasSize(1);
  }

  @Test
  void aRecordOfWhichTheBucketIsBrokenIsNotAccountedAtNoTime() throws IOException {
    String result =
        "{\"object\":\"organization.usage.completions.result\",\"num_model_requests\":1,"
            + "\"input_tokens\":3,\"output_tokens\":4,\"model\":\"gpt-4o\"}";
    String bucket = "{\"start_time\":1767225600,\"results\":[" + result + "]}";
    ReadActivities read =
        read(
            "{\"data\":[\n"
                + bucket
                + ",\n{\"start_time\":1767229200,\"results\":[\n"
                + result
                + ",\n{\"object\":tru},\n"
                + result
                + "\n]},\n"
                + bucket.replace("1767225600", "1767232800")
                + "\n]}");
    assertThat(read.accounted())
        .extracting(
            line -> line.substring(0, 2),
            line -> line.replaceAll(".*when=Optional.(.{20}).*", "$1"))
        .containsExactly(
            tuple("2 ", "2026-01-01T00:00:00Z"),
            tuple("4 ", "2026-01-01T01:00:00Z"),
            tuple("8 ", "2026-01-01T02:00:00Z"));
    assertThat(read.refused()).hasSize(2).first().asString().startsWith("5 the line is not JSON");
    assertThat(read.refused()).last().asString().startsWith("6 the document that it stands in");
  }
}
