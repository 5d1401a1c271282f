package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.GTrace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageFilesTest {
  private static final String ROW = "model,output_tokens\ngpt-4o,5\n";

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("b/c"));
    for (String name :
        List.of(
            "z.csv", "a.jsonl", "b/usage.csv.gz", "b/c/x.parquet", "b/c/y.JSON", "b/notes.txt")) {
      Files.writeString(folder.resolve(name), ROW);
    }
    Files.writeString(folder.resolve("quarantine-z.csv.jsonl"), "{}");
    Files.writeString(folder.resolve("b/.hidden.csv"), ROW);
    Files.createFile(folder.resolve("empty.csv"));
  }

  private UsageFiles files(String... named) {
    return files(InputStream.nullInputStream(), named);
  }

  private UsageFiles files(InputStream standardInput, String... named) {
    List<Path> paths =
        List.of(named).stream()
            .map(name -> name.equals("-") ? Path.of(name) : folder.resolve(name))
            .toList();
    return UsageFiles.of(paths, standardInput, InputFormat.detected(), UsageDefaults.NONE);
  }

  private List<String> names(UsageFiles files) {
    return files.paths().stream().map(path -> folder.relativize(path).toString()).toList();
  }

  @Test
  void aFolderGivesItsUsageFilesInOrder() {
    assertThat(names(files(".")).stream().map(name -> name.replace("./", "")))
        .containsExactly("a.jsonl", "b/c/x.parquet", "b/c/y.JSON", "b/usage.csv.gz", "z.csv");
  }

  @Test
  void aPatternGivesWhatMatches() {
    assertThat(names(files("b/**.{JSON,parquet}"))).containsExactly("b/c/x.parquet", "b/c/y.JSON");
    assertThat(names(files("*.csv"))).containsExactly("z.csv");
    assertThatThrownBy(() -> files("*.tsv"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no file that matches");
  }

  @Test
  void aFolderWithoutUsageSaysSo() throws IOException {
    Files.createDirectory(folder.resolve("none"));
    assertThatThrownBy(() -> files("none"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no usage file in this folder");
  }

  @Test
  void theQuarantineIsCalledAfterTheFirst() {
    assertThat(files("b/*.csv.gz").quarantine()).hasToString("quarantine-_.csv.gz.jsonl");
    assertThat(files("b").quarantine()).hasToString("quarantine-b.jsonl");
    assertThat(files("-").quarantine()).hasToString("quarantine-stdin.jsonl");
  }

  @Test
  void inAFolderAFileThatIsNoneHarmsNoOther() throws IOException {
    Files.write(folder.resolve("b/binary.csv"), new byte[5_000]);
    Files.delete(folder.resolve("b/c/x.parquet"));
    Files.delete(folder.resolve("b/usage.csv.gz"));
    UsageAccountant accountant =
        new UsageAccountant(
            GTrace.standard().card(),
            InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")),
            Reading.SILENT);
    Accounting accounting =
        accountant.account("test", files("b", "z.csv"), folder.resolve("q.jsonl"));
    assertThat(accounting.account().total().activities()).isEqualTo(2);
    assertThat(accounting.refusals())
        .singleElement()
        .asString()
        .contains("binary.csv: is not a text file");
    assertThatThrownBy(
            () -> accountant.account("test", files("b/binary.csv"), folder.resolve("q.jsonl")))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void standardInputIsOneOfThemAndOnlyOnce() throws IOException {
    InputStream in = new ByteArrayInputStream(ROW.getBytes(StandardCharsets.UTF_8));
    List<UsageSource> sources = files(in, "-", "z.csv").sources();
    assertThat(sources).extracting(UsageSource::name).first().isEqualTo("standard input");
    assertThat(ReadActivities.of(sources.get(0)).accounted()).hasSize(1);
    assertThatThrownBy(() -> files("-", "-")).hasMessageContaining("only once");
  }
}
