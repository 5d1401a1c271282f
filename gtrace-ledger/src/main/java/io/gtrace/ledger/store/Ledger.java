package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A ledger in a folder. Readers need no lock: sealed files never change, and what is not sealed is
 * not seen.
 */
public final class Ledger {
  /** Versions that would make other ids of events must not add to a ledger. */
  private static final int LAYOUT = 2;

  private static final int OLDEST_LAYOUT = 1;

  private final LedgerFiles files;
  private final EventIds eventIds;

  private Ledger(LedgerFiles files, EventIds eventIds) {
    this.files = files;
    this.eventIds = eventIds;
  }

  /**
   * What makes a folder a ledger.
   *
   * @param eventIds the label of how it makes ids of events
   */
  private record About(int layout, String eventIds) {}

  /**
   * The ledger in a folder.
   *
   * @throws LedgerException if there is none, or one that this version cannot read
   */
  public static Ledger open(Path folder) {
    LedgerFiles files = new LedgerFiles(folder);
    byte[] json;
    try {
      json = Files.readAllBytes(files.about());
    } catch (NoSuchFileException none) {
      throw new LedgerException(
          folder + ": there is no ledger; gtrace ingest FILE --ledger " + folder + " makes one",
          none);
    } catch (IOException unreadable) {
      if (Files.isRegularFile(folder)) {
        throw new LedgerException(folder + ": is a file, not a ledger", unreadable);
      }
      throw new UncheckedIOException(unreadable);
    }
    About about = LedgerFiles.readAbout(files.about(), json, About.class);
    int layout = about.layout();
    Optional<EventIds> ids =
        Stream.of(EventIds.values())
            .filter(each -> each.label().equals(about.eventIds()))
            .findFirst();
    if (layout < OLDEST_LAYOUT || layout > LAYOUT || ids.isEmpty()) {
      throw new LedgerException(
          folder + ": was written by a newer version of gtrace (layout " + layout + ")");
    }
    return new Ledger(files, ids.get());
  }

  /** How it makes ids of events. */
  EventIds eventIds() {
    return eventIds;
  }

  /**
   * The ledger in a folder, which is made if there is none.
   *
   * @throws LedgerException if the folder holds other things
   */
  public static Ledger openOrCreate(Path folder) {
    LedgerFiles files = new LedgerFiles(folder);
    try {
      if (!Files.exists(files.about())) {
        requireEmpty(files);
        // Two processes may begin the same ledger: whoever is last says the same.
        LedgerFiles.write(
            files.about(),
            files.unfinishedAbout(UUID.randomUUID().toString()),
            LedgerFiles.json(new About(LAYOUT, EventIds.KEYED.label())));
      }
    } catch (IOException e) {
      // One that was faster tidies up what others were writing.
      if (!Files.exists(files.about())) {
        throw new UncheckedIOException(e);
      }
    }
    return open(folder);
  }

