package io.gtrace.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps what follows from the seals up to some batch, so that whoever opens a ledger reads only the
 * seals after it. It is no part of what is sealed: one that is damaged, or of another chain, is as
 * good as none, and {@link Verification} reads every seal.
 */
final class Checkpoint {
  /** So many seals are read in little more time than one. */
  static final int EVERY = 64;

  private static final String WHAT = "chain";

  /** Who found the older one may be reading it. */
  private static final int KEPT = 2;

  private final LedgerFiles files;

  Checkpoint(LedgerFiles files) {
    this.files = files;
  }

  /** The newest one of a batch that is not after another; what is of no batch if there is none. */
  LedgerState newest(Head head) {
    for (Path file : all()) {
      Optional<LedgerState> state = read(file);
      if (state.isPresent() && state.get().head().batch() <= head.batch()) {
        return state.get();
      }
    }
    return LedgerState.EMPTY;
  }

  /** All files, newest first. */
  List<Path> all() {
    try (Stream<Path> inside = Files.list(files.cache())) {
      return inside
          .filter(file -> LedgerFiles.batchOfCached(WHAT, file).isPresent())
          .sorted(Comparator.comparingInt(Checkpoint::batch).reversed())
          .toList();
    } catch (IOException | UncheckedIOException none) {
      // What cannot be looked at is as good as not kept.
      return List.of();
    }
  }

  private static int batch(Path file) {
    return LedgerFiles.batchOfCached(WHAT, file).orElse(0);
  }

  /** What a file keeps, a digest before it; empty if it is damaged or gone. */
  Optional<LedgerState> read(Path file) {
    try {
      byte[] all = Files.readAllBytes(file);
      int length = Digest.of(new byte[0]).length();
      if (all.length > length) {
        byte[] json = Arrays.copyOfRange(all, length + 1, all.length);
        String digest = new String(all, 0, length, StandardCharsets.UTF_8);
        if (digest.equals(Digest.of(json))) {
          return Optional.of(LedgerFiles.read(file, json, LedgerState.class));
        }
      }
    } catch (IOException | LedgerException damaged) {
      // The seals say the same.
    }
    return Optional.empty();
  }

  /** Keeps a state if the newest that is kept is many batches older. */
  void keep(LedgerState state) {
    List<Path> before = all();
    int newest = before.stream().findFirst().map(Checkpoint::batch).orElse(0);
    if (Math.abs(state.head().batch() - newest) < EVERY) {
      return;
    }
    try {
      byte[] json = LedgerFiles.json(state);
      byte[] digest = (Digest.of(json) + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] all = Arrays.copyOf(digest, digest.length + json.length);
      System.arraycopy(json, 0, all, digest.length, json.length);
      LedgerFiles.write(files.checkpoint(state.head()), all);
      List<Path> old = new ArrayList<>(before);
      for (Path each : old.subList(Math.min(KEPT - 1, old.size()), old.size())) {
        Files.deleteIfExists(each);
      }
    } catch (IOException notKept) {
      // Whoever opens the ledger reads more seals.
    }
  }
}
