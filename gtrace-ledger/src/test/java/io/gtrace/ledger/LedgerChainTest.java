package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerRecords;
import io.gtrace.ledger.store.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain of very many seals: what is kept of it to be fast, and that nobody has to believe it. */
class LedgerChainTest {
  private static final int RECORDS = 140;

  private static final int TOGETHER = 40;

  private static LedgerFixture filled = new LedgerFixture(Path.of(""));
  private static Path place = Path.of("");

  @TempDir static Path shared;
  @TempDir Path folder;
  private LedgerFixture ledger = filled;

  private static synchronized LedgerFixture filled() throws IOException {
    if (!place.equals(shared)) {
      place = shared;
      filled = new LedgerFixture(shared.resolve("ledger"));
      filled.read(Files.writeString(shared.resolve("u.jsonl"), LedgerFixture.calls(0, 20)));
      keep(RECORDS);
    }
    return filled;
  }

  @BeforeEach
  void copy() throws IOException {
    ledger = filled().copyTo(folder.resolve("ledger"));
  }

  /** The cheapest batches. */
  private static void keep(int count) {
    for (int i = 0; i < count; i++) {
      LedgerRecords.keep(
          filled.ledger(),
          "assessment",
          "{\"number\":" + i + "}",
          "kept",
          "test",
          Duration.ZERO,
          LedgerFixture.NOW);
    }
  }

  private LedgerCompaction.Result putTogether() {
    return new LedgerCompaction(LedgerFixture.NOW, "test", TOGETHER)
        .compact(ledger.ledger(), Duration.ZERO);
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(ledger.folder().resolve("cache"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("chain-"))
          .sorted()
          .toList();
    }
  }

  private static String digest(byte[] bytes) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void openingReadsOnlyTheNewestSeals() throws IOException {
    assertThat(checkpoints()).hasSize(2);
    Path old = ledger.folder().resolve("seals/000003.json");
    String seal = Files.readString(old);
    Files.delete(old);

    assertThat(ledger.total().activities()).isEqualTo(20);
    assertThat(ledger.ledger().snapshot().head().batch()).isEqualTo(RECORDS + 1);
    assertThat(ledger.verified().findings())
        .as("but verifying reads all")
        .anyMatch(finding -> finding.contains("the seal of batch 3 is missing"));
    Files.writeString(old, seal.replace("kept", "kepT"));
    assertThat(ledger.verified().findings())
        .anyMatch(finding -> finding.contains("the seal of batch 3 was changed"));
  }

  @Test
  void sayTheSameWithoutWhatIsKept() throws IOException {
    Ledger.Snapshot with = ledger.ledger().snapshot();
    for (Path file : checkpoints()) {
      Files.delete(file);
    }
    Ledger.Snapshot without = ledger.ledger().snapshot();

    assertThat(without.live()).isEqualTo(with.live());
    assertThat(without.runs()).isEqualTo(with.runs());
    assertThat(without.factorSets()).isEqualTo(with.factorSets());
    assertThat(without.seals()).isEqualTo(with.seals()).hasSize(RECORDS + 1);
  }

  @Test
  void theNewestSealsAreToldWithoutTheOldOnes() throws IOException {
    Files.delete(ledger.folder().resolve("seals/000001.json"));
    List<Seal> seals = ledger.ledger().snapshot().seals();

    assertThat(seals).hasSize(RECORDS + 1);
    assertThat(seals.get(RECORDS).number()).isEqualTo(RECORDS + 1);
    assertThatThrownBy(() -> seals.get(0))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the seal of batch 1 is missing");
  }

  @Test
  void whatIsKeptAndDamagedIsNotUsed() throws IOException {
    for (Path file : checkpoints()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    assertThat(ledger.total().activities()).isEqualTo(20);
    for (Path file : checkpoints()) {
      Files.writeString(file, "");
    }
    assertThat(ledger.total().activities()).isEqualTo(20);
    ledger.requireIntact();
  }

  @Test
  void whatIsKeptAndFalseIsFoundByVerifying() throws Exception {
    Path newest = checkpoints().get(1);
    String kept = Files.readString(newest);
    String json =
        kept.substring(kept.indexOf('\n') + 1).replaceFirst("\"refused\" : 0", "\"refused\" : 7");
    byte[] changed = json.getBytes(StandardCharsets.UTF_8);
    Files.writeString(newest, digest(changed) + "\n" + json);
    assertThat(ledger.ledger().snapshot().refused()).isEqualTo(7);

    assertThat(ledger.verified().findings())
        .singleElement()
        .asString()
        .contains("cache/" + newest.getFileName(), "does not follow from the seals");
  }

  @Test
  void whatIsKeptOfAnotherChainIsNotUsed() throws IOException {
    LedgerFixture other = new LedgerFixture(folder.resolve("other"));
    other.read(Files.writeString(folder.resolve("o.jsonl"), LedgerFixture.calls(50, 53)));
    Path newest = checkpoints().get(1);
    Files.createDirectories(other.folder().resolve("cache"));
    Files.copy(newest, other.folder().resolve("cache").resolve(newest.getFileName()));
    Path place =
        other
            .folder()
            .resolve("cache")
            .resolve(newest.getFileName().toString().replaceFirst("-[0-9]+-", "-000001-"));
    Files.copy(newest, place);

    assertThat(other.total().activities()).isEqualTo(3);
    other.requireIntact();
  }

  @Test
  void oldSealsArePutTogetherAndStayWhatTheyAre() throws Exception {
    List<Seal> before = List.copyOf(ledger.ledger().snapshot().seals());
    String early = before.get(20).previous();

    assertThat(putTogether().seals()).hasSize(1);

    assertThat(ledger.files()).contains("seals/000001-000040.json.gz", "seals/000041.json");
    assertThat(ledger.files()).doesNotContain("seals/000001.json", "seals/000040.json");
    assertThat(ledger.ledger().snapshot().seals()).startsWith(before.toArray(Seal[]::new));
    assertThat(ledger.verified(early).findings()).isEmpty();
    assertThat(ledger.rows("SELECT count(*) FROM batches")).isEqualTo(List.of(List.of("142")));
    for (Path file : checkpoints()) {
      Files.delete(file);
    }
    assertThat(ledger.total().activities()).isEqualTo(20);
    assertThat(
            ledger
                .read(Files.writeString(folder.resolve("v.jsonl"), LedgerFixture.calls(0, 23)))
                .added())
        .isEqualTo(3);
    ledger.requireIntact();

    Path archive = ledger.folder().resolve("seals/000001-000040.json.gz");
    byte[] bytes = Files.readAllBytes(archive);
    for (int at : IntStream.of(0, 30, bytes.length / 2, bytes.length - 5).toArray()) {
      byte[] changed = bytes.clone();
      changed[at] ^= 4;
      Files.write(archive, changed);
      assertThat(ledger.verified().isIntact()).as("byte " + at).isFalse();
    }
    Files.delete(archive);
    assertThat(ledger.verified().findings())
        .anyMatch(finding -> finding.contains("the seal of batch 1 is missing"));
    for (Path file : checkpoints()) {
      Files.delete(file);
    }
    assertThatThrownBy(() -> ledger.total())
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the seal of batch 1 is missing");
  }

  @Test
  void aLedgerWhoseFirstSealsArePutTogetherNeedsItsHead() throws IOException {
    putTogether();
    Files.delete(ledger.folder().resolve("HEAD"));

    assertThatThrownBy(() -> ledger.total())
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("HEAD is missing");
  }
}
