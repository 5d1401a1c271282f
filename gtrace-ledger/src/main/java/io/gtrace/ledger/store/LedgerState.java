package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What follows from the seals of all batches up to one: so much of them as a reader or writer
 * needs, and no more the more batches there are.
 *
 * @param head the newest of the batches
 * @param userKey digest of the secret that its seal names
 * @param duplicates events that were read and were in the ledger already
 * @param refused rows that were read and not accounted
 * @param factorSets digests of all factors that ever priced, in the order of their use
 * @param marks how far sources were read, by their names
 * @param lastChange the newest batch that took back events or prices; 0 if none did
 * @param runs batches of which there are files, in their order
 * @param files that are part of the ledger, oldest first
 * @param retired files that merged ones stand for
 */
record LedgerState(
    Head head,
    String userKey,
    long duplicates,
    long refused,
    List<String> factorSets,
    Map<String, String> marks,
    int lastChange,
    List<Run> runs,
    List<SealedFile> files,
    List<Retired> retired) {

  /**
   * How long files stay that merged ones stand for: whoever opened the ledger before may be reading
   * them still.
   */
  static final Duration GRACE = Duration.ofHours(1);

  static final LedgerState EMPTY =
      new LedgerState(
          Head.EMPTY, "", 0, 0, List.of(), Map.of(), 0, List.of(), List.of(), List.of());

  LedgerState {
    factorSets = List.copyOf(factorSets);
    marks = Collections.unmodifiableMap(new TreeMap<>(marks));
    runs = List.copyOf(runs);
    files = List.copyOf(files);
    retired = List.copyOf(retired);
  }

  /**
   * A file that is no part of the ledger any more and not deleted yet.
   *
   * @param at when it was replaced
   */
  record Retired(String path, Instant at) {
    boolean isPast(Instant now) {
      return at.plus(GRACE).isBefore(now);
    }
  }

  /** Adds one batch after the other. */
  static final class Fold {
    private Head head;
    private String userKey;
    private long duplicates;
    private long refused;
    private final Set<String> factorSets;
    private final Map<String, String> marks;
    private int lastChange;
    private final NavigableMap<Integer, Run> runs = new TreeMap<>();
    private final Map<String, SealedFile> files = new LinkedHashMap<>();
    private final List<Retired> retired;

    Fold(LedgerState from) {
      head = from.head;
      userKey = from.userKey;
      duplicates = from.duplicates;
      refused = from.refused;
      factorSets = new LinkedHashSet<>(from.factorSets);
      marks = new TreeMap<>(from.marks);
      lastChange = from.lastChange;
      from.runs.forEach(run -> runs.put(run.batch(), run));
      from.files.forEach(file -> files.put(file.path(), file));
      retired = new ArrayList<>(from.retired);
    }

    /**
     * @param digest of the seal
     */
    Fold add(Seal seal, String digest) {
      head = new Head(seal.number(), digest);
      userKey = seal.userKey();
      duplicates += seal.duplicates();
      refused += seal.refused();
      if (!seal.factorSet().isEmpty()) {
        factorSets.add(seal.factorSet());
      }
      marks.putAll(seal.marks());
      retired.removeIf(file -> file.isPast(seal.sealedAt()));
      seal.removed().forEach(files::remove);
      seal.files().forEach(file -> files.put(file.path(), file));
      switch (seal.kind()) {
        case APPEND -> addRun(seal.number(), seal);
        case REPRICE -> {
          addRun(seal.number(), seal);
          lastChange = seal.number();
        }
        case FORGET -> {
          // What a user wants forgotten is in them too.
          retired.clear();
          lastChange = seal.number();
        }
        case COMPACT -> {
          seal.removed().forEach(path -> retired.add(new Retired(path, seal.sealedAt())));
          if (seal.lastMerged() > 0) {
            runs.subMap(seal.firstMerged(), true, seal.lastMerged(), true).clear();
            addRun(seal.lastMerged(), seal);
          }
        }
        case RECORD -> {
          // It changes no event and no price.
        }
      }
      return this;
    }

    private void addRun(int batch, Seal seal) {
      int first = seal.kind() == Seal.Kind.COMPACT ? seal.firstMerged() : batch;
      runs.put(batch, new Run(first, batch, seal.factorSet()));
    }

    LedgerState state() {
      Set<Integer> filled =
          files.values().stream()
              .filter(file -> file.content().isOfBatch())
              .map(RollupFiles::batchOf)
              .collect(Collectors.toSet());
      runs.keySet().retainAll(filled);
      return new LedgerState(
          head,
          userKey,
          duplicates,
          refused,
          List.copyOf(factorSets),
          marks,
          lastChange,
          List.copyOf(runs.values()),
          List.copyOf(files.values()),
          retired);
    }
  }

  /** The newest batch whose seal lies in an archive; 0 if none does. */
  int archived() {
    return files.stream()
        .filter(file -> file.content() == Content.SEALS)
        .mapToInt(file -> SealArchive.range(Path.of(file.path())).last())
        .max()
        .orElse(0);
  }
}
