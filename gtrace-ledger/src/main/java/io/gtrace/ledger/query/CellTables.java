package io.gtrace.ledger.query;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of sums that a ledger has: which of them answers a question soonest. */
final class CellTables {
  /** The roll-ups as they are sealed, and nothing else. */
  static final CellTables NONE_KEPT = new CellTables(Map.of());

  private final Map<RollupCache, Kept> kept;

  /**
   * Sums that are kept.
   *
   * @param file holds them; it may go when nobody asks any more
   */
  record Kept(CellTable table, Path file) {}

  private CellTables(Map<RollupCache, Kept> kept) {
    this.kept = kept;
  }

  /** Creates views of what is kept of a ledger by its newest prices. */
  static CellTables of(LedgerDatabase database, Ledger.Snapshot ledger) {
    Map<RollupCache, Kept> kept = new TreeMap<>();
    for (RollupCache each : RollupCache.values()) {
      Optional<Kept> found = each.createView(database, ledger);
      found.ifPresent(sums -> kept.put(each, sums));
    }
    return new CellTables(kept);
  }

  /** The files of what is kept. */
  List<Path> files() {
    return kept.values().stream().map(Kept::file).toList();
  }

  /** The table with the fewest cells that tells of some dimensions and a period. */
  CellTable of(Collection<GroupBy> dimensions, Period period) {
    List<RollupCache> telling = new ArrayList<>();
    if (!dimensions.contains(GroupBy.HOUR) && period.isOfWholeDays()) {
      telling.add(RollupCache.DAYS);
    }
    if (!dimensions.contains(GroupBy.TEAM) && !dimensions.contains(GroupBy.APP)) {
      telling.add(RollupCache.HOURS);
    }
    return telling.stream()
        .flatMap(each -> Optional.ofNullable(kept.get(each)).stream())
        .map(Kept::table)
        .findFirst()
        .orElseGet(this::rollup);
  }

  /** The roll-ups as they are sealed, without columns that hold nothing. */
  private CellTable rollup() {
    return kept.values().stream()
        .findFirst()
        .map(sums -> CellTable.ROLLUP.withDrivers(sums.table().drivers()))
        .orElse(CellTable.ROLLUP);
  }
}
