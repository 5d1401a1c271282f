package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.store.LedgerException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose writer dies: it is as before a batch or as after it. */
// It starts processes or takes long, and what it tests is the same on every JDK.
@EnabledForJreRange(min = JRE.JAVA_21)
class LedgerCrashTest {
  private static final int CALLS = 90;
  private static final int OF_A_BATCH = 30;

  /** New files of three batches, each appearing unfinished or whole, and some to spare. */
  private static final List<Integer> KILLED_AT = List.of(1, 5, 9, 11, 13, 15, 18, 22);

  private static final String EVENTS = "SELECT * EXCLUDE (batch) FROM events ORDER BY ALL";

  @TempDir Path folder;

  @Test
  void isWholeWhereverItsWriterIsKilled() throws Exception {
    Path usage = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(0, CALLS));
    Set<Long> leftAt = new TreeSet<>();
    List<IngestProcess> waiting = new ArrayList<>();
    try {
      for (int n : KILLED_AT) {
        waiting.add(
            IngestProcess.start(
                folder.resolve("tmp" + n), folder.resolve("ledger" + n), OF_A_BATCH, 0, usage));
        if (waiting.size() == 2) {
          leftAt.add(killAndCheck(waiting.remove(0), KILLED_AT.indexOf(n) - 1, usage));
        }
      }
      leftAt.add(killAndCheck(waiting.remove(0), KILLED_AT.size() - 1, usage));
    } finally {
      for (IngestProcess process : waiting) {
        process.close();
      }
    }
    assertThat(leftAt).as("kills before, between and after batches").hasSizeGreaterThan(1);
  }

  /** New files of a merge, each appearing unfinished or whole, and some to spare. */
  private static final List<Integer> MERGE_KILLED_AT = List.of(0, 1, 2, 3, 5, 7, 12);

  @Test
  void isWholeWhereverAMergeIsKilled() throws Exception {
    Path usage = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(0, CALLS));
    LedgerFixture apart = new LedgerFixture(folder.resolve("apart"));
    apart.read(OF_A_BATCH / 3, usage);
    List<List<String>> events = apart.rows(EVENTS);
    Set<Boolean> merged = new TreeSet<>();
    for (int n : MERGE_KILLED_AT) {
      LedgerFixture ledger = apart.copyTo(folder.resolve("ledger" + n));
      try (IngestProcess process =
          IngestProcess.startMerging(folder.resolve("tmp" + n), ledger.folder())) {
        process.awaitReady();
        Set<Path> before = inside(ledger.folder());
        process.go();
        killAtFile(process, ledger.folder(), before.size() + n);
      }
      merged.add(ledger.ledger().snapshot().runs().size() == 1);
      ledger.requireIntact();
      assertThat(ledger.rows(EVENTS)).as("killed at file " + n).isEqualTo(events);
      assertThat(ledger.read(usage).added()).as("killed at file " + n).isZero();
      ledger.requireNothingUnsealed();
      new LedgerCompaction(LedgerFixture.NOW, "test").compact(ledger.ledger(), Duration.ZERO);
      assertThat(ledger.rows(EVENTS)).isEqualTo(events);
      assertThat(ledger.ledger().snapshot().runs()).hasSize(1);
      ledger.requireIntact();
    }
    assertThat(merged).as("kills before and after the seal").containsExactly(false, true);
  }

  /** What a kill or a power cut can leave of a merge: any first files, the last in part. */
  @Test
  void takesNoNoticeOfWhatAnUnfinishedMergeLeft() throws Exception {
    Path usage = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(0, CALLS));
    LedgerFixture whole = new LedgerFixture(folder.resolve("whole"));
    whole.read(OF_A_BATCH / 3, usage);
    LedgerFixture before = whole.copyTo(folder.resolve("before"));
    new LedgerCompaction(LedgerFixture.NOW, "test").compact(whole.ledger(), Duration.ZERO);
    List<String> written = new ArrayList<>(whole.files());
    written.removeAll(before.files());
    written.add("HEAD.new");
    assertThat(written).contains("rollups/000009-000010.parquet", "seals/000010.json");

    for (int files = 0; files < written.size(); files++) {
      LedgerFixture crashed = before.copyTo(folder.resolve("crash-" + files));
      leave(written.subList(0, files + 1), 0.5, whole, crashed);
      crashed.requireIntact();
      assertThat(crashed.read(usage).added()).isZero();
      crashed.requireNothingUnsealed();
      if (written.subList(0, files).contains("seals/000010.json")) {
        // The seal is whole, so the merge counts though HEAD does not name it yet.
        assertThat(crashed.files()).contains("rollups/000009-000010.parquet");
      } else {
        assertThat(crashed.files()).doesNotContainAnyElementsOf(written);
      }
    }
  }

  private long killAndCheck(IngestProcess process, int index, Path usage) throws Exception {
    int n = KILLED_AT.get(index);
    Path ledger = folder.resolve("ledger" + n);
    try (process) {
      process.awaitReady();
      process.go();
      killAtFile(process, ledger, n);
    }
    LedgerFixture left = new LedgerFixture(ledger);
    long events = 0;
    if (Files.exists(ledger.resolve("ledger.json"))) {
      left.requireIntact();
      events = left.events();
    }
    assertThat(events % OF_A_BATCH).as("killed at file " + n).isZero();

    LedgerIngest.Result again = left.read(OF_A_BATCH, usage);

    assertThat(again.added()).as("killed at file " + n).isEqualTo(CALLS - events);
    assertThat(left.events()).isEqualTo(CALLS);
    left.requireIntact();
    left.requireNothingUnsealed();
    return events;
  }

  /** Kills once so many files have been seen in the ledger, unless it ends before. */
  private static void killAtFile(IngestProcess process, Path ledger, int n) throws Exception {
    Set<Path> seen = new HashSet<>();
    while (process.isAlive() && seen.size() <= n) {
      seen.addAll(inside(ledger));
      Thread.onSpinWait();
    }
    process.kill();
  }

  private static Set<Path> inside(Path folder) throws IOException {
    Set<Path> files = new HashSet<>();
    if (Files.exists(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return files;
  }

  /** What a kill or a power cut can leave: any first files of a batch, the last in part. */
  @Test
  void takesNoNoticeOfWhatAnUnfinishedBatchLeft() throws Exception {
    Path first = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 20));
    Path second =
        Files.writeString(
            folder.resolve("2.jsonl"), LedgerFixture.calls(20, 40).replace("2026-", "2025-"));
    LedgerFixture whole = new LedgerFixture(folder.resolve("whole"));
    whole.read(first);
    LedgerFixture before = whole.copyTo(folder.resolve("before"));
    whole.read(second);
    List<String> written = new ArrayList<>(whole.files());
    written.removeAll(before.files());
    written.add("HEAD.new");
    assertThat(written).contains("seals/000002.json", "cards/000002-rate.parquet");

    for (int files = 0; files < written.size(); files++) {
      for (double part : List.of(0.5, 1.0)) {
        LedgerFixture crashed = before.copyTo(folder.resolve("crash-" + files + "-" + part));
        leave(written.subList(0, files + 1), part, whole, crashed);
        boolean isSealed = Arrays.equals(content(crashed), content(whole));
        assertThat(crashed.events()).isEqualTo(isSealed ? 40 : 20);
        crashed.requireIntact();
        if (part == 0.5) {
          crashed.read(second);
          assertThat(crashed.events()).isEqualTo(40);
          crashed.requireIntact();
        } else {
          crashed.read(first);
          assertThat(crashed.events()).isEqualTo(isSealed ? 40 : 20);
        }
        crashed.requireNothingUnsealed();
      }
    }
  }

  /** Copies files, of the last one only a part, and leaves the lock as a writer that dies does. */
  private static void leave(
      List<String> names, double part, LedgerFixture whole, LedgerFixture crashed)
      throws IOException {
    for (String name : names) {
      byte[] content = Files.readAllBytes(whole.folder().resolve(name.replace(".new", "")));
      boolean isLast = name.equals(names.get(names.size() - 1));
      Path left = crashed.folder().resolve(name);
      Files.createDirectories(left.getParent());
      Files.write(left, Arrays.copyOf(content, (int) ((isLast ? part : 1.0) * content.length)));
    }
    Files.writeString(crashed.folder().resolve("lock"), "process 1 since 2026-11-25T12:00:00Z");
  }

  private static byte[] content(LedgerFixture ledger) throws IOException {
    Path seal = ledger.folder().resolve("seals/000002.json");
    return Files.exists(seal) ? Files.readAllBytes(seal) : new byte[0];
  }

  @Test
  void staysWholeUnderEveryNameOfItsFolder() throws Exception {
    Path first = Files.writeString(folder.resolve("1.jsonl"), LedgerFixture.calls(0, 6));
    Path second = Files.writeString(folder.resolve("2.jsonl"), LedgerFixture.calls(6, 12));
    for (String name : List.of("./a", "x/../b", "it's [an] *odd* ?name", "ünïcødé ☃", "c/.")) {
      Files.createDirectories(folder.resolve("x"));
      LedgerFixture ledger = new LedgerFixture(Path.of(folder + "/" + name));
      ledger.read(first);
      ledger.read(second);
      assertThat(ledger.rows("SELECT count(*) FROM events"))
          .as(name)
          .isEqualTo(List.of(List.of("12")));
      ledger.requireIntact();
    }
  }

  @Test
  void takesNoBatchesForLeftOversWhenItsHeadIsLost() throws Exception {
    Path usage = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(0, 20));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(5, usage);
    Set<String> files = ledger.files();
    byte[] head = Files.readAllBytes(ledger.folder().resolve("HEAD"));
    Files.delete(ledger.folder().resolve("HEAD"));

    assertThatThrownBy(() -> ledger.read(usage))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("HEAD is missing");
    Files.writeString(ledger.folder().resolve("HEAD"), "{\"batch\":0,\"seal\":\"\"}");
    assertThatThrownBy(() -> ledger.read(usage))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("later");

    Files.write(ledger.folder().resolve("HEAD"), head);
    assertThat(ledger.files()).isEqualTo(files);
    ledger.requireIntact();
  }
}
