package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A ledger in a folder. Readers need no lock: sealed files never change, and what is not sealed is
 * not seen.
 */
public final class Ledger {
  /**
   * Since batches are merged, and ids of events take a secret: versions that would not know the
   * files, or make other ids, must not add to a ledger.
   */
  private static final int LAYOUT = 2;

  private static final int OLDEST_LAYOUT = 1;

  private final LedgerFiles files;
  private final EventIds eventIds;

  /** What was read last, so that it need not be read again. */
  private volatile LedgerState newest = LedgerState.EMPTY;

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
        LedgerFiles.createFolder(folder);
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

  /** Lets only versions open the ledger that know all that this one writes. */
  void makeNewest() throws IOException {
    byte[] json = Files.readAllBytes(files.about());
    About about = LedgerFiles.readAbout(files.about(), json, About.class);
    if (about.layout() < LAYOUT) {
      LedgerFiles.write(files.about(), LedgerFiles.json(new About(LAYOUT, about.eventIds())));
    }
  }

  /** Saves reading again what a writer of this ledger has just sealed. */
  void knows(Snapshot snapshot) {
    newest = snapshot.state();
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
   * The ledger as it is now. What many batches ago was sealed is taken from a checkpoint, whose
   * seal the later ones lead back to; {@link Verification} trusts none.
   *
   * @throws LedgerException if a seal is missing or unreadable, or not the one that was sealed
   */
  public Snapshot snapshot() {
    Head head = head();
    LedgerState known = newest;
    if (known.head().equals(head)) {
      return new Snapshot(this, known);
    }
    LedgerState start = new Checkpoint(files).newest(head);
    if (known.head().batch() <= head.batch() && known.head().batch() > start.head().batch()) {
      start = known;
    }
    LedgerState state;
    try {
      state = follow(start, head);
    } catch (LedgerException ofAnotherChain) {
      if (start.head().batch() == 0) {
        throw ofAnotherChain;
      }
      state = follow(LedgerState.EMPTY, head);
    }
    newest = state;
    return new Snapshot(this, state);
  }

  /** Reads the seals after a state; each must name the one before it. */
  private LedgerState follow(LedgerState start, Head head) {
    LedgerState.Fold fold = new LedgerState.Fold(start);
    String digest = start.head().seal();
    SealArchive seals = new SealArchive(files);
    for (int number = start.head().batch() + 1; number <= head.batch(); number++) {
      byte[] json = sealBytes(seals, number);
      Seal seal = LedgerFiles.readSeal(files.seal(number), json);
      if (seal.number() != number || !seal.previous().equals(digest)) {
        throw brokenAt(number);
      }
      digest = Digest.of(json);
      fold.add(seal, digest);
    }
    if (!head.seal().equals(digest)) {
      throw brokenAt(head.batch());
    }
    return fold.state();
  }

  private static LedgerException brokenAt(int batch) {
    return new LedgerException(
        "the ledger is damaged: its chain of seals is broken at batch "
            + batch
            + "; gtrace ledger verify says more");
  }

  static byte[] sealBytes(SealArchive seals, int number) {
    try {
      return seals.bytes(number);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Seal seal(SealArchive seals, int number) {
    return LedgerFiles.readSeal(files.seal(number), sealBytes(seals, number));
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

  /** The ledger at one moment. May be shared between threads. */
  public static final class Snapshot {
    private final Ledger ledger;
    private final LedgerState state;
    private final Map<String, SealedFile> live;

    Snapshot(Ledger ledger, LedgerState state) {
      this.ledger = ledger;
      this.state = state;
      Map<String, SealedFile> byPath = new LinkedHashMap<>();
      state.files().forEach(file -> byPath.put(file.path(), file));
      live = Collections.unmodifiableMap(byPath);
    }

    public Ledger ledger() {
      return ledger;
    }

    /** The newest batch. */
    public Head head() {
      return state.head();
    }

    LedgerState state() {
      return state;
    }

    /**
     * The seals of all batches, oldest first. Each is read when it is asked for, whereupon a {@link
     * LedgerException} says if it is missing or unreadable; how many there are is known without.
     * The list is for one thread.
     */
    public List<Seal> seals() {
      return new SealList(ledger.files, head().batch());
    }

    /** The seal of the newest batch; empty for a ledger without batches. */
    public Optional<Seal> newestSeal() {
      return head().batch() == 0
          ? Optional.empty()
          : Optional.of(ledger.seal(new SealArchive(ledger.files), head().batch()));
    }

    /** Batches of which there are events or roll-ups, oldest first. */
    public List<Run> runs() {
      return state.runs();
    }

    /** Events that were read and were in the ledger already. */
    public long duplicates() {
      return state.duplicates();
    }

    /** Rows that were read and not accounted. */
    public long refused() {
      return state.refused();
    }

    /** Digests of all factors that ever priced a batch, in the order of their use. */
    public List<String> factorSets() {
      return state.factorSets();
    }

    /** The files that are part of the ledger now, by path, oldest first. */
    public Map<String, SealedFile> live() {
      return live;
    }

    /** The files of one kind that are part of the ledger now. */
    public List<SealedFile> live(Content content) {
      return live.values().stream().filter(file -> file.content() == content).toList();
    }

    /**
     * Paths of files that are no part of the ledger any more since merged ones say the same, and
     * may be there for a while, for those who opened it before.
     */
    public List<String> retired() {
      return state.retired().stream().map(LedgerState.Retired::path).toList();
    }

    /** Where files lay that are no part of the ledger any more. Reads all seals. */
    Set<Path> removed() {
      Set<Path> removed = new HashSet<>();
      seals()
          .forEach(seal -> seal.removed().forEach(name -> removed.add(ledger.files.named(name))));
      IntStream.rangeClosed(1, state.archived())
          .forEach(number -> removed.add(ledger.files.seal(number)));
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

    /**
     * Makes sure that a file is as it was sealed, for whoever puts another in its place.
     *
     * @throws LedgerException if it is not
     */
    public void requireAsSealed(SealedFile file) {
      try {
        if (Digest.of(path(file)).equals(file.sha256())) {
          return;
        }
      } catch (NoSuchFileException missing) {
        throw new LedgerException("the ledger is damaged: " + file.path() + " is missing", missing);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      throw new LedgerException(
          "the ledger is damaged: "
              + file.path()
              + " was changed since it was sealed; gtrace ledger verify says more");
    }

    /** How far a source was read of which only what is new is asked for; empty if it never was. */
    public Optional<String> mark(String source) {
      return Optional.ofNullable(state.marks().get(source));
    }

    /**
     * Where something is kept that follows from what is sealed and can be made anew.
     *
     * @param what names it
     */
    public Path cached(String what) {
      return ledger.files.cached(what, head().batch(), head().seal());
    }

    /** What is kept of something, by the batch that was the newest when it was made. */
    public NavigableMap<Integer, Path> kept(String what) {
      NavigableMap<Integer, Path> kept = new TreeMap<>();
      try (Stream<Path> files = Files.list(ledger.files.cache())) {
        for (Path file : files.toList()) {
          LedgerFiles.batchOfCached(what, file)
              .filter(batch -> batch <= head().batch())
              .filter(batch -> ledger.files.cached(what, batch, sealOf(batch)).equals(file))
              .ifPresent(batch -> kept.put(batch, file));
        }
      } catch (IOException none) {
        // What cannot be looked at is as good as not kept.
        return new TreeMap<>();
      }
      return kept;
    }

    /** The digest of the seal of a batch. */
    private String sealOf(int batch) {
      return batch == head().batch()
          ? head().seal()
          : ledger.seal(new SealArchive(ledger.files), batch + 1).previous();
    }

    /**
     * Whether all batches after one only added events, kept documents, or merged what was there
     * before it or came after it, never both.
     */
    public boolean onlyAddsAfter(int batch) {
      return state.lastChange() <= batch
          && state.runs().stream().noneMatch(run -> run.first() <= batch && batch < run.batch());
    }

    /** How many events there are. */
    public long events() {
      return live(Content.EVENTS).stream().mapToLong(SealedFile::rows).sum();
    }
  }
}
