package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.SealedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sums of the roll-ups of a large ledger by its newest prices, each kind in one file, so that a
 * question need not read every hour of every batch. They belong to one head of the ledger, add
 * nothing to what is sealed, and are made anew where they are missing. Those of an earlier head
 * serve as long as batches have only added events since, together with the roll-ups of these.
 */
public enum RollupCache {
  /** By day and all that the roll-ups tell apart, for questions without hours. */
  DAYS(true, "team, app, model, accelerator, site, modality, factor_set"),
  /** By hour and what prices, for questions without owners. */
  HOURS(false, "model, accelerator, site, modality, factor_set");

  /** Sums are made anew once as much as one in so many was added. */
  private static final int WORTH_WRITING = 8;

  /** How far the order of summing may move a sum. */
  private static final double TOLERANCE = 1e-9;

  /** Ends the name of a sum of magnitudes, which the tolerance is relative to. */
  private static final String MAGNITUDES = "_magnitudes";

  private final boolean byDay;
  private final String keys;

  RollupCache(boolean byDay, String keys) {
    this.byDay = byDay;
    this.keys = keys;
  }

  /**
   * How large a ledger is before sums are kept.
   *
   * @param cells of roll-ups, so many of which are read fast enough as they are
   * @param files of roll-ups, likewise
   */
  record Size(long cells, int files) {
    /** Beyond which sums are kept. */
    static final Size LARGE = new Size(150_000, 64);

    /** Roll-ups that a question may read beside sums of an earlier head. */
    static final Size SMALL = new Size(30_000, 32);

    boolean isPassedBy(Ledger.Snapshot ledger, List<Path> rollups) {
      return rollups.size() > files || sum(ledger, rollups, SealedFile::rows) > cells;
    }

    private static long sum(
        Ledger.Snapshot ledger, List<Path> rollups, ToLongFunction<SealedFile> of) {
      Set<Path> these = Set.copyOf(rollups);
      return ledger.live().values().stream()
          .filter(file -> these.contains(ledger.path(file)))
          .mapToLong(of)
          .sum();
    }
  }

  /**
   * Sums of a ledger up to some batch.
   *
   * @param file holds them
   * @param added roll-ups of the batches since
   */
  record Sums(Path file, List<Path> added) {}

