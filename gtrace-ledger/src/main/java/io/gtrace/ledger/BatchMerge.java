package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.MergedSums;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Run;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes one batch that puts few files in the place of many that say the same: the events of some
 * batches by day, their roll-ups, what was added to the card bit by bit, and old seals. Nothing is
 * merged that is not as it was sealed, and nothing is sealed that does not sum to the same.
 */
final class BatchMerge {
  /** Larger files are left alone. */
  private static final long SMALL_BYTES = 8L << 20;

  /** Seals that are put together. */
  static final int SEALS = 1_000;

  /** The newest are read one by one more often than all. */
  private static final int SPARED_SEALS = 100;

  private final LedgerWriter writer;
  private final LedgerDatabase database;
  private final Ledger.Snapshot ledger;
  private final int seals;

  /** Files that become one each, in the order of the tasks. */
  private final List<List<SealedFile>> merging = new ArrayList<>();

  /**
   * @param seals that are put together once so many lie by themselves, and some newer ones
   */
  BatchMerge(LedgerWriter writer, LedgerDatabase database, int seals) {
    this.writer = writer;
    this.database = database;
    this.seals = seals;
    ledger = writer.snapshot();
  }

  /** The files of a card and of removed ids, if there are many small ones; empty if not. */
  static List<SealedFile> manySmall(Ledger.Snapshot ledger, Content content, int many) {
    List<SealedFile> small =
        ledger.live(content).stream().filter(file -> file.bytes() < SMALL_BYTES).toList();
    return small.size() < many ? List.of() : small;
  }

  /**
   * Merges and seals.
   *
   * @param runs neighbours that the same factors priced; may be empty
   * @param many how many small files of any other kind are worth merging
   * @return the seal; empty if there was nothing to merge
   */
  Optional<Seal> seal(List<Run> runs, int many, String version) throws SQLException {
    try (FileTasks tasks = new FileTasks(database, writer)) {
      if (!runs.isEmpty()) {
        mergeEvents(runs, tasks);
        mergeRollups(runs, tasks);
      }
      for (CardStage.CardTable table : CardStage.TABLES) {
        mergeCard(table, manySmall(ledger, table.content(), many), tasks);
      }
      mergeRemovedIds(manySmall(ledger, Content.REMOVED_IDS, many), tasks);
      List<SealedFile> merged = tasks.finish();
      for (int file = 0; file < merged.size(); file++) {
        requireSameSums(merging.get(file), merged.get(file));
        writer.add(merged.get(file));
      }
    }
    boolean archived = writer.archive(seals, SPARED_SEALS);
    List<SealedFile> replaced = merging.stream().flatMap(List::stream).toList();
    if (replaced.isEmpty() && !archived) {
      return Optional.empty();
    }
    int first = runs.isEmpty() ? 0 : runs.get(0).first();
    int last = runs.isEmpty() ? 0 : runs.get(runs.size() - 1).batch();
    return Optional.of(
        writer.sealMerged(
            new LedgerWriter.About(
                Seal.Kind.COMPACT,
                runs.isEmpty() ? "" : runs.get(0).factorSet(),
                LedgerIngest.METHOD,
                version,
                reason(runs, replaced.size(), archived),
                0,
                0,
                Map.of()),
            replaced,
            first,
            last));
  }

  private String reason(List<Run> runs, int replaced, boolean archived) {
    List<String> done = new ArrayList<>();
    if (!runs.isEmpty()) {
      done.add(
          "merged batches " + runs.get(0).first() + " to " + runs.get(runs.size() - 1).batch());
    }
    if (replaced > 0) {
      done.add(replaced + " files became " + merging.size());
    }
    if (archived) {
      done.add(seals + " old seals put together");
    }
    return String.join("; ", done);
  }

  /** Those of the live files that are of these batches, oldest first. */
  private List<SealedFile> of(List<Run> runs, Content content) {
    Set<Integer> batches = new HashSet<>();
    runs.forEach(run -> batches.add(run.batch()));
    return ledger.live(content).stream()
        .filter(file -> batches.contains(RollupFiles.batchOf(file)))
        .sorted(Comparator.comparingInt(RollupFiles::batchOf))
        .toList();
  }

