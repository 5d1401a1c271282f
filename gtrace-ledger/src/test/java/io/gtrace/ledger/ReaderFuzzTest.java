package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import io.gtrace.ledger.trend.ReadingOptions;
import io.gtrace.ledger.trend.TrendFile;
import io.gtrace.ledger.trend.TrendFileException;
import io.gtrace.ledger.trend.TrendReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whatever bytes there are, readers take what they understand and say in words what they do not.
 * Here every input that is kept beside this class is tried; with the variable {@code JAZZER_FUZZ}
 * set to 1 and one test chosen, Jazzer looks for others: {@code JAZZER_FUZZ=1 mvn -pl gtrace-ledger
 * -am test -Dtest=ReaderFuzzTest#usageOfAnyFormat -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ReaderFuzzTest {
  private static final int MOST_ACTIVITIES_OF_A_BYTE = 1;
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static void read(byte[] content, UsageFormat storage, InputFormat format) {
    try {
      ReadActivities read =
          ReadActivities.of(
              new UsageSource(
                  "usage",
                  storage,
                  format,
                  content.length,
                  Optional.empty(),
                  () -> new ByteArrayInputStream(content),
                  true,
                  new UsageDefaults("gpt-4o", "", "", "").byColumn()));
      requireSound(content, read);
    } catch (UsageException noUsage) {
      requireWords(String.valueOf(noUsage.getMessage()));
    } catch (IOException breaksOff) {
      // Only archives do.
      assertThat(content[0]).isIn((byte) 0x1f, (byte) 0x28);
    }
  }

  private static void requireSound(byte[] content, ReadActivities read) {
    boolean packed = content.length > 0 && (content[0] == 0x1f || content[0] == 0x28);
    if (!packed) {
      assertThat(read.accounted().size())
          .isLessThanOrEqualTo(MOST_ACTIVITIES_OF_A_BYTE * content.length);
    }
    assertThat(read.accounted()).noneMatch(line -> line.matches(".*(Tokens|count|hours)=-.*"));
    read.refused().forEach(ReaderFuzzTest::requireWords);
  }

  /** What was in the input may say anything. */
  private static void requireWords(String message) {
    String ours = message.replaceAll("(?s)(\\||').*", "");
    assertThat(ours).isNotBlank();
    assertThat(ours.toLowerCase(Locale.ROOT))
        .doesNotContain("exception", "tools.jackson", "java.", "null pointer");
  }

  @FuzzTest(maxDuration = "2m")
  void usageOfAnyFormat(byte[] content) {
    read(content, UsageFormat.CSV, InputFormat.detected());
    read(content, UsageFormat.JSONL, InputFormat.detected());
    read(content, UsageFormat.CSV, new InputFormat.Plain());
  }

  /** The first byte chooses the format. */
  @FuzzTest(maxDuration = "2m")
  void usageOfOneFormat(byte[] content) {
    if (content.length < 2) {
      return;
    }
    List<FormatDefinition> all = Formats.shipped().all();
    FormatDefinition format = all.get((content[0] & 0xff) % all.size());
    read(
        Arrays.copyOfRange(content, 1, content.length),
        UsageFormat.CSV,
        new InputFormat.Defined(format));
  }

  @FuzzTest(maxDuration = "2m")
  void mappingFile(byte[] content) throws IOException {
    Path file = Files.write(Files.createTempFile("mapping", ".yaml"), content);
    try {
      InputFormat.mapping(file);
    } catch (UsageException wrong) {
      assertThat(wrong.getMessage()).startsWith(file.toString());
      requireWords(String.valueOf(wrong.getMessage()));
    } finally {
      Files.delete(file);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void trend(byte[] content) throws IOException {
    Path file = Files.write(Files.createTempFile("trend", ".csv"), content);
    try {
      TrendFile read =
          TrendReader.read(file, new ReadingOptions(ZoneOffset.UTC, Optional.empty(), false, NOW));
      read.refused().forEach(ReaderFuzzTest::requireWords);
    } catch (TrendFileException noTrend) {
      requireWords(String.valueOf(noTrend.getMessage()));
    } finally {
      Files.delete(file);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void moment(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    try {
      Instant moment = new MomentParser(2015, java.time.InstantSource.fixed(NOW)).parse(text);
      assertThat(moment).isBetween(Instant.parse("2015-01-01T00:00:00Z"), NOW.plusSeconds(600));
    } catch (RefusedRowException noMoment) {
      requireWords(noMoment.reason());
    } catch (DateTimeException leaked) {
      throw new AssertionError(text, leaked);
    }
  }
}
