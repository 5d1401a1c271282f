package io.gtrace.ledger;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Run;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which batches of a ledger to merge: neighbours that the same factors priced, with no repricing
 * and no other border between them.
 *
 * <p>Left to itself, a ledger merges batches as soon as there are {@link #MANY} of a size in a row,
 * the merged ones then again, and so on. So each event is written anew a few times in all, however
 * many batches come, and so few are left that their number does not matter.
 */
final class MergePlan {
  /** How many batches of a size in a row are merged. */
  static final int MANY = 16;

  /** Rows of merged batches together: so few that an append has not to wait long. */
  static final long MOST_ROWS = 1_000_000;

  /** Batches that are merged at once, of a ledger that has gathered them. */
  static final int MOST_RUNS = 256;

  private static final long SMALLEST_SIZE = 1_000;

  /** Beyond it merging is not worth the writing. */
  private static final int LARGEST_SIZE = 2;

  /** In each no border between two. */
  private final List<List<Part>> neighbours;

  /**
   * A batch, or several that are merged already.
   *
   * @param rows of events and roll-ups
   */
  record Part(Run run, long rows) {
    /** 0 for the smallest, and one more for each time that it is as large as many of these. */
    int size() {
      int size = 0;
      for (long left = rows; left >= SMALLEST_SIZE; left /= MANY) {
        size++;
      }
      return size;
    }
  }

  MergePlan(List<List<Part>> neighbours) {
    this.neighbours = neighbours.stream().map(List::copyOf).toList();
  }

  /**
   * @param border what was there up to this batch is not merged with what came later
   */
  static MergePlan of(Ledger.Snapshot ledger, OptionalInt border) {
    Map<Integer, Long> rows = new HashMap<>();
    Set<Integer> repricings = new HashSet<>();
    for (SealedFile file : ledger.live().values()) {
      if (file.content() == Content.REPRICED_ROLLUP) {
        repricings.add(RollupFiles.batchOf(file));
      } else if (file.content() == Content.EVENTS || file.content() == Content.ROLLUP) {
        rows.merge(RollupFiles.batchOf(file), file.rows(), Long::sum);
      }
    }
    List<List<Part>> neighbours = new ArrayList<>();
    List<Part> current = new ArrayList<>();
    for (Run run : ledger.runs()) {
      boolean repriced = repricings.contains(run.batch());
      if (repriced || (!current.isEmpty() && isApart(current.get(0).run(), run, border))) {
        neighbours.add(current);
        current = new ArrayList<>();
      }
      if (!repriced) {
        current.add(new Part(run, rows.getOrDefault(run.batch(), 0L)));
      }
    }
    neighbours.add(current);
    return new MergePlan(neighbours);
  }

  private static boolean isApart(Run earlier, Run later, OptionalInt border) {
    boolean across =
        border.isPresent()
            && earlier.batch() <= border.getAsInt()
            && later.batch() > border.getAsInt();
    return across || !later.factorSet().equals(earlier.factorSet());
  }

  /** What to merge when there are many of a size; empty when there are not. */
  List<Run> next() {
    for (int size = 0; size <= LARGEST_SIZE; size++) {
      for (List<Part> parts : neighbours) {
        for (List<Part> row : rowsUpTo(size, parts)) {
          List<Run> fitting = hasMany(size, row) ? fitting(row) : List.of();
          if (!fitting.isEmpty()) {
            return fitting;
          }
        }
      }
    }
    return List.of();
  }

  /** What to merge to have as few as can be; empty when no two of them fit together. */
  List<Run> any() {
    return neighbours.stream()
        .map(MergePlan::fitting)
        .filter(fitting -> !fitting.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Smaller ones in between do not count: else a large one were written anew for each few. */
  private static boolean hasMany(int size, List<Part> row) {
    return row.stream().filter(part -> part.size() == size).count() >= MANY;
  }

  /** Neighbours without those that are larger. */
  private static List<List<Part>> rowsUpTo(int size, List<Part> parts) {
    List<List<Part>> rows = new ArrayList<>();
    List<Part> row = new ArrayList<>();
    for (Part part : parts) {
      if (part.size() <= size) {
        row.add(part);
      } else {
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    rows.add(row);
    return rows;
  }

  /** The first of some neighbours that together are not too large; empty if no two are. */
  private static List<Run> fitting(List<Part> parts) {
    for (int first = 0; first + 1 < parts.size(); first++) {
      long rows = 0;
      List<Run> some = new ArrayList<>();
      for (Part part : parts.subList(first, Math.min(parts.size(), first + MOST_RUNS))) {
        rows += part.rows();
        if (rows > MOST_ROWS) {
          break;
        }
        some.add(part.run());
      }
      if (some.size() > 1) {
        return some;
      }
    }
    return List.of();
  }
}
