package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a ledger. Files of the next batch are written where they will stay; {@link
 * #seal} makes them part of the ledger in one step. What was not sealed when the writer ends is
 * removed, by itself or, if it was killed, by the next one.
 */
public final class LedgerWriter implements BatchFiles, AutoCloseable {
  private final Ledger ledger;
  private final LedgerFiles files;
  private final WriterLock lock;
  private final InstantSource clock;
  private final List<SealedFile> added = new ArrayList<>();

  /** Files that may be there and are not sealed. */
  private final Set<Path> begun = new LinkedHashSet<>();

  private boolean sealing;
  private Ledger.Snapshot snapshot;

  LedgerWriter(Ledger ledger, WriterLock lock, InstantSource clock) throws IOException {
    this.ledger = ledger;
    this.lock = lock;
    this.clock = clock;
    files = ledger.files();
    snapshot = ledger.snapshot();
    requireNewest();
    // From here on a ledger without HEAD is damaged, and not one without batches.
    byte[] head = LedgerFiles.json(snapshot.head());
    if (!Files.exists(files.head()) || !Arrays.equals(head, Files.readAllBytes(files.head()))) {
      LedgerFiles.write(files.head(), head);
    }
    Instant now = clock.instant();
    UnsealedFiles unsealed =
        UnsealedFiles.of(
            files,
            snapshot.head().batch(),
            kept(now),
            outlived(snapshot.state(), now),
            snapshot::removed);
    // What lies among the files of the ledger and is not its own is nothing to delete.
    unsealed.setAside();
    if (!lock.wasLeftInOrder() || !unsealed.removed().isEmpty()) {
      removeUnsealed();
    }
    Files.createDirectories(files.work());
  }

  /**
   * What a batch says of itself.
   *
   * @param marks how far sources were read of which only what is new is asked for
   */
  public record About(
      Seal.Kind kind,
      String factorSet,
      String method,
      String version,
      String reason,
      long duplicates,
      long refused,
      Map<String, String> marks) {}

  /** The ledger as it is before the next batch. */
  @Override
  public Ledger.Snapshot snapshot() {
    return snapshot;
  }

  /** Number of the next batch. */
  @Override
  public int nextBatch() {
    return snapshot.head().batch() + 1;
  }

  /**
   * What turns ids of users into numbers.
   *
   * @throws LedgerException if it is not the one that the newest batch was sealed with
   */
  public UserKey userKey() {
    try {
      if (snapshot.head().batch() == 0) {
        return UserKey.of(files, ledger.eventIds(), new SecureRandom());
      }
      UserKey key = UserKey.read(files.userKey(), ledger.eventIds());
      String sealed = snapshot.state().userKey();
      if (!sealed.isEmpty() && !sealed.equals(Digest.of(files.userKey()))) {
        throw new LedgerException(
            "the ledger is damaged: "
                + files.userKey()
                + " is not the one that it was sealed with; put back the one that belongs to it");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder for what is needed only while a batch is being made. */
  public Path work() {
    return files.work();
  }

  /** Where a file of the next batch is to be written; its folder is there. */
  @Override
  public Path fileFor(Content content, String part) {
    String batch = String.format("%06d", nextBatch());
    Path file =
        switch (content) {
          case EVENTS -> files.folder().resolve("events").resolve("day=" + part);
          case ROLLUP, REPRICED_ROLLUP -> files.folder().resolve("rollups");
          case CARD_ROWS, CARD_RATES, CARD_SITES, CARD_HOURS -> files.folder().resolve("cards");
          case REMOVED_IDS -> files.folder().resolve("removed");
          case RECORD -> files.folder().resolve("records");
          case SEALS -> throw new IllegalArgumentException("seals are put together by archive()");
        };
    String name =
        switch (content) {
          case EVENTS -> batch + ".parquet";
          case RECORD -> batch + "-" + part + ".json";
          default -> batch + (part.isEmpty() ? "" : "-" + part) + ".parquet";
        };
    try {
      Files.createDirectories(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return begun(file.resolve(name));
  }

  private Path begun(Path file) {
    begun.add(file);
    return file;
  }

  /**
   * Where a file is to be written that takes the place of another in the next batch: beside it, and
   * named as of the same batch.
   */
  public Path fileInPlaceOf(SealedFile file) {
    return fileInPlaceOf(file, RollupFiles.batchOf(file));
  }

  /**
   * Where a file is to be written that takes the place of some that are merged in the next batch.
   *
   * @param file any of them: it will lie beside it
   * @param batch the last of their batches, of which it will be
   */
  public Path fileInPlaceOf(SealedFile file, int batch) {
    String name =
        String.format("%06d-%06d%s.parquet", batch, nextBatch(), RollupFiles.partOf(file));
    return begun(LedgerFiles.parent(snapshot.path(file)).resolve(name));
  }

  /**
   * Puts the seals of old batches together into one file of the next batch, if so many of them lie
   * by themselves.
   *
   * @param count how many to put together
   * @param spared how many of the newest stay as they are
   * @return whether there were so many
   */
  public boolean archive(int count, int spared) {
    int first = snapshot.state().archived() + 1;
    int last = first + count - 1;
    if (last > snapshot.head().batch() - spared) {
      return false;
    }
    try {
      Path archive = begun(files.sealArchive(first, last));
      LedgerFiles.write(archive, new SealArchive(files).packed(first, last));
      add(Content.SEALS, archive, count, Map.of());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a file that lasts part of the next batch. */
  @Override
  public void add(SealedFile lasting) {
    added.add(lasting);
  }

  @Override
  public List<Path> earlierEvents() {
    return List.of();
  }

  @Override
  public boolean holdCard() {
    return true;
  }

  /**
   * Makes files of events that others wrote for this batch its own: moves them to where they will
   * stay.
   *
   * @param day of all of them, or {@code undated}
   * @param written what {@link PartFiles} told of them
   */
  public void adopt(String day, List<SealedFile> written) {
    Path folder = LedgerFiles.parent(fileFor(Content.EVENTS, day));
    try {
      for (int part = 1; part <= written.size(); part++) {
        SealedFile file = written.get(part - 1);
        Path place = begun(folder.resolve(String.format("%06d-p%06d.parquet", nextBatch(), part)));
        Files.move(files.named(file.path()), place, StandardCopyOption.ATOMIC_MOVE);
        add(
            new SealedFile(
                Content.EVENTS,
                files.name(place),
                file.rows(),
                file.bytes(),
                file.sha256(),
                file.sums()));
      }
      LedgerFiles.force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a written file last through a power cut; several threads may do so for theirs. */
  @Override
  public SealedFile lasting(Content content, Path file, long rows, Map<String, Double> sums) {
    try {
      LedgerFiles.force(file);
      LedgerFiles.force(LedgerFiles.parent(file));
      return new SealedFile(
          content, files.name(file), rows, Files.size(file), Digest.of(file), sums);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves out of the next batch what was added to it. */
  public void discard() {
    added.clear();
  }

  /** Files of the next batch that hold events of an earlier one. */
  public List<Path> added(Content content, int batch) {
    return added.stream()
        .filter(file -> file.content() == content && RollupFiles.batchOf(file) == batch)
        .map(file -> files.named(file.path()))
        .toList();
  }

  /**
   * Seals the files that were added as the next batch.
   *
   * @param removed files that the batch takes out of the ledger
   */
  public Seal seal(About about, List<SealedFile> removed) {
    return seal(about, removed, 0, 0);
  }

  /**
   * Seals files that say the same as others as the next batch.
   *
   * @param replaced the others; they stay for a while for those who are reading them
   * @param firstMerged the first batch whose events and roll-ups were merged; 0 if none were
   * @param lastMerged the last of them, of which the merged files are; 0 if none were
   */
  public Seal sealMerged(About about, List<SealedFile> replaced, int firstMerged, int lastMerged) {
    try {
      // Versions that know no merged files must not misread them.
      ledger.makeNewest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seal(about, replaced, firstMerged, lastMerged);
  }

  private Seal seal(About about, List<SealedFile> removed, int firstMerged, int lastMerged) {
    Seal seal =
        new Seal(
            nextBatch(),
            about.kind(),
            clock.instant(),
            snapshot.head().seal(),
            about.factorSet(),
            about.method(),
            about.version(),
            about.reason(),
            about.duplicates(),
            about.refused(),
            userKeyDigest(),
            about.marks(),
            firstMerged,
            lastMerged,
            added,
            removed.stream().map(SealedFile::path).toList());
    byte[] json = LedgerFiles.json(seal);
    Head head = new Head(seal.number(), Digest.of(json));
    try {
      forceFolders();
      sealing = true;
      LedgerFiles.write(files.seal(seal.number()), json);
      // From here on the batch is part of the ledger.
      LedgerFiles.write(files.head(), LedgerFiles.json(head));
      Ledger.Snapshot before = snapshot;
      snapshot =
          new Ledger.Snapshot(
              ledger, new LedgerState.Fold(before.state()).add(seal, head.seal()).state());
      ledger.knows(snapshot);
      begun.removeAll(added.stream().map(file -> files.named(file.path())).toList());
      added.clear();
      deleteGone(seal, before);
      sealing = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seal;
  }

  private String userKeyDigest() {
    try {
      return Digest.of(files.userKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what nobody may read any more, or what is in the ledger in another way. */
  private void deleteGone(Seal seal, Ledger.Snapshot before) throws IOException {
    // From this seal on nobody knows of them without reading all seals.
    for (Path file : outlived(before.state(), seal.sealedAt())) {
      Files.deleteIfExists(file);
    }
    if (seal.kind() == Seal.Kind.COMPACT) {
      for (int n = before.state().archived() + 1; n <= snapshot.state().archived(); n++) {
        Files.deleteIfExists(files.seal(n));
      }
      return;
    }
    for (String path : seal.removed()) {
      Files.deleteIfExists(files.named(path));
    }
    if (seal.kind() == Seal.Kind.FORGET) {
      for (String path : before.retired()) {
        Files.deleteIfExists(files.named(path));
      }
    }
  }

  /** Makes the names of folders last that files of the batch lie in. */
  private void forceFolders() throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (SealedFile file : added) {
      Path folder = LedgerFiles.parent(files.named(file.path()));
      folders.add(LedgerFiles.parent(folder));
    }
    folders.add(files.folder());
    for (Path each : folders) {
      LedgerFiles.force(each);
    }
  }

  /**
   * Keeps something that follows from what is sealed, for readers of the newest head. What was kept
   * before stays for those who are reading it; what was kept before that goes.
   *
   * @param what names it
   * @param file holds it, and is moved
   */
  public void keepCached(String what, Path file) throws IOException {
    Set<Path> stay = new LinkedHashSet<>();
    NavigableMap<Integer, Path> before = snapshot.kept(what).headMap(nextBatch() - 1, false);
    if (!before.isEmpty()) {
      stay.add(before.lastEntry().getValue());
    }
    Path kept = snapshot.cached(what);
    stay.add(kept);
    Files.createDirectories(files.cache());
    Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (Stream<Path> all = Files.list(files.cache())) {
      for (Path each : all.toList()) {
        if (LedgerFiles.batchOfCached(what, each).isPresent() && !stay.contains(each)) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** A killed writer may leave one seal more than {@code HEAD} names, never two. */
  private void requireNewest() {
    int newest = snapshot.head().batch();
    if (ledger.hasSealsAfter(snapshot.head())) {
      throw new LedgerException(
          "the ledger is damaged: HEAD names batch "
              + newest
              + " or one before it, but there are seals of later ones; put back the HEAD that belongs to them");
    }
  }

  /**
   * Files of the ledger, and those that merged ones stand for and somebody may still be reading.
   */
  private Set<Path> kept(Instant now) {
    Set<Path> kept = new LinkedHashSet<>();
    snapshot.live().values().forEach(file -> kept.add(snapshot.path(file)));
    for (LedgerState.Retired file : snapshot.state().retired()) {
      if (!file.isPast(now)) {
        kept.add(files.named(file.path()));
      }
    }
    int archived = snapshot.state().archived();
    for (int number = archived + 1; number <= snapshot.head().batch(); number++) {
      kept.add(files.seal(number));
    }
    return kept;
  }

  /** Files that merged ones stand for and nobody reads any more. */
  private Set<Path> outlived(LedgerState state, Instant now) {
    Set<Path> outlived = new LinkedHashSet<>();
    for (LedgerState.Retired file : state.retired()) {
      if (file.isPast(now)) {
        outlived.add(files.named(file.path()));
      }
    }
    return outlived;
  }

  /** Removes what belongs to no sealed batch, wherever it lies. */
  private void removeUnsealed() throws IOException {
    Files.deleteIfExists(LedgerFiles.unfinished(files.head()));
    try (Stream<Path> inside = Files.list(files.folder())) {
      for (Path abandoned : inside.filter(files::isUnfinishedAbout).toList()) {
        Files.deleteIfExists(abandoned);
      }
    }
    Set<Path> kept = kept(clock.instant());
    for (String folder : UnsealedFiles.FOLDERS) {
      removeAllBut(kept, files.folder().resolve(folder));
    }
    removeAllBut(kept, files.work());
  }

  /** Removes what this writer left beside what it sealed, and what nobody reads any more. */
  private void tidyUp() throws IOException {
    if (sealing || !begun.isEmpty() || snapshot.head().batch() % Checkpoint.EVERY == 0) {
      removeUnsealed();
      return;
    }
    for (Path file : outlived(snapshot.state(), clock.instant())) {
      Files.deleteIfExists(file);
    }
    removeAllBut(Set.of(), files.work());
  }

  private static void removeAllBut(Set<Path> kept, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!kept.contains(file)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
              throws IOException {
            if (!left.equals(folder) && isEmpty(left)) {
              Files.delete(left);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  @Override
  public void close() {
    try (lock) {
      if (!ledger.head().equals(snapshot.head())) {
        // A batch that failed at its very end may be part of the ledger nevertheless.
        snapshot = ledger.snapshot();
      }
      new Checkpoint(files).keep(snapshot.state());
      tidyUp();
      lock.leaveInOrder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
