package io.gtrace.ledger.query;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was read of a ledger, for who asks one state of it after the other: files never change, so a
 * new state has little that is not known. Holds the cells of its roll-ups if there is room for all
 * of them; questions about those are a matter of milliseconds then. States are opened with it one
 * after the other, and asked by as many threads as like.
 */
public final class LedgerMemory implements AutoCloseable {
  /** Files with fewer cells are held together. */
  private static final long FEW_CELLS = 10_000;

  private final CellRoom room;
  private final DrawnCard drawn = new DrawnCard();
  private final CellKinds kinds = new CellKinds();
  private List<Block> blocks = new ArrayList<>();
  private KnownRows rows = new KnownRows(Set.of(), CardRows.NONE);

  /** A file that was read: in a ledger that was made anew, another may go by its name. */
  private record Known(String path, String sha256) {
    static Known of(SealedFile file) {
      return new Known(file.path(), file.sha256());
    }
  }

  /**
   * Cells that are held.
   *
   * @param files they were read from
   * @param room that they take
   */
  private record Block(Set<Known> files, long room, CellColumns cells) {}

  /**
   * Rows of the card.
   *
   * @param files they were read from
   */
  private record KnownRows(Set<Known> files, CardRows rows) {}

  /**
   * @param room for the cells of this ledger, and of others
   */
  public LedgerMemory(CellRoom room) {
    this.room = room;
  }

  /** The drawn numbers of cards that were read. */
  DrawnCard drawn() {
    return drawn;
  }

  /**
   * The cells of a state of the ledger.
   *
   * @return empty if there is no room for them
   * @throws SQLException if they cannot be read
   */
  Optional<HeldCells> cells(Ledger.Snapshot ledger, RollupFiles.Pricing pricing)
      throws SQLException {
    Map<Known, SealedFile> missing = rollups(ledger, pricing);
    letGoOfOthers(missing.keySet());
    blocks.forEach(block -> missing.keySet().removeAll(block.files()));
    if (!missing.isEmpty() && !hold(ledger, missing.values())) {
      close();
      return Optional.empty();
    }
    return Optional.of(
        new HeldCells(blocks.stream().map(Block::cells).toList(), kinds.all(), rows(ledger)));
  }

  private static Map<Known, SealedFile> rollups(
      Ledger.Snapshot ledger, RollupFiles.Pricing pricing) {
    Set<Path> wanted = Set.copyOf(RollupFiles.of(ledger, pricing));
    Map<Known, SealedFile> rollups = new LinkedHashMap<>();
    for (SealedFile file : ledger.live().values()) {
      if (wanted.contains(ledger.path(file))) {
        rollups.put(Known.of(file), file);
      }
    }
    return rollups;
  }

  private void letGoOfOthers(Set<Known> wanted) {
    List<Block> kept = new ArrayList<>();
    for (Block block : blocks) {
      if (wanted.containsAll(block.files())) {
        kept.add(block);
      } else {
        room.giveBack(block.room());
      }
    }
    blocks = kept;
  }

  /** Reads files; false if there is no room for all of their cells. */
  private boolean hold(Ledger.Snapshot ledger, Collection<SealedFile> files) throws SQLException {
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      CellReader reader = new CellReader(database, kinds);
      List<SealedFile> few = new ArrayList<>();
      for (SealedFile file : files) {
        if (file.rows() < FEW_CELLS) {
          few.add(file);
        } else if (!hold(reader, ledger, List.of(file))) {
          return false;
        }
      }
      return few.isEmpty() || hold(reader, ledger, few);
    }
  }

  private boolean hold(CellReader reader, Ledger.Snapshot ledger, List<SealedFile> files)
      throws SQLException {
    long count = files.stream().mapToLong(SealedFile::rows).sum();
    if (!room.take(count)) {
      return false;
    }
    boolean isHeld = false;
    try {
      CellColumns cells = reader.read(files.stream().map(ledger::path).toList());
      blocks.add(
          new Block(files.stream().map(Known::of).collect(Collectors.toSet()), count, cells));
      isHeld = true;
      return true;
    } finally {
      if (!isHeld) {
        room.giveBack(count);
      }
    }
  }

  private CardRows rows(Ledger.Snapshot ledger) throws SQLException {
    Set<Known> files = new HashSet<>();
    for (Content content : List.of(Content.CARD_ROWS, Content.CARD_HOURS)) {
      ledger.live(content).forEach(file -> files.add(Known.of(file)));
    }
    if (!rows.files().equals(files)) {
      try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
        LedgerViews.createCard(database, ledger);
        rows = new KnownRows(files, CardRows.read(database));
      }
    }
    return rows.rows();
  }

  /** Lets go of all cells, of which no new state is told any more. */
  @Override
  public void close() {
    letGoOfOthers(Set.of());
  }
}