  private void mergeEvents(List<Run> runs, FileTasks tasks) {
    int batch = runs.get(runs.size() - 1).batch();
    Map<String, List<SealedFile>> byDay =
        of(runs, Content.EVENTS).stream()
            .collect(Collectors.groupingBy(EventBatch::dayOf, TreeMap::new, Collectors.toList()));
    byDay.forEach((day, files) -> {
      String query =
          "SELECT * REPLACE ("
              + batch
              + "::INTEGER AS batch) FROM "
              + LedgerDatabase.parquetByName(paths(files));
      Path merged = writer.fileInPlaceOf(files.get(0), batch);
      start(
          tasks,
          files,
          Content.EVENTS,
          merged,
          connection -> {
            connection.copy(query, merged);
            Map<String, Double> sums = new TreeMap<>(MergedSums.of(files));
            sums.putAll(SealedSums.of(connection, table(merged), EventSchema.SUMMED));
            return written(connection, merged, sums);
          });
    });
  }

  private void mergeRollups(List<Run> runs, FileTasks tasks) {
    List<SealedFile> files = of(runs, Content.ROLLUP);
    if (files.isEmpty()) {
      return;
    }
    String sums =
        Stream.concat(
                EventSchema.DRIVERS.stream().map(Driver::label),
                EventSchema.BASIC_IMPACTS.stream().map(EventSchema::column))
            .map(name -> ", sum(" + name + ") AS " + name)
            .collect(Collectors.joining());
    String query =
        "SELECT factor_set, "
            + EventRollup.KEYS
            + ", sum(activities)::BIGINT AS activities"
            + sums
            + " FROM "
            + EventSchema.rollups(paths(files))
            + " GROUP BY ALL ORDER BY hour";
    Path merged = writer.fileInPlaceOf(files.get(0), runs.get(runs.size() - 1).batch());
    start(
        tasks,
        files,
        Content.ROLLUP,
        merged,
        connection -> {
          connection.copy(query, merged);
          return written(
              connection, merged, SealedSums.of(connection, table(merged), EventRollup.SUMMED));
        });
  }

  private void mergeCard(CardStage.CardTable table, List<SealedFile> files, FileTasks tasks) {
    if (files.isEmpty()) {
      return;
    }
    Content content = table.content();
    String query =
        content == Content.CARD_HOURS
            ? EventSchema.cardHours(paths(files))
            : "SELECT * FROM " + LedgerDatabase.parquet(paths(files));
    Path merged = writer.fileFor(content, table.word());
    start(
        tasks,
        files,
        content,
        merged,
        connection -> {
          connection.copy(query, merged);
          return written(
              connection, merged, CardStage.drawSums(connection, content, table(merged)));
        });
  }

  private void mergeRemovedIds(List<SealedFile> files, FileTasks tasks) {
    if (files.isEmpty()) {
      return;
    }
    String query = "SELECT * FROM " + LedgerDatabase.parquet(paths(files)) + " ORDER BY id";
    Path merged = writer.fileFor(Content.REMOVED_IDS, "");
    start(
        tasks,
        files,
        Content.REMOVED_IDS,
        merged,
        connection -> {
          connection.copy(query, merged);
          return written(connection, merged, Map.of());
        });
  }

  /** Starts to merge some files into one, once it is certain that they are as they were sealed. */
  private void start(
      FileTasks tasks,
      List<SealedFile> files,
      Content content,
      Path merged,
      FileTasks.FileTask task) {
    files.forEach(ledger::requireAsSealed);
    merging.add(files);
    tasks.start(content, merged, task);
  }

  private static void requireSameSums(List<SealedFile> files, SealedFile merged) {
    MergedSums.difference(files, List.of(merged))
        .ifPresent(difference -> {
          throw new LedgerException(
              "files do not sum to what they were sealed with ("
                  + merged.path()
                  + ": "
                  + difference
                  + "); gtrace ledger verify says more");
        });
  }

  private static FileTasks.Written written(
      LedgerDatabase connection, Path file, Map<String, Double> sums) throws SQLException {
    return new FileTasks.Written(connection.number("SELECT count(*) FROM " + table(file)), sums);
  }

  private static String table(Path file) {
    return LedgerDatabase.parquet(List.of(file));
  }

  private List<Path> paths(Collection<SealedFile> files) {
    return files.stream().map(ledger::path).toList();
  }
}