  /**
   * Up to which batch the sums go that serve: whoever merges later batches with earlier ones makes
   * them useless. Empty if none serve.
   */
  public static OptionalInt border(Ledger.Snapshot ledger) {
    return Stream.of(values())
        .flatMap(each -> Stream.ofNullable(ledger.kept(each.label()).lastEntry()))
        .mapToInt(Map.Entry::getKey)
        .filter(ledger::onlyAddsAfter)
        .min();
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the view of them. */
  String view() {
    return label() + "_cell";
  }

  /** The newest sums that serve, by the newest prices. */
  Optional<Sums> of(Ledger.Snapshot ledger) {
    return Optional.ofNullable(ledger.kept(label()).lastEntry())
        .filter(newest -> ledger.onlyAddsAfter(newest.getKey()))
        .map(newest -> new Sums(newest.getValue(), RollupFiles.after(ledger, newest.getKey())));
  }

  /**
   * Makes sums for the newest head, if the ledger is large, or was, and those that are kept are not
   * of it, but for little that was added since.
   *
   * @return what went wrong, for people; empty if nothing did. The ledger is right without it
   */
  public static Optional<String> refresh(LedgerWriter writer) {
    return refresh(writer, Size.LARGE, Size.SMALL);
  }

  static Optional<String> refresh(LedgerWriter writer, Size large, Size small) {
    Ledger.Snapshot ledger = writer.snapshot();
    boolean wanted =
        Stream.of(values()).anyMatch(each -> !ledger.kept(each.label()).isEmpty())
            || large.isPassedBy(ledger, RollupFiles.of(ledger, Pricing.CURRENT));
    if (!wanted) {
      return Optional.empty();
    }
    List<RollupCache> stale =
        Stream.of(values()).filter(each -> each.isStale(ledger, small)).toList();
    if (stale.isEmpty()) {
      return Optional.empty();
    }
    try (LedgerDatabase database = LedgerDatabase.open(Optional.of(writer.work()))) {
      LedgerViews.createCard(database, ledger);
      for (RollupCache each : stale) {
        Path file = writer.work().resolve(each.label() + ".parquet");
        each.write(database, ledger, file);
        writer.keepCached(each.label(), file);
      }
      return Optional.empty();
    } catch (SQLException failed) {
      return Optional.of(words(LedgerDatabase.reason(failed)));
    } catch (IOException | UncheckedIOException failed) {
      return Optional.of(words(String.valueOf(failed.getMessage())));
    }
  }

  private boolean isStale(Ledger.Snapshot ledger, Size small) {
    return of(ledger)
        .map(sums ->
            sums.added().size() > small.files()
                || (small.isPassedBy(ledger, sums.added()) && isMuch(ledger, sums)))
        .orElse(true);
  }

  /** Whether what was added is worth writing all sums anew. */
  private static boolean isMuch(Ledger.Snapshot ledger, Sums sums) {
    try {
      return Size.sum(ledger, sums.added(), SealedFile::bytes) * WORTH_WRITING
          > Files.size(sums.file());
    } catch (IOException gone) {
      return true;
    }
  }

  /** Adds to the sums that serve, if they can be read, or sums everything. */
  private void write(LedgerDatabase database, Ledger.Snapshot ledger, Path file)
      throws SQLException {
    Optional<Sums> earlier = of(ledger);
    if (earlier.isPresent()) {
      try {
        database.copy(summed(cells(database, earlier.get())), file);
        return;
      } catch (SQLException damaged) {
        // The roll-ups are there still.
      }
    }
    database.copy(summed(allCells(database, ledger)), file);
  }

  private Cells allCells(LedgerDatabase database, Ledger.Snapshot ledger) throws SQLException {
    List<Path> rollups = RollupFiles.of(ledger, Pricing.CURRENT);
    String cells = RollupFiles.cells(database, rollups);
    return cells(database.driversOf(cells), cells);
  }

  /**
   * What is kept and does not follow from the roll-ups, for people: somebody changed it. To be
   * asked of a ledger that is as it was sealed.
   */
  public static List<String> findings(Ledger.Snapshot ledger) {
    List<String> findings = new ArrayList<>();
    for (RollupCache each : values()) {
      each.of(ledger)
          .filter(sums -> !each.follows(ledger, sums))
          .ifPresent(sums ->
              findings.add(
                  "cache/"
                      + sums.file().getFileName()
                      + " does not follow from the roll-ups: delete it"));
    }
    return findings;
  }

  private boolean follows(Ledger.Snapshot ledger, Sums sums) {
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      LedgerViews.createCard(database, ledger);
      Cells kept = cells(database, sums);
      Cells all = allCells(database, ledger);
      return kept.drivers().containsAll(all.drivers()) && differing(database, kept, all) == 0;
    } catch (SQLException unreadable) {
      return false;
    }
  }

  private long differing(LedgerDatabase database, Cells kept, Cells all) throws SQLException {
    String same =
        columns(all.drivers())
            .map(column ->
                "abs(one."
                    + column
                    + " - other."
                    + column
                    + ") <= "
                    + TOLERANCE
                    + " * other."
                    + column
                    + MAGNITUDES)
            .collect(Collectors.joining(" AND "));
    String sameKeys =
        Stream.concat(Stream.of("hour"), Stream.of(keys.split(", ")))
            .map(key -> "one." + key + " IS NOT DISTINCT FROM other." + key)
            .collect(Collectors.joining(" AND "));
    return database.number(
        "SELECT count(*) FROM ("
            + summed(kept)
            + ") one FULL JOIN ("
            + summed(all, column -> ", sum(abs(" + column + ")) AS " + column + MAGNITUDES)
            + ") other ON "
            + sameKeys
            + " WHERE (one.activities = other.activities AND "
            + same
            + ") IS DISTINCT FROM true");
  }

  private static String words(String reason) {
    return "questions to the ledger will take longer, since sums for them cannot be kept: "
        + reason;
  }

