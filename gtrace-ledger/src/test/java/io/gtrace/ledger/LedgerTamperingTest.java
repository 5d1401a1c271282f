package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes a sealed ledger is found out. */
class LedgerTamperingTest {
  private static LedgerFixture sealed = new LedgerFixture(Path.of(""));
  private static Path place = Path.of("");

  @TempDir static Path shared;
  @TempDir Path folder;
  private LedgerFixture ledger = sealed;

  private static synchronized LedgerFixture sealed() throws IOException {
    if (!place.equals(shared)) {
      place = shared;
      sealed = new LedgerFixture(shared.resolve("ledger"));
      Path usage = Files.writeString(shared.resolve("u.jsonl"), LedgerFixture.calls(0, 24));
      sealed.read(12, usage);
    }
    return sealed;
  }

  @BeforeEach
  void copy() throws IOException {
    ledger = sealed().copyTo(folder.resolve("ledger"));
  }

  /** Files whose every byte is sealed. */
  private List<String> sealedFiles() {
    return ledger.files().stream()
        .filter(file -> !List.of("lock", "ledger.json", "user.key").contains(file))
        .toList();
  }

  private Path path(String name) {
    return ledger.folder().resolve(name);
  }

  private void requireFound(String name, String how) {
    List<String> findings = ledger.verified().findings();
    assertThat(findings).as(how + " " + name).isNotEmpty();
    String number = name.replaceAll("\\D", "").replaceFirst("^0+", "");
    String expected = name.startsWith("seals/") ? "batch " + number : name;
    assertThat(findings)
        .as(how + " " + name)
        .anyMatch(finding ->
            finding.contains(expected)
                || finding.contains(name.replaceFirst(".*/", ""))
                || (name.equals("HEAD") && finding.contains("batch")));
    assertThat(findings).noneMatch(finding -> finding.contains("Exception"));
  }

  @Test
  void aChangedByteOfAnyFileIsFound() throws IOException {
    for (String name : sealedFiles()) {
      byte[] whole = Files.readAllBytes(path(name));
      for (int at : List.of(whole.length / 3, whole.length - 1)) {
        byte[] changed = whole.clone();
        changed[at] ^= 1;
        Files.write(path(name), changed);
        requireFound(name, "byte " + at + " of");
      }
      Files.write(path(name), whole);
    }
    ledger.requireIntact();
  }

  @Test
  void aCutOrMissingFileIsFound() throws IOException {
    for (String name : sealedFiles()) {
      byte[] whole = Files.readAllBytes(path(name));
      Files.write(path(name), java.util.Arrays.copyOf(whole, whole.length / 2));
      requireFound(name, "cut");
      Files.delete(path(name));
      requireFound(name, "deleted");
      Files.write(path(name), whole);
    }
    ledger.requireIntact();
  }

  @Test
  void twoFilesThatChangedPlacesAreFound() throws IOException {
    for (String kind : List.of("seals/", "events/day=2026-03-01/", "rollups/")) {
      List<String> two = sealedFiles().stream().filter(file -> file.startsWith(kind)).toList();
      swap(path(two.get(0)), path(two.get(1)));
      requireFound(two.get(0), "swapped");
      requireFound(two.get(1), "swapped");
      swap(path(two.get(0)), path(two.get(1)));
    }
    ledger.requireIntact();
  }

