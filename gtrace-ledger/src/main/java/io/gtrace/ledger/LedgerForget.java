package io.gtrace.ledger;

import io.gtrace.ledger.query.RollupCache;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Removes events from a ledger and reseals it. What is left in their place is a seal that says how
 * many there were, and the ids of the events, so that reading the same log again does not bring
 * them back; an id takes the secret of the ledger and says nothing of a person without it.
 */
public final class LedgerForget {
  /** The card does not change while events are removed. */
  private static final int CARD = 1;

  private final InstantSource clock;
  private final String version;

  /**
   * @param version of G-TRACE, for the seal
   */
  public LedgerForget(InstantSource clock, String version) {
    this.clock = clock;
    this.version = version;
  }

  /**
   * What was removed.
   *
   * @param removed how many events
   * @param seal that says so; empty if there were none
   * @param pricesDropped whether newer prices were dropped, since they were of these events too;
   *     then the ledger is priced as it was sealed until it is priced anew
   * @param note what a reader must know besides
   */
  public record Result(
      long removed, Optional<Seal> seal, boolean pricesDropped, Optional<String> note) {}

  /**
   * Removes the events of a user, from the roll-ups too. Of days whose single events were removed
   * before, nobody knows any more what was the user's: their roll-ups stay.
   *
   * @param user the id that logs give the user
   * @param wait how long to wait for another writer
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is locked or damaged
   */
  public Result user(Ledger ledger, String user, Duration wait) {
    try (LedgerWriter writer = ledger.writer(wait, clock);
        LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()))) {
      String theirs = "user_hash = " + Long.toUnsignedString(writer.userKey().hash(user));
      Removal removal = new Removal(writer, database);
      for (SealedFile file : writer.snapshot().live(Content.EVENTS)) {
        removal.removeRows(file, theirs);
      }
      return removal.seal("forgot a user", true);
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    }
  }

  /**
   * Removes the events of the days before a day. Roll-ups stay, so no total changes; single events
   * can no longer be asked for. Events without a time stay, and so does what was booked of a sum
   * that has grown since: what comes of it later is booked as the difference.
   *
   * @param wait how long to wait for another writer
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is locked or damaged
   */
  public Result before(Ledger ledger, LocalDate day, Duration wait) {
    try (LedgerWriter writer = ledger.writer(wait, clock);
        LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()))) {
      Removal removal = new Removal(writer, database);
      Map<Boolean, List<SealedFile>> byAge =
          writer.snapshot().live(Content.EVENTS).stream()
              .collect(Collectors.partitioningBy(file -> isBefore(file, day)));
      List<SealedFile> old = byAge.getOrDefault(true, List.of());
      if (removal.findGrowing(old, byAge.getOrDefault(false, List.of()))) {
        for (SealedFile file : old) {
          removal.removeRows(file, "id NOT IN (SELECT id FROM growing)");
        }
      } else {
        for (SealedFile file : old) {
          removal.removeAll(file);
        }
      }
      return removal.seal("removed events before " + day + ", kept their roll-ups", false);
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    }
  }

  private static boolean isBefore(SealedFile events, LocalDate day) {
    String label = EventBatch.dayOf(events);
    return !label.equals(EventBatch.UNDATED) && LocalDate.parse(label).isBefore(day);
  }

  /**
   * Rows that are removed from a file of events.
   *
   * @param condition what they meet
   */
  private record RemovedRows(SealedFile file, String condition) {}

  /** One removal in the making. */
  private final class Removal {
    private final LedgerWriter writer;
    private final LedgerDatabase database;
    private final List<SealedFile> replaced = new ArrayList<>();

    /** By batch and by day. */
    private final Map<Integer, Map<String, List<RemovedRows>>> removedRows = new TreeMap<>();

    private long removed;

    Removal(LedgerWriter writer, LedgerDatabase database) throws SQLException {
      this.writer = writer;
      this.database = database;
      database.execute("CREATE TABLE removed (id UUID)");
    }

    /**
     * Finds what has rows on days that go and on others, in a table {@code growing}: a metered sum
     * that was revised. Its later counts are booked as what they have more than all its rows.
     */
    boolean findGrowing(List<SealedFile> old, List<SealedFile> staying) throws SQLException {
      if (old.isEmpty() || staying.isEmpty()) {
        return false;
      }
      database.execute(
          "CREATE TABLE growing AS SELECT DISTINCT id FROM "
              + LedgerDatabase.parquet(paths(writer.snapshot(), old))
              + " SEMI JOIN (SELECT id FROM "
              + LedgerDatabase.parquet(paths(writer.snapshot(), staying))
              + ") USING (id)");
      return database.number("SELECT count(*) FROM growing") > 0;
    }

    void removeRows(SealedFile file, String condition) throws SQLException {
      Path path = writer.snapshot().path(file);
      String table = LedgerDatabase.parquet(List.of(path));
      long rows = database.number("SELECT count(*) FROM " + table + " WHERE " + condition);
      if (rows == 0) {
        return;
      }
      database.execute("INSERT INTO removed SELECT id FROM " + table + " WHERE " + condition);
      writer.snapshot().requireAsSealed(file);
      removed += rows;
      replaced.add(file);
      removedRows
          .computeIfAbsent(RollupFiles.batchOf(file), batch -> new TreeMap<>())
          .computeIfAbsent(EventBatch.dayOf(file), day -> new ArrayList<>())
          .add(new RemovedRows(file, condition));
      if (rows < file.rows()) {
        Path left = writer.fileInPlaceOf(file);
        database.copy(
            "SELECT * FROM " + table + " WHERE (" + condition + ") IS DISTINCT FROM true", left);
        writer.add(Content.EVENTS, left, file.rows() - rows, eventSums(left));
      }
    }

    void removeAll(SealedFile file) throws SQLException {
      database.execute(
          "INSERT INTO removed SELECT id FROM "
              + LedgerDatabase.parquet(List.of(writer.snapshot().path(file))));
      removed += file.rows();
      replaced.add(file);
    }

    private Map<String, Double> eventSums(Path file) throws SQLException {
      return SealedSums.of(database, LedgerDatabase.parquet(List.of(file)), EventSchema.SUMMED);
    }

    Result seal(String reason, boolean fromRollups) throws SQLException {
      if (removed == 0) {
        return new Result(0, Optional.empty(), false, Optional.empty());
      }
      Path ids = writer.fileFor(Content.REMOVED_IDS, "");
      database.copy("SELECT * FROM removed ORDER BY id", ids);
      writer.add(Content.REMOVED_IDS, ids, removed, Map.of());
      boolean dropped = false;
      if (fromRollups) {
        rollUpAnew();
        for (SealedFile file : writer.snapshot().live(Content.REPRICED_ROLLUP)) {
          dropped = true;
          replaced.add(file);
        }
      }
      Seal seal =
          writer.seal(
              new LedgerWriter.About(
                  Seal.Kind.FORGET,
                  "",
                  LedgerIngest.METHOD,
                  version,
                  reason + ": " + removed + " events",
                  0,
                  0,
                  Map.of()),
              replaced);
      return new Result(removed, Optional.of(seal), dropped, RollupCache.refresh(writer));
    }

    private void rollUpAnew() throws SQLException {
      Ledger.Snapshot snapshot = writer.snapshot();
      database.execute(
          "CREATE TABLE card_row AS "
              + EventSchema.cardRows(paths(snapshot, snapshot.live(Content.CARD_ROWS))));
      database.execute(
          "CREATE TABLE card_hour AS "
              + EventSchema.cardHours(paths(snapshot, snapshot.live(Content.CARD_HOURS))));
      EventRollup rollup = new EventRollup(database);
      for (SealedFile file : snapshot.live(Content.ROLLUP)) {
        int batch = RollupFiles.batchOf(file);
        Map<String, List<RemovedRows>> ofBatch = removedRows.get(batch);
        if (ofBatch != null) {
          replaced.add(file);
          Path cells = snapshot.path(file);
          Set<String> whole = wholeDays(batch, cells, ofBatch.keySet());
          Set<String> parts = new TreeSet<>(ofBatch.keySet());
          parts.removeAll(whole);
          sumRemoved(rollup, parts, ofBatch);
          rollup.sum(EventSchema.events(eventsLeft(batch, whole)));
          rollup.add(cells(cells, "NOT IN", ofBatch.keySet()));
          if (!parts.isEmpty()) {
            rollup.add(cells(cells, "IN", parts) + " UNION ALL BY NAME SELECT * FROM removed_cell");
            rollup.dropEmpty();
          }
          if (database.number("SELECT count(*) FROM cell") > 0) {
            rollup.price(
                RollupFiles.factorSet(snapshot, batch, RollupFiles.Pricing.AS_SEALED), CARD);
            rollup.write(writer, Content.ROLLUP, writer.fileInPlaceOf(file));
          }
        }
      }
    }

    /**
     * Those of some days of which all events are there. Of others single events went before while
     * their sums stayed, and merging has put these together with events that came later.
     */
    private Set<String> wholeDays(int batch, Path rollup, Set<String> days) throws SQLException {
      Set<String> whole = new TreeSet<>();
      for (String day : days) {
        List<Path> events =
            writer.snapshot().live(Content.EVENTS).stream()
                .filter(file -> RollupFiles.batchOf(file) == batch)
                .filter(file -> EventBatch.dayOf(file).equals(day))
                .map(writer.snapshot()::path)
                .toList();
        long there =
            database.number(
                "SELECT count(*) - 2 * count(*) FILTER (WHERE "
                    + EventSchema.TAKES_BACK
                    + ") FROM "
                    + EventSchema.events(events));
        long summed =
            database.number(
                "SELECT sum(activities) FROM (" + cells(rollup, "IN", Set.of(day)) + ")");
        if (there == summed) {
          whole.add(day);
        }
      }
      return whole;
    }

    /** Sums what is removed of some days, in a table {@code removed_cell}, to be taken off. */
    private void sumRemoved(
        EventRollup rollup, Set<String> days, Map<String, List<RemovedRows>> removed)
        throws SQLException {
      String rows =
          days.stream()
              .flatMap(day -> removed.getOrDefault(day, List.of()).stream())
              .map(each ->
                  "SELECT * FROM "
                      + EventSchema.events(List.of(writer.snapshot().path(each.file())))
                      + " WHERE "
                      + each.condition())
              .collect(Collectors.joining(" UNION ALL BY NAME "));
      if (!rows.isEmpty()) {
        rollup.sum("(" + rows + ")");
        rollup.takeOff("removed_cell");
      }
    }

    private static String cells(Path rollup, String inOrNot, Set<String> days) {
      String day = "coalesce(hour::DATE::VARCHAR, " + LedgerDatabase.text(EventBatch.UNDATED) + ")";
      return "SELECT * FROM "
          + EventSchema.rollups(List.of(rollup))
          + " WHERE "
          + day
          + " "
          + inOrNot
          + " "
          + days.stream().map(LedgerDatabase::text).collect(Collectors.joining(", ", "(", ")"));
    }

    /** What is left of the days of which something was removed. */
    private List<Path> eventsLeft(int batch, Set<String> days) {
      List<Path> left = new ArrayList<>();
      for (SealedFile file : writer.snapshot().live(Content.EVENTS)) {
        if (RollupFiles.batchOf(file) == batch
            && days.contains(EventBatch.dayOf(file))
            && !replaced.contains(file)) {
          left.add(writer.snapshot().path(file));
        }
      }
      left.addAll(writer.added(Content.EVENTS, batch));
      return left;
    }

    private List<Path> paths(Ledger.Snapshot snapshot, List<SealedFile> files) {
      return files.stream().map(snapshot::path).toList();
    }
  }
}