  /** Creates the view of the sums that serve; empty if there are none that can be read. */
  Optional<CellTables.Kept> createView(LedgerDatabase database, Ledger.Snapshot ledger) {
    Optional<Sums> sums = of(ledger);
    if (sums.isEmpty()) {
      return Optional.empty();
    }
    try {
      Cells cells = cells(database, sums.get());
      database.execute("CREATE VIEW " + view() + " AS " + cells.query());
      CellTable table = new CellTable(view(), byDay, List.copyOf(cells.drivers()));
      return Optional.of(new CellTables.Kept(table, sums.get().file()));
    } catch (SQLException damagedOrGone) {
      return Optional.empty();
    }
  }

  /**
   * Cells that are not summed yet.
   *
   * @param query gives them
   * @param drivers those of which they have columns
   */
  private record Cells(String query, Set<Driver> drivers) {}

  /** The sums, and beside them the cells that were added since. */
  private Cells cells(LedgerDatabase database, Sums sums) throws SQLException {
    String kept = "SELECT * FROM " + LedgerDatabase.parquet(List.of(sums.file()));
    Set<Driver> drivers = driversIn(database, kept);
    if (sums.added().isEmpty()) {
      return new Cells(kept, drivers);
    }
    String sinceThen = RollupFiles.cells(database, sums.added());
    Cells added = cells(database.driversOf(sinceThen), sinceThen);
    drivers.addAll(added.drivers());
    // What one side has no column for is nothing, and not unknown.
    String volumes =
        columns(drivers)
            .map(column -> "coalesce(" + column + ", 0) AS " + column)
            .collect(Collectors.joining(", "));
    return new Cells(
        "SELECT * REPLACE ("
            + volumes
            + ") FROM ("
            + kept
            + " UNION ALL BY NAME "
            + added.query()
            + ")",
        drivers);
  }

  /**
   * The cells of roll-ups.
   *
   * @param rollups a query in brackets
   */
  private Cells cells(Set<Driver> drivers, String rollups) {
    CellTable table = new CellTable(rollups, false, List.copyOf(drivers));
    String columns =
        Stream.concat(Stream.of(keys.split(", ")), Stream.of("activities"))
            .map(key -> "cell." + key)
            .collect(Collectors.joining(", "));
    String weighted =
        byDay
            ? drivers.stream()
                .flatMap(driver ->
                    EventSchema.HOURLY_IMPACTS.stream()
                        .map(impact ->
                            ", "
                                + table.volume(driver, impact)
                                + " AS "
                                + CellTable.weighted(driver, impact)))
                .collect(Collectors.joining())
            : "";
    return new Cells(
        "SELECT "
            + (byDay ? "date_trunc('day', cell.hour) AS hour, " : "cell.hour, ")
            + columns
            + drivers.stream()
                .map(driver -> ", cell." + driver.label())
                .collect(Collectors.joining())
            + weighted
            + " FROM "
            + (byDay ? table.priced() : table.name() + " AS cell"),
        drivers);
  }

  /** The columns of volumes. */
  private Stream<String> columns(Set<Driver> drivers) {
    return drivers.stream()
        .flatMap(driver ->
            Stream.concat(
                Stream.of(driver.label()),
                byDay
                    ? EventSchema.HOURLY_IMPACTS.stream()
                        .map(impact -> CellTable.weighted(driver, impact))
                    : Stream.of()));
  }

  private String summed(Cells cells) {
    return summed(cells, column -> "");
  }

  /**
   * @param more asks for more of each column, after a comma
   */
  private String summed(Cells cells, UnaryOperator<String> more) {
    String sums =
        columns(cells.drivers())
            .map(column -> ", coalesce(sum(" + column + "), 0) AS " + column + more.apply(column))
            .collect(Collectors.joining());
    return "SELECT hour, "
        + keys
        + ", sum(activities)::BIGINT AS activities"
        + sums
        + " FROM ("
        + cells.query()
        + ") GROUP BY ALL ORDER BY hour";
  }

  private static Set<Driver> driversIn(LedgerDatabase database, String cells) throws SQLException {
    Set<String> columns = new TreeSet<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet none = statement.executeQuery(cells + " LIMIT 0")) {
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        columns.add(none.getMetaData().getColumnName(i));
      }
    }
    Set<Driver> drivers = EnumSet.copyOf(EventSchema.DRIVERS);
    drivers.removeIf(driver -> !columns.contains(driver.label()));
    return drivers;
  }
}
