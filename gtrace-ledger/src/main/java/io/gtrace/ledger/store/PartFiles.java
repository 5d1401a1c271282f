package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part of a batch that is made beside others, in other processes or on other machines that see
 * the folder of the ledger, while one writer holds its lock. Nothing of it belongs to the ledger
 * before that writer {@linkplain LedgerWriter#adopt adopts} it; what is not adopted is removed with
 * the writer's work. Not for sharing between threads, but for {@link #lasting}.
 */
public final class PartFiles implements BatchFiles {
  private final Ledger ledger;
  private final Ledger.Snapshot snapshot;
  private final Path folder;
  private final List<SealedFile> added = new ArrayList<>();
  private int round = 1;

  /**
   * @param ledger folder of the ledger
   * @param batch that the writer makes
   * @param name tells the part from all others, and from other tries at the same part
   * @throws LedgerException if the ledger has gone on: the writer is another one by now
   */
  public PartFiles(Path ledger, int batch, String name) {
    this.ledger = Ledger.open(ledger);
    snapshot = this.ledger.snapshot();
    if (nextBatch() != batch) {
      throw new LedgerException(
          ledger + ": batch " + batch + " is sealed, or was given up; nothing can be added to it");
    }
    folder = this.ledger.files().work().resolve("parts").resolve(name);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Ledger.Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public int nextBatch() {
    return snapshot.head().batch() + 1;
  }

  /** What turns ids of users into numbers; the writer has made it. */
  public UserKey userKey() {
    return UserKey.read(ledger.files().userKey(), ledger.eventIds());
  }

  /** Where the part lies. */
  public Path folder() {
    return folder;
  }

  @Override
  public Path fileFor(Content content, String part) {
    Path place =
        content == Content.EVENTS
            ? folder.resolve("day=" + part)
            : folder.resolve(content.name().toLowerCase(Locale.ROOT));
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return place.resolve(String.format("%06d.parquet", round));
  }

  @Override
  public SealedFile lasting(Content content, Path file, long rows, Map<String, Double> sums) {
    try {
      LedgerFiles.force(file);
      return new SealedFile(
          content, ledger.files().name(file), rows, Files.size(file), Digest.of(file), sums);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(SealedFile lasting) {
    added.add(lasting);
  }

  /** Files that come from now on lie beside those that are there. */
  public void nextRound() {
    round++;
  }

  @Override
  public List<Path> earlierEvents() {
    return added.stream()
        .filter(file -> file.content() == Content.EVENTS)
        .map(snapshot::path)
        .toList();
  }

  @Override
  public boolean holdCard() {
    return false;
  }

  /** All files of the part. */
  public List<SealedFile> added() {
    return List.copyOf(added);
  }
}
