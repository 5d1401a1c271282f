package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a file holds, readers keep what is valid of it, once, and say what is not. */
class ReaderPropertiesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/io/gtrace/ledger/formats");
  private static final Pattern LEFT_OUT = Pattern.compile("^(\\d+) records? (?:is|are) no usage");

  /** Calls in the form of three formats; %s is the id. */
  private static final Map<String, String> CALLS =
      Map.of(
          "openai-chat",
          "{\"id\":\"%s\",\"object\":\"chat.completion\",\"created\":1767225600,\"model\":\"gpt-4o\","
              + "\"choices\":[{\"message\":{\"content\":\"x {[ \\\" ]} é\"}}],"
              + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":30}}",
          "aws-bedrock",
          "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-01-05T10:00:00Z\","
              + "\"region\":\"us-east-1\",\"requestId\":\"%s\",\"modelId\":\"gpt-4o\","
              + "\"input\":{\"inputTokenCount\":35},\"output\":{\"outputTokenCount\":446}}",
          InputFormat.PLAIN,
          "{\"request_id\":\"%s\",\"model\":\"gpt-4o\",\"input_tokens\":5,\"output_tokens\":6}");

  @Provide
  Arbitrary<String> formats() {
    return Arbitraries.of(Formats.shipped().all().stream().map(FormatDefinition::id).toList());
  }

  @Provide
  Arbitrary<String> callFormats() {
    return Arbitraries.of(CALLS.keySet().stream().sorted().toList());
  }

  private static byte[] sample(String id) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      Path sample =
          files
              .filter(file -> file.getFileName().toString().matches(id + "\\.(json|jsonl|csv|log)"))
              .findFirst()
              .orElseThrow();
      return Files.readAllBytes(sample);
    }
  }

  private static ReadActivities read(byte[] content, InputFormat format) throws IOException {
    return ReadActivities.of(
        new UsageSource(
            "usage",
            UsageFormat.CSV,
            format,
            content.length,
            Optional.empty(),
            () -> new ByteArrayInputStream(content),
            true,
            new UsageDefaults("gpt-4o", "", "", "").byColumn()));
  }

  private static byte[] mutated(byte[] content, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = random.nextInt(content.length);
    int to = Math.min(content.length, from + random.nextInt(40));
    switch (random.nextInt(5)) {
      case 0 -> out.write(content, 0, from);
      case 1 -> {
        out.write(content, 0, from);
        out.write(content, to, content.length - to);
      }
      case 2 -> {
        out.write(content, 0, to);
        out.write(content, from, content.length - from);
      }
      case 3 -> {
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        out.write(content, 0, from);
        out.writeBytes(noise);
        out.write(content, to, content.length - to);
      }
      default -> {
        byte[] signs = "{}[]\",:\n\\0-9e".getBytes(StandardCharsets.UTF_8);
        out.write(content, 0, from);
        out.write(signs[random.nextInt(signs.length)]);
        out.write(content, from, content.length - from);
      }
    }
    return out.toByteArray();
  }

  @Property(tries = 400)
  void aBrokenSampleIsAccountedInPartAndNeverAFault(
      @ForAll("formats") String id, @ForAll Random random, @ForAll boolean asItself)
      throws IOException {
    byte[] content = sample(id);
    for (int i = random.nextInt(4); i >= 0 && content.length > 1; i--) {
      content = mutated(content, random);
    }
    try {
      ReadActivities read =
          read(content, asItself ? InputFormat.named(id) : InputFormat.detected());
      assertThat(read.accounted()).noneMatch(line -> line.contains("Tokens=-"));
      assertThat(read.lines().toString().toLowerCase(Locale.ROOT))
          .doesNotContain("java.lang", "java.util", "java.io", "tools.jackson");
    } catch (UsageException noUsage) {
      assertThat(noUsage.getMessage()).isNotBlank();
    }
  }

  private static List<String> ids(ReadActivities read) {
    return read.accounted().stream()
        .map(line -> line.split(" ", 3)[1])
        .filter(id -> id.startsWith("good"))
        .sorted()
        .toList();
  }

  private static List<String> wanted(int count) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> String.format(Locale.ROOT, "good-%03d", i))
        .toList();
  }

  /** A call of which the end, the beginning or something within is missing, on one line. */
  private static String broken(String call, Random random) {
    String bad = String.format(Locale.ROOT, call, "bad");
    int cut = 1 + random.nextInt(bad.length() - 1);
    return switch (random.nextInt(4)) {
      case 0 -> bad.substring(0, cut);
      // Without its last brace, or it could end what another broken line began.
      case 1 -> bad.substring(Math.min(cut, bad.length() - 2), bad.length() - 1);
      case 2 -> bad.substring(0, cut) + bad.substring(Math.min(bad.length(), cut + 3));
      default -> bad.substring(0, cut) + "\u0001" + bad.substring(cut);
    };
  }

  @Property(tries = 400)
  void noLineIsLostOrDoubledThroughItsNeighbours(
      @ForAll("callFormats") String format,
      @ForAll @Size(min = 1, max = 12) List<Boolean> good,
      @ForAll Random random)
      throws IOException {
    String call = CALLS.getOrDefault(format, "");
    StringBuilder lines = new StringBuilder();
    int count = 0;
    for (boolean each : good) {
      lines
          .append(
              each
                  ? String.format(
                      Locale.ROOT, call, String.format(Locale.ROOT, "good-%03d", count++))
                  : broken(call, random))
          .append(random.nextBoolean() ? "\n" : "\r\n");
    }
    byte[] content = ("{}\n" + lines).getBytes(StandardCharsets.UTF_8);
    assertThat(ids(read(content, InputFormat.named(format))))
        .as(lines.toString())
        .isEqualTo(wanted(count));
  }

  @Property(tries = 400)
  void noEntryOfAListIsLostOrDoubledThroughItsNeighbours(
      @ForAll("callFormats") String format,
      @ForAll @Size(min = 1, max = 12) List<Boolean> good,
      @ForAll boolean indented,
      @ForAll Random random)
      throws IOException {
    String call = CALLS.getOrDefault(format, "");
    List<String> entries = new ArrayList<>();
    int count = 0;
    for (boolean each : good) {
      String entry =
          each
              ? String.format(Locale.ROOT, call, String.format(Locale.ROOT, "good-%03d", count++))
              // Something that stays an entry of the list, with a fault in it.
              : "{\"id\":tru,\"requestId\":\"bad\",\"request_id\":\"bad\"}";
      entries.add(
          indented ? "  " + entry.replaceFirst(",", ",\n    ").replaceFirst("}$", "\n  }") : entry);
    }
    String list = "[\n" + String.join(",\n", entries) + "\n]\n";
    assertThat(ids(read(list.getBytes(StandardCharsets.UTF_8), InputFormat.named(format))))
        .as(list)
        .isEqualTo(wanted(count));
  }

  @Property(tries = 200)
  void everyArrangementOfTheSameObjectsIsTheSame(
      @ForAll("callFormats") String format,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll Random random)
      throws IOException {
    String call = CALLS.getOrDefault(format, "");
    StringBuilder text = new StringBuilder();
    for (String id : wanted(count)) {
      String object = String.format(Locale.ROOT, call, id);
      String arranged =
          switch (random.nextInt(5)) {
            case 0 -> object + "\n";
            case 1 -> object;
            case 2 -> object.replace(",\"", ",\n\"").replace(":{", ": {\n") + "\n";
            case 3 -> "[" + object + "]\n";
            default -> "\n[\n" + object + "\n]";
          };
      text.append(arranged);
    }
    ReadActivities read =
        read(text.toString().getBytes(StandardCharsets.UTF_8), InputFormat.named(format));
    assertThat(ids(read)).as(text.toString()).isEqualTo(wanted(count));
    assertThat(read.refused()).as(text.toString()).isEmpty();
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
        "-5",
        "1000000000000000000",
        "1e400",
        "1e-9",
        "\"12\"",
        "\"twelve\"",
        "null",
        "true",
        "{}",
        "{\"a\":[1,{\"b\":2}]}",
        "[1,2]",
        "\"\"",
        "0",
        "3",
        "\"=cmd()\"",
        "12345678901234567890123456789012345678901234567890");
  }

  @Property(tries = 400)
  void everyRecordIsAccountedOrRefusedOrLeftOut(
      @ForAll("callFormats") String format,
      @ForAll @Size(min = 1, max = 10) List<@From("values") String> values,
      @ForAll Random random)
      throws IOException {
    String call = CALLS.getOrDefault(format, "");
    List<String> fields =
        Pattern.compile("\"[a-zA-Z_]+\":(?=[0-9\"])")
            .matcher(call)
            .results()
            .map(match -> match.group())
            .toList();
    String lines =
        values.stream()
            .map(value -> {
              String field = fields.get(random.nextInt(fields.size()));
              return String.format(Locale.ROOT, call, "id")
                  .replaceFirst(
                      Pattern.quote(field) + "(\"[^\"]*\"|[0-9]+)",
                      Matcher.quoteReplacement(field + value));
            })
            .collect(Collectors.joining("\n"));
    ReadActivities read;
    try {
      read = read(lines.getBytes(StandardCharsets.UTF_8), InputFormat.named(format));
    } catch (UsageException allAlike) {
      return;
    }
    int leftOut =
        read.notes().stream()
            .map(LEFT_OUT::matcher)
            .filter(Matcher::find)
            .mapToInt(match -> Integer.parseInt(match.group(1)))
            .sum();
    assertThat(read.accounted().size() + read.refused().size() + leftOut)
        .as(lines + "\n" + read.lines())
        .isEqualTo(values.size());
  }

  /** Lines of throughput in a log of anything else, prompts that quote such lines among it. */
  @Property(tries = 200)
  void everyLineOfThroughputIsFoundAndNoOther(
      @ForAll @Size(min = 1, max = 20) List<Boolean> good, @ForAll Random random)
      throws IOException {
    StringBuilder log =
        new StringBuilder(
            "INFO 03-05 10:00:00 [core.py:58] Initializing a V1 LLM engine (v0.8.5) with config:"
                + " model='gpt-4o', x\n");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < good.size(); i++) {
      int tokens = 1 + random.nextInt(900);
      String line =
          String.format(
              Locale.ROOT,
              "INFO 03-05 10:%02d:10 [loggers.py:87] Engine 000: Avg prompt throughput: 0.0"
                  + " tokens/s, Avg generation throughput: %d.0 tokens/s",
              i,
              tokens);
      log.append(
              switch (good.get(i) ? 0 : 1 + random.nextInt(5)) {
                case 0 -> line;
                case 1 -> line.substring(0, 1 + random.nextInt(100));
                case 2 -> "INFO 03-05 10:00:40 [logger.py:39] Received request a: prompt: '" + line;
                case 3 -> "INFO:     10.0.0.7:41230 - \"POST " + line + "\" 200 OK";
                case 4 -> line.replace("INFO", "DEBUG");
                default -> "\u0001".repeat(random.nextInt(9));
              })
          .append(random.nextBoolean() ? "\n" : "\r\n");
      if (good.get(i)) {
        expected.add("outputTokens=" + 10 * tokens);
      }
    }
    ReadActivities read =
        read(log.toString().getBytes(StandardCharsets.UTF_8), InputFormat.named("vllm-logs"));
    assertThat(
            read.accounted().stream()
                .map(line -> line.replaceFirst(".*(outputTokens=\\d+).*", "$1")))
        .as(log.toString())
        .isEqualTo(expected);
    assertThat(read.refused()).isEmpty();
  }

  @Property(tries = 100)
  void anArchiveThatBreaksOffGivesWhatCameBefore(
      @ForAll("callFormats") String format, @ForAll @IntRange(min = 0, max = 1_000) int promille)
      throws IOException {
    String call = CALLS.getOrDefault(format, "");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      for (String id : wanted(400)) {
        out.write((String.format(Locale.ROOT, call, id) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] whole = packed.toByteArray();
    byte[] cut = Arrays.copyOf(whole, (int) ((long) whole.length * promille / 1_000));
    List<String> accounted = new ArrayList<>();
    try {
      accounted.addAll(ids(read(cut, InputFormat.named(format))));
      assertThat(promille).isEqualTo(1_000);
    } catch (UsageException | IOException breaksOff) {
      assertThat(promille).isLessThan(1_000);
    }
    assertThat(wanted(400)).containsAll(accounted);
  }
}