  private static void swap(Path one, Path other) throws IOException {
    byte[] content = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(other));
    Files.write(other, content);
  }

  @Test
  void queriesOfADamagedLedgerSayItInOneLine() throws IOException {
    for (String name : sealedFiles()) {
      if (name.startsWith("events/")) {
        continue; // Roll-ups answer without them.
      }
      byte[] whole = Files.readAllBytes(path(name));
      for (byte[] damaged :
          List.of(new byte[0], java.util.Arrays.copyOf(whole, whole.length / 2))) {
        Files.write(path(name), damaged);
        requireToldInOneLine(name);
      }
      Files.delete(path(name));
      requireToldInOneLine(name);
      Files.write(path(name), whole);
    }
  }

  private void requireToldInOneLine(String name) {
    assertThatThrownBy(() -> ledger.total())
        .as(name)
        .isInstanceOf(LedgerException.class)
        .satisfies(
            told -> assertThat(String.valueOf(told.getMessage()).lines()).as(name).hasSize(1));
  }

  @Test
  void aBatchThatWasDroppedIsFoundByTheSealOfItsHeadAlone() throws IOException {
    String head = ledger.ledger().head().seal();
    Ledger.Snapshot snapshot = ledger.ledger().snapshot();
    Seal last = snapshot.seals().get(1);
    for (var file : last.files()) {
      Files.delete(snapshot.path(file));
    }
    Files.delete(path("seals/000002.json"));
    assertThat(ledger.verified().isIntact()).isFalse();
    writeHead(1, digest(Files.readAllBytes(path("seals/000001.json"))));

    assertThat(ledger.verified().findings()).isEmpty();
    assertThat(ledger.verified(head).findings())
        .singleElement()
        .asString()
        .contains(head, "dropped");
  }

  @Test
  void anOlderHeadThatWasKeptElsewhereIsRecognised() {
    String old = ledger.ledger().snapshot().seals().get(1).previous();
    assertThat(ledger.verified(old).isIntact()).isTrue();
  }

  /** The forger seals anew what he changed: only the sums that follow from it give him away. */
  @ParameterizedTest
  @EnumSource(
      value = Content.class,
      names = {"CARD_ROWS", "CARD_RATES", "CARD_SITES", "CARD_HOURS", "EVENTS", "ROLLUP"})
  void aChangedFigureIsFoundThoughItIsSealedAnew(Content content) throws Exception {
    String change =
        switch (content) {
          case CARD_ROWS -> "list_transform(energy_kwh, lambda x: x * 1.01) AS energy_kwh";
          case CARD_RATES -> "inside_kwh * 1.01 AS inside_kwh";
          case CARD_SITES -> "inside * 1.01 AS inside";
          case CARD_HOURS -> "ratio * 1.01 AS ratio";
          case EVENTS -> "output_tokens + 1 AS output_tokens";
          default -> "energy_kwh * 1.01 AS energy_kwh";
        };
    forge(content, change);

    assertThat(ledger.verified().findings())
        .isNotEmpty()
        .noneMatch(finding -> finding.contains("digest"));
  }

  private String firstEvents() {
    return ledger.ledger().snapshot().live(Content.EVENTS).get(0).path();
  }

  @Test
  void changedEventsAreToldWithTheirFileAndNoOther() throws Exception {
    forge(Content.EVENTS, "output_tokens + 1 AS output_tokens");
    assertThat(ledger.ledger().snapshot().live(Content.EVENTS)).hasSizeGreaterThan(1);
    assertThat(ledger.verified().findings())
        .isNotEmpty()
        .allMatch(finding -> finding.startsWith(firstEvents() + ": "));
  }

  @Test
  void eventsOfAFileThatNoCardPricesSumToNothing() throws Exception {
    forge(Content.EVENTS, "'nobody' AS model");
    assertThat(ledger.verified().findings())
        .allMatch(finding -> finding.startsWith(firstEvents() + ": "))
        .anyMatch(finding -> finding.contains(": events sums to 0.0 and was sealed as "));
  }

  /** Medians stay what they are, and with them every sum of events: only intervals are wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CARD_RATES | list_transform(inside_kwh_draws, lambda x: x * 1.1) AS inside_kwh_draws
          CARD_RATES | list_reverse(embodied_kg_draws) AS embodied_kg_draws
          CARD_SITES | list_transform(inside_draws, lambda x: x / 2) AS inside_draws
          CARD_SITES | list_sort(network_draws) AS network_draws
          """)
  void changedDrawsAreFoundThoughTheyAreSealedAnew(Content content, String change)
      throws Exception {
    forge(content, change);
    assertThat(ledger.verified().findings())
        .singleElement()
        .asString()
        .contains("cards/000001", "draws sums to");
  }

  @Test
  void aFigureThatWasMadeUnknownIsNotReproduced() throws Exception {
    assertThat(largestDifference()).isLessThan(1e-9);
    forge(Content.ROLLUP, "'NaN'::DOUBLE AS energy_kwh");
    assertThat(largestDifference()).isEqualTo(1);
  }

  private double largestDifference() {
    try (LedgerQuery query =
        LedgerQuery.open(ledger.ledger().snapshot(), RollupFiles.Pricing.CURRENT)) {
      return query.reproduction(Period.ALL, Long.MAX_VALUE).largestDifference();
    }
  }

  private void forge(Content content, String change) throws Exception {
    Ledger.Snapshot snapshot = ledger.ledger().snapshot();
    var file = snapshot.live(content).get(0);
    Path path = snapshot.path(file);
    Path forged = folder.resolve("forged.parquet");
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      database.execute(
          "COPY (SELECT * REPLACE ("
              + change
              + ") FROM "
              + LedgerDatabase.parquet(List.of(path))
              + ") TO "
              + LedgerDatabase.text(forged.toString())
              + " (FORMAT parquet)");
    }
    Files.move(forged, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    sealAnew(path, file.bytes(), file.sha256());
  }

  private void sealAnew(Path path, long bytes, String sha256) throws IOException {
    String before = "";
    String now = "";
    List<Path> seals = new ArrayList<>();
    try (Stream<Path> all = Files.list(path("seals"))) {
      all.sorted().forEach(seals::add);
    }
    for (Path seal : seals) {
      String old = Files.readString(seal);
      String oldDigest = digest(Files.readAllBytes(seal));
      String forged = old;
      if (old.contains(sha256)) {
        int at = old.indexOf(sha256);
        int size = old.lastIndexOf("\"bytes\" : " + bytes, at);
        forged =
            old.substring(0, size)
                + old.substring(size)
                    .replaceFirst("\"bytes\" : " + bytes, "\"bytes\" : " + Files.size(path));
        forged = forged.replace(sha256, digest(Files.readAllBytes(path)));
      }
      forged = before.isEmpty() ? forged : forged.replace(before, now);
      Files.writeString(seal, forged);
      before = oldDigest;
      now = digest(Files.readAllBytes(seal));
    }
    writeHead(seals.size(), now);
  }

  private void writeHead(int batch, String seal) throws IOException {
    Files.writeString(path("HEAD"), "{\"batch\":" + batch + ",\"seal\":\"" + seal + "\"}");
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  @Test
  void aLostOrForeignKeyOfUsersIsToldBeforeAnythingIsRead() throws IOException {
    Path usage = Files.writeString(folder.resolve("n.jsonl"), LedgerFixture.calls(24, 30));
    Files.delete(path("user.key"));

    assertThat(ledger.verified().findings()).singleElement().asString().contains("user.key");
    assertThatThrownBy(() -> ledger.read(usage))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("user.key");
  }

  @Test
  void aSwappedKeyOfUsersIsFoundAndNothingIsAddedWithIt() throws IOException {
    byte[] key = Files.readAllBytes(path("user.key"));
    key[7] ^= 1;
    Files.write(path("user.key"), key);

    assertThat(ledger.verified().findings())
        .singleElement()
        .asString()
        .contains("user.key is not the one");
    Path usage = Files.writeString(folder.resolve("n.jsonl"), LedgerFixture.calls(24, 30));
    assertThatThrownBy(() -> ledger.read(usage))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("user.key");
  }

  /** Ledgers of before seals stated the key and marks. */
  @Test
  void aSealThatStatesLessIsReadAsBefore() throws IOException {
    String sealed = Files.readString(path("seals/000001.json"));
    String older =
        sealed
            .replaceFirst("\\s*\"userKey\" : \"[^\"]*\",", "")
            .replaceFirst("\\s*\"marks\" : \\{ }\\s*,", "");
    assertThat(older).doesNotContain("userKey", "marks");
    Files.writeString(path("seals/000001.json"), older);
    Files.deleteIfExists(path("seals/000002.json"));
    writeHead(1, digest(Files.readAllBytes(path("seals/000001.json"))));

    assertThat(ledger.verified().findings()).isEmpty();
    assertThat(ledger.total().activities()).isEqualTo(12);
  }

  @Test
  void aSealThatNamesFilesOutsideIsRefused() throws IOException {
    Path seal = path("seals/000001.json");
    String old = Files.readString(seal);
    for (String name : List.of("../outside.parquet", "/etc/passwd", "a/../../b", "", "a\\u0000b")) {
      Files.writeString(seal, old.replace("rollups/000001.parquet", name));
      assertThat(ledger.verified().isIntact()).as(name).isFalse();
      assertThatThrownBy(() -> ledger.total()).as(name).isInstanceOf(LedgerException.class);
    }
    Files.writeString(seal, old.replaceFirst("\"sums\" : \\{[^}]*}", "\"sums\" : null"));
    assertThat(ledger.verified().isIntact()).isFalse();
    assertThatThrownBy(() -> ledger.total()).isInstanceOf(LedgerException.class);
  }

  @Test
  void aHeadThatWasPutBackByOneBatchLosesNothing() throws IOException {
    String head = ledger.ledger().head().seal();
    writeHead(1, digest(Files.readAllBytes(path("seals/000001.json"))));

    assertThat(ledger.verified().head().seal()).isEqualTo(head);
    assertThat(ledger.events()).isEqualTo(24);
    ledger.requireIntact();
    Path more = Files.writeString(folder.resolve("n.jsonl"), LedgerFixture.calls(24, 30));
    assertThat(ledger.read(more).added()).isEqualTo(6);
    assertThat(ledger.events()).isEqualTo(30);
    ledger.requireIntact();
  }

  @Test
  void aLedgerThatLostHeadAndSealsIsNotTakenForANewOne() throws IOException {
    Files.delete(path("HEAD"));
    Files.delete(path("seals/000001.json"));
    Files.delete(path("seals/000002.json"));
    java.util.Set<String> left = ledger.files();

    assertThat(ledger.verified().findings()).singleElement().asString().contains("HEAD is missing");
    Path more = Files.writeString(folder.resolve("n.jsonl"), LedgerFixture.calls(24, 30));
    assertThatThrownBy(() -> ledger.read(more))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("HEAD is missing");
    assertThat(ledger.files()).isEqualTo(left);
  }

  @Test
  void aFileThatNoSealNamesIsFoundAndMovedAside() throws IOException {
    String events =
        sealedFiles().stream().filter(file -> file.startsWith("events/")).findFirst().orElse("");
    String planted = events.replaceFirst("00000[12]", "000009");
    byte[] content = Files.readAllBytes(path(events));
    Files.write(path(planted), content);

    assertThat(ledger.verified().findings()).singleElement().asString().contains(planted);
    Path more = Files.writeString(folder.resolve("n.jsonl"), LedgerFixture.calls(24, 30));
    ledger.read(more);
    ledger.requireIntact();
    assertThat(Files.readAllBytes(path("aside/" + planted))).isEqualTo(content);
  }

  /** A writer that is killed right after it forgot somebody has not deleted the files yet. */
  @Test
  void aFileThatWasForgottenAndIsThereStillIsFoundAndGoes() throws IOException {
    LedgerFixture before = ledger.copyTo(folder.resolve("before"));
    new LedgerForget(LedgerFixture.NOW, "test")
        .user(ledger.ledger(), "u1", java.time.Duration.ZERO);
    ledger.requireIntact();
    List<String> removed =
        before.files().stream()
            .filter(file -> file.startsWith("events/") && !ledger.files().contains(file))
            .toList();
    assertThat(removed).isNotEmpty();
    for (String file : removed) {
      Files.createDirectories(path(file).getParent());
      Files.copy(before.folder().resolve(file), path(file));
    }

    assertThat(ledger.verified().findings())
        .hasSameSizeAs(removed)
        .allSatisfy(finding -> assertThat(finding).contains("there still"));
    Path more = Files.writeString(folder.resolve("n.jsonl"), LedgerFixture.calls(24, 30));
    ledger.read(more);
    ledger.requireIntact();
    assertThat(removed).noneMatch(file -> Files.exists(path(file)));
    assertThat(path("aside")).doesNotExist();
  }
}
