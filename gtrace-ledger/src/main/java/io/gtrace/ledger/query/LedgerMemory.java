package io.gtrace.ledger.query;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Cells that are held.
   *
   * @param files they were read from
   * @param room that they take
   */
  private record Block(Set<Path> files, long room, CellColumns cells) {}

  /**
   * Rows of the card.
   *
   * @param files they were read from
   */
  private record KnownRows(Set<Path> files, CardRows rows) {}

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
   * @param database knows its card
   * @return empty if there is no room for them
   * @throws SQLException if they cannot be read
   */
  Optional<HeldCells> cells(
      LedgerDatabase database, Ledger.Snapshot ledger, RollupFiles.Pricing pricing)
      throws SQLException {
    Map<Path, Long> wanted = cellCounts(ledger, RollupFiles.of(ledger, pricing));
    letGoOfOthers(wanted.keySet());
    Map<Path, Long> missing = new LinkedHashMap<>(wanted);
    blocks.forEach(block -> missing.keySet().removeAll(block.files()));
    Set<Path> few = new LinkedHashSet<>();
    for (Map.Entry<Path, Long> file : missing.entrySet()) {
      if (file.getValue() < FEW_CELLS) {
        few.add(file.getKey());
      } else if (!hold(database, Set.of(file.getKey()), file.getValue())) {
        close();
        return Optional.empty();
      }
    }
    if (!few.isEmpty() && !hold(database, few, few.stream().mapToLong(missing::get).sum())) {
      close();
      return Optional.empty();
    }
    return Optional.of(
        new HeldCells(
            blocks.stream().map(Block::cells).toList(), kinds.all(), rows(database, ledger)));
  }

  private static Map<Path, Long> cellCounts(Ledger.Snapshot ledger, List<Path> rollups) {
    Set<Path> wanted = new HashSet<>(rollups);
    Map<Path, Long> counts = new LinkedHashMap<>();
    for (SealedFile file : ledger.live().values()) {
      Path path = ledger.path(file);
      if (wanted.contains(path)) {
        counts.put(path, file.rows());
      }
    }
    return counts;
  }

  private void letGoOfOthers(Set<Path> wanted) {
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

  private boolean hold(LedgerDatabase database, Set<Path> files, long count) throws SQLException {
    if (!room.take(count)) {
      return false;
    }
    boolean isHeld = false;
    try {
      blocks.add(new Block(files, count, CellColumns.read(database, files, kinds)));
      isHeld = true;
      return true;
    } finally {
      if (!isHeld) {
        room.giveBack(count);
      }
    }
  }

  private CardRows rows(LedgerDatabase database, Ledger.Snapshot ledger) throws SQLException {
    Set<Path> files = new HashSet<>();
    for (Content content : List.of(Content.CARD_ROWS, Content.CARD_HOURS)) {
      ledger.live(content).forEach(file -> files.add(ledger.path(file)));
    }
    if (!rows.files().equals(files)) {
      rows = new KnownRows(files, CardRows.read(database));
    }
    return rows.rows();
  }

  /** Lets go of all cells, of which no new state is told any more. */
  @Override
  public void close() {
    letGoOfOthers(Set.of());
  }
}
