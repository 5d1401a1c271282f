package io.gtrace.ledger.query;

import io.gtrace.ledger.store.EventSchema;
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
 * after the other, all with prices of one kind, and asked by as many threads as like.
 */
public final class LedgerMemory implements AutoCloseable {
  /** Files with fewer cells are soon merged with others, and held apart from the rest. */
  private static final long FEW_CELLS = 10_000;

  /**
   * Batches may tell of the same hours; files with more than so many times as fits are not read.
   */
  private static final long MOST_TIMES = 3;

  /** What was refused for its size is read again where there is room for so many of it. */
  private static final long PLENTY = 2;

  /** More than there is room for. */
  private static final long NEVER = Long.MAX_VALUE / 4;

  /** Most cells have volumes of tokens alone; how many drivers these have is known once read. */
  private static final int USUAL_DRIVERS = EventSchema.TOKEN_DRIVERS.size();

  /** Of a kind, with what finds it, but for texts that others share. */
  private static final long BYTES_PER_KIND = 300;

  private final CellRoom room;
  private final DrawnCard drawn = new DrawnCard();
  private CellKinds kinds = new CellKinds();
  private List<Block> blocks = new ArrayList<>();
  private KnownRows rows = new KnownRows(Set.of(), CardRows.NONE);

  /** Of the room that the kinds take. */
  private long bytesOfKinds;

  /** For how much there was too little room the last time; 0 if there was enough. */
  private long refusedBytes;

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
   * @param bytes of the room that they take
   */
  private record Block(Set<Known> files, long bytes, CellColumns cells) {}

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
    if (!hold(ledger, missing.values())) {
      letGo();
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
        room.giveBack(block.bytes());
      }
    }
    blocks = kept;
  }

  /** Reads files; false if there is no room for all of their cells. */
  private boolean hold(Ledger.Snapshot ledger, Collection<SealedFile> files) throws SQLException {
    if (files.isEmpty()) {
      return true;
    }
    if (!mayFit(files)) {
      return false;
    }
    refusedBytes = 0;
    boolean isTold = false;
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      CellReader reader = new CellReader(database, kinds);
      boolean fits = true;
      for (List<SealedFile> together : groups(files)) {
        fits = fits && hold(reader, ledger, together);
      }
      isTold = true;
      return fits;
    } finally {
      if (!isTold && !ledger.isOutdated()) {
        // It would fail again, of a state that follows as well.
        refusedBytes = NEVER;
      }
    }
  }

  /** Ledgers that share what is enough for one of them must not drive each other out in turns. */
  private boolean mayFit(Collection<SealedFile> files) {
    long count = files.stream().mapToLong(SealedFile::rows).sum();
    return CellColumns.bytes(count, USUAL_DRIVERS) <= MOST_TIMES * room.leftBytes()
        && PLENTY * refusedBytes <= room.leftBytes();
  }

  private static List<List<SealedFile>> groups(Collection<SealedFile> files) {
    Map<Boolean, List<SealedFile>> bySize =
        files.stream().collect(Collectors.partitioningBy(file -> file.rows() < FEW_CELLS));
    return bySize.values().stream().filter(group -> !group.isEmpty()).toList();
  }

  private boolean hold(CellReader reader, Ledger.Snapshot ledger, List<SealedFile> files)
      throws SQLException {
    int count = reader.sum(files.stream().map(ledger::path).toList());
    long bytes = CellColumns.bytes(count, reader.drivers().size());
    long ofKinds = kinds.count() * BYTES_PER_KIND;
    if (!room.take(bytes + ofKinds - bytesOfKinds)) {
      refusedBytes = bytes + ofKinds + blocks.stream().mapToLong(Block::bytes).sum();
      return false;
    }
    bytesOfKinds = ofKinds;
    boolean isRead = false;
    try {
      Set<Known> known = files.stream().map(Known::of).collect(Collectors.toSet());
      blocks.add(new Block(known, bytes, reader.read(count)));
      isRead = true;
      return true;
    } finally {
      if (!isRead) {
        room.giveBack(bytes);
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

  private void letGo() {
    letGoOfOthers(Set.of());
    kinds = new CellKinds();
    room.giveBack(bytesOfKinds);
    bytesOfKinds = 0;
  }

  /** Gives back the room of all cells; no other state is to be opened with it. */
  @Override
  public void close() {
    letGo();
  }
}