  /**
   * A first writer that was killed may have left no more than an unfinished file; one that lives
   * may be making the ledger right now.
   */
  private static void requireEmpty(LedgerFiles files) throws IOException {
    Path folder = files.folder();
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new LedgerException(folder + ": is a file; a ledger needs a folder of its own");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.anyMatch(each -> !files.isUnfinishedAbout(each)) && !Files.exists(files.about())) {
        throw new LedgerException(
            folder + ": holds other files; give the ledger a folder of its own");
      }
    }
  }

  public Path folder() {
    return files.folder();
  }

  LedgerFiles files() {
    return files;
  }

  /**
   * The newest batch.
   *
   * @throws LedgerException if the file that names it is missing or unreadable
   */
  public Head head() {
    try {
      return readHead();
    } catch (NoSuchFileException none) {
      if (isWithoutBatches()) {
        return Head.EMPTY;
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    // A writer makes HEAD before the first file of a batch, so it is there by now.
    try {
      return readHead();
    } catch (NoSuchFileException missing) {
      throw new LedgerException(
          "the ledger is damaged: "
              + files.head()
              + " is missing, though there are files of batches; it names the newest of them",
          missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private boolean isWithoutBatches() {
    try {
      return !UnsealedFiles.anyIn(files);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * What {@code HEAD} says, or the batch after it: all files of a batch last before its seal is
   * written, so one that follows is whole though its writer came no further, or though somebody put
   * back the {@code HEAD} of before.
   */
  private Head readHead() throws IOException {
    Head head = LedgerFiles.read(files.head(), Files.readAllBytes(files.head()), Head.class);
    return sealAfter(head).orElse(head);
  }

  /** Whether there are seals of later batches than one that is the newest. */
  boolean hasSealsAfter(Head newest) {
    try {
      return sealAfter(newest).isPresent() || Files.exists(files.seal(newest.batch() + 2));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Optional<Head> sealAfter(Head head) throws IOException {
    Path next = files.seal(head.batch() + 1);
    try {
      byte[] json = Files.readAllBytes(next);
      Seal seal = LedgerFiles.readSeal(next, json);
      return seal.number() == head.batch() + 1 && seal.previous().equals(head.seal())
          ? Optional.of(new Head(seal.number(), Digest.of(json)))
          : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (LedgerException unreadable) {
      // What cannot be read seals nothing.
      return Optional.empty();
    }
  }

  /**
   * The ledger as it is now.
   *
   * @throws LedgerException if a seal is missing or unreadable, or not the one that was sealed
   */
  public Snapshot snapshot() {
    Head head = head();
    List<Seal> seals = new ArrayList<>();
    String digest = "";
    for (int number = 1; number <= head.batch(); number++) {
      byte[] json = sealBytes(number);
      Seal seal = LedgerFiles.readSeal(files.seal(number), json);
      if (!seal.previous().equals(digest)) {
        throw brokenAt(number);
      }
      digest = Digest.of(json);
      seals.add(seal);
    }
    if (!head.seal().equals(digest)) {
      throw brokenAt(head.batch());
    }
    return new Snapshot(this, head, seals);
  }

  private static LedgerException brokenAt(int batch) {
    return new LedgerException(
        "the ledger is damaged: its chain of seals is broken at batch "
            + batch
            + "; gtrace ledger verify says more");
  }

  byte[] sealBytes(int number) {
    try {
      return Files.readAllBytes(files.seal(number));
    } catch (NoSuchFileException missing) {
      throw new LedgerException(
          "the ledger is damaged: the seal of batch " + number + " is missing", missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Opens the ledger for writing and removes what a killed writer left.
   *
   * @param wait how long to wait for another writer to end
   * @throws LedgerException if another one writes for longer
   */
  public LedgerWriter writer(Duration wait, InstantSource clock) {
    try {
      WriterLock lock = WriterLock.take(files.lock(), wait, clock.instant());
      try {
        return new LedgerWriter(this, lock, clock);
      } catch (IOException | RuntimeException failed) {
        lock.close();
        throw failed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The ledger at one moment.
   *
   * @param seals of all batches, oldest first
   */
  public record Snapshot(Ledger ledger, Head head, List<Seal> seals) {
    public Snapshot {
      seals = List.copyOf(seals);
    }

    /** The files that are part of the ledger now, by path, oldest first. */
    public Map<String, SealedFile> live() {
      Map<String, SealedFile> live = new LinkedHashMap<>();
      for (Seal seal : seals) {
        seal.removed().forEach(live::remove);
        seal.files().forEach(file -> live.put(file.path(), file));
      }
      return live;
    }

    /** The files of one kind that are part of the ledger now. */
    public List<SealedFile> live(Content content) {
      return live().values().stream().filter(file -> file.content() == content).toList();
    }

    /** Where files lay that are no part of the ledger any more. */
    Set<Path> removed() {
      Set<Path> removed = new HashSet<>();
      seals.forEach(seal -> seal.removed().forEach(name -> removed.add(ledger.files.named(name))));
      return removed;
    }

    /**
     * Whether the ledger has gone on since: files of this snapshot may be gone, as after events
     * were forgotten.
     */
    public boolean isOutdated() {
      return !ledger.head().equals(head());
    }

    /** Where a file lies. */
    public Path path(SealedFile file) {
      return ledger.files.named(file.path());
    }

    /** How far a source was read of which only what is new is asked for; empty if it never was. */
    public Optional<String> mark(String source) {
      return seals.stream()
          .flatMap(seal -> Stream.ofNullable(seal.marks().get(source)))
          .reduce((older, newer) -> newer);
    }

    /**
     * Where something is kept that follows from what is sealed and can be made anew.
     *
     * @param what names it
     */
    public Path cached(String what) {
      return cached(what, head.batch());
    }

    private Path cached(String what, int batch) {
      String seal = batch == head.batch() ? head.seal() : seals.get(batch).previous();
      return ledger.files.cached(what, batch, seal);
    }

    /** What is kept of something, by the batch that was the newest when it was made. */
    public NavigableMap<Integer, Path> kept(String what) {
      NavigableMap<Integer, Path> kept = new TreeMap<>();
      try (Stream<Path> files = Files.list(ledger.files.cache())) {
        for (Path file : files.toList()) {
          LedgerFiles.batchOfCached(what, file)
              .filter(batch -> batch <= head.batch() && cached(what, batch).equals(file))
              .ifPresent(batch -> kept.put(batch, file));
        }
      } catch (IOException none) {
        // What cannot be looked at is as good as not kept.
        return new TreeMap<>();
      }
      return kept;
    }

    /** Whether all batches after one only added events, or kept documents. */
    public boolean onlyAddsAfter(int batch) {
      return seals.subList(batch, seals.size()).stream()
          .allMatch(seal -> seal.kind() == Seal.Kind.APPEND || seal.kind() == Seal.Kind.RECORD);
    }

    /** How many events there are. */
    public long events() {
      return live(Content.EVENTS).stream().mapToLong(SealedFile::rows).sum();
    }
  }
}
