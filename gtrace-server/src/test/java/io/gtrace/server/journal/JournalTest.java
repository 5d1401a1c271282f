package io.gtrace.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.server.journal.Journal.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path folder;

  private Journal open(Limits limits) {
    return Journal.open(folder.resolve("journal"), limits);
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(Journal journal) {
    return journal.finished().stream().flatMap(each -> readLines(each).stream()).toList();
  }

  private static List<String> readLines(Path segment) {
    try {
      return Files.readAllLines(segment);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void whatWasAppendedIsThereAfterTheProcess() {
    try (Journal journal = open(Limits.STANDARD)) {
      journal.append(line("one"));
      journal.append(line("two"));
    }
    try (Journal again = open(Limits.STANDARD)) {
      again.append(line("three"));
      assertThat(lines(again)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void aLineThatAKilledProcessLeftUnfinishedIsCutOff() throws IOException {
    Path segment;
    try (Journal journal = open(Limits.STANDARD)) {
      journal.append(line("whole"));
      segment = journal.finished().get(0);
    }
    Files.writeString(segment, "{\"model\": \"unfin", StandardOpenOption.APPEND);
    try (Journal again = open(Limits.STANDARD)) {
      assertThat(lines(again)).containsExactly("whole");
      assertThat(again.storedBytes()).isEqualTo("whole\n".length());
    }
  }

  @Test
  void manyWhoAppendAtOnceAllFindTheirLinesWhole() {
    int writers = 500;
    try (Journal journal = open(Limits.STANDARD)) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        IntStream.range(0, writers)
            .forEach(each -> threads.execute(() -> journal.append(line("line " + each))));
      }
      assertThat(lines(journal))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, writers).mapToObj(each -> "line " + each).toList());
    }
  }

  @Test
  void moreThanThereIsRoomForIsRefusedAndNothingOfItKept() {
    try (Journal journal = open(new Limits(1_000, 10))) {
      journal.append(line("12345"));
      assertThatThrownBy(() -> journal.append(line("67890"))).isInstanceOf(OverloadException.class);
      List<Path> finished = journal.finished();
      assertThat(lines(journal)).containsExactly("12345");
      finished.forEach(journal::taken);
      journal.append(line("67890"));
      assertThat(lines(journal)).containsExactly("67890");
    }
  }

  /** A journal whose files fail as told, each time until nothing is told. */
  private Journal failing(AtomicReference<@Nullable Throwable> onWrite, AtomicBoolean truncates) {
    return failing(onWrite, truncates, new AtomicBoolean(true));
  }

  private Journal failing(
      AtomicReference<@Nullable Throwable> onWrite, AtomicBoolean truncates, AtomicBoolean closes) {
    return Journal.open(
        folder.resolve("journal"),
        Limits.STANDARD,
        path ->
            new FailingChannel(
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                onWrite,
                truncates,
                closes));
  }

  @Test
  void aFaultIsToldToWhoWaitsAndTheNextIsStored() {
    AtomicReference<@Nullable Throwable> onWrite = new AtomicReference<>(null);
    try (Journal journal = failing(onWrite, new AtomicBoolean(true))) {
      journal.append(line("one"));
      onWrite.set(new OutOfMemoryError("for a test"));
      assertThatThrownBy(() -> journal.append(line("two"))).isInstanceOf(OverloadException.class);
      onWrite.set(null);
      journal.append(line("three"));
      assertThat(lines(journal)).containsExactly("one", "three");
    }
  }

  @Test
  void aFaultIsTroubleUntilLinesAreStoredAgain() {
    AtomicReference<@Nullable Throwable> onWrite =
        new AtomicReference<>(new OutOfMemoryError("for a test"));
    Journal journal = failing(onWrite, new AtomicBoolean(true));
    assertThatThrownBy(() -> journal.append(line("one"))).isInstanceOf(OverloadException.class);
    journal.close();
    assertThat(journal.trouble()).hasValueSatisfying(told -> assertThat(told).contains("a fault"));
  }

  @Test
  void nothingIsWrittenBehindWhatCouldNotBeCutOff() {
    AtomicReference<@Nullable Throwable> onWrite = new AtomicReference<>(null);
    AtomicBoolean truncates = new AtomicBoolean(true);
    try (Journal journal = failing(onWrite, truncates)) {
      journal.append(line("one"));
      truncates.set(false);
      onWrite.set(new IOException("disk full"));
      assertThatThrownBy(() -> journal.append(line("two"))).isInstanceOf(OverloadException.class);
      onWrite.set(null);
      journal.append(line("three"));
      assertThat(lines(journal)).containsExactly("one", "three");
      journal.finished().forEach(journal::taken);
      assertThat(journal.storedBytes()).isZero();
    }
  }

  /** Stores "one" and then fails on "two", which stays behind it in the first file. */
  private Journal withWhatCouldNotBeCutOff() {
    AtomicReference<@Nullable Throwable> onWrite = new AtomicReference<>(null);
    AtomicBoolean truncates = new AtomicBoolean(true);
    Journal journal = failing(onWrite, truncates);
    journal.append(line("one"));
    truncates.set(false);
    onWrite.set(new IOException("disk full"));
    assertThatThrownBy(() -> journal.append(line("two"))).isInstanceOf(OverloadException.class);
    onWrite.set(null);
    return journal;
  }

  private Path first() {
    return folder.resolve("journal").resolve("000000000000.jsonl");
  }

  @Test
  void whatCouldNotBeCutOffIsCutOffAfterARestart() {
    withWhatCouldNotBeCutOff().close();
    assertThat(readLines(first())).hasSize(2);
    try (Journal again = open(Limits.STANDARD)) {
      assertThat(again.storedBytes()).isEqualTo("one\n".length());
      assertThat(lines(again)).containsExactly("one");
      assertThat(folder.resolve("journal")).isDirectoryContaining(first()::equals);
      again.finished().forEach(again::taken);
      assertThat(folder.resolve("journal")).isEmptyDirectory();
    }
  }

  @Test
  void aFileThatCannotBeCutHoldsBackNoOther() throws IOException {
    Path aside = folder.resolve("aside");
    try (Journal journal = withWhatCouldNotBeCutOff()) {
      journal.append(line("three"));
      // A folder in its place cannot be opened to be cut, whoever runs this.
      Files.move(first(), aside);
      Files.createDirectory(first());
      assertThat(lines(journal)).containsExactly("three");
      assertThat(journal.trouble())
          .hasValueSatisfying(told -> assertThat(told).contains(first().toString()));
    }
    try (Journal again = open(Limits.STANDARD)) {
      assertThat(lines(again)).containsExactly("three");
      assertThat(again.storedBytes()).isEqualTo("one\nthree\n".length());
      Files.delete(first());
      Files.move(aside, first());
      assertThat(lines(again)).containsExactly("one", "three");
      assertThat(again.trouble()).isEmpty();
    }
  }

  @Test
  void aFileThatSomebodyRemovedHoldsBackNoOther() throws IOException {
    try (Journal journal = withWhatCouldNotBeCutOff()) {
      journal.append(line("three"));
      Files.delete(first());
      assertThat(lines(journal)).containsExactly("three");
      assertThat(journal.storedBytes()).isEqualTo("three\n".length());
    }
  }

  @Test
  void whatIsStoredIsSaidToBeSoThoughItsFullFileDoesNotClose() {
    AtomicBoolean closes = new AtomicBoolean(false);
    byte[] long8MiB = line("x".repeat((8 << 20) - 1));
    int fillOneFile = 8;
    try (Journal journal = failing(new AtomicReference<>(null), new AtomicBoolean(true), closes)) {
      for (int each = 0; each < fillOneFile; each++) {
        journal.append(long8MiB);
      }
      journal.append(line("behind"));
      assertThat(journal.storedBytes()).isEqualTo((64L << 20) + "behind\n".length());
      assertThat(journal.finished()).hasSize(2);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLogThatFailsDoesNotStopTheJournal() {
    AtomicReference<@Nullable Throwable> onWrite =
        new AtomicReference<>(new OutOfMemoryError("for a test"));
    Logger log = Logger.getLogger(Journal.class.getName());
    Handler full = new FullLog();
    log.addHandler(full);
    try (Journal journal = failing(onWrite, new AtomicBoolean(true))) {
      assertThatThrownBy(() -> journal.append(line("one"))).isInstanceOf(OverloadException.class);
      onWrite.set(null);
      journal.append(line("two"));
      assertThat(lines(journal)).containsExactly("two");
    } finally {
      log.removeHandler(full);
    }
  }

  private static final class FullLog extends Handler {
    @Override
    public void publish(LogRecord told) {
      throw new OutOfMemoryError("for a test");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aFileThatWasTakenIsGoneAndItsNumberIsNotUsedAgain() {
    try (Journal journal = open(Limits.STANDARD)) {
      journal.append(line("one"));
      Path first = journal.finished().get(0);
      journal.taken(first);
      journal.append(line("two"));
      assertThat(journal.finished()).doesNotContain(first).hasSize(1);
    }
  }
}
