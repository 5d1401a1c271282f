package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.SealedFile.Content;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.HourRatios;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ledger opened for questions. It answers from the state that it was opened on, whatever is added
 * meanwhile; where a file of that one is needed and somebody removed it, as when events are
 * forgotten, from the newest state. Not for sharing between threads.
 */
public final class LedgerQuery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LedgerQuery.class.getName());
  private static final int NAMES = 5;
  private static final String WORK =
      "card.subject, card.modality, card.site, card.year, card.factor_set";
  private static final int WORK_COLUMNS = 5;

  /** Each time others may be removing what was just found. */
  private static final int MOST_TRIES = 5;

  private Ledger.Snapshot ledger;
  private final RollupFiles.Pricing pricing;
  private boolean isEmpty;
  private StoredCard card;

  /** Answer most questions without the database. */
  private Optional<HeldCells> held;

  private @Nullable StoredLedger stored;

  private LedgerQuery(
      Ledger.Snapshot ledger,
      RollupFiles.Pricing pricing,
      DrawnCard drawn,
      Optional<HeldCells> held) {
    this.ledger = ledger;
    this.pricing = pricing;
    this.held = held;
    isEmpty = RollupFiles.of(ledger, pricing).isEmpty();
    card =
        new StoredCard(
            () -> stored().database(),
            paths(ledger, Content.CARD_RATES),
            paths(ledger, Content.CARD_SITES),
            drawn);
  }

  /**
   * Opens a ledger.
   *
   * @param pricing by which factors
   * @throws LedgerException if it is damaged
   */
  public static LedgerQuery open(Ledger.Snapshot ledger, RollupFiles.Pricing pricing) {
    return open(ledger, pricing, new LedgerMemory(new CellRoom(0)));
  }

  /**
   * Opens a ledger of which other states were asked.
   *
   * @param pricing by which factors
   * @param known what those have read of it, to be added to; of no other ledger
   * @throws LedgerException if it is damaged
   */
  public static LedgerQuery open(
      Ledger.Snapshot ledger, RollupFiles.Pricing pricing, LedgerMemory known) {
    Ledger.Snapshot asked = ledger;
    for (int tries = 1; ; tries++) {
      LedgerQuery query = new LedgerQuery(asked, pricing, known.drawn(), Optional.empty());
      try {
        query.stored();
        return query;
      } catch (SQLException unreadable) {
        if (tries == MOST_TRIES || !asked.isOutdated()) {
          throw LedgerException.unreadable(unreadable);
        }
        asked = ledger.ledger().snapshot();
      }
    }
  }

  /**
   * Opens a ledger with the cells of its roll-ups in memory, for who asks much: they are told from
   * there even when others remove files. It takes a moment for each million of cells that no state
   * before had.
   *
   * @param pricing by which factors
   * @param known what other states have read of it, to be added to; of no other ledger
   * @return empty if there is no room for them, or they cannot be read: {@link #open} tells why not
   */
  public static Optional<LedgerQuery> held(
      Ledger.Snapshot ledger, RollupFiles.Pricing pricing, LedgerMemory known) {
    try {
      return known
          .cells(ledger, pricing)
          .map(cells -> new LedgerQuery(ledger, pricing, known.drawn(), Optional.of(cells)));
    } catch (SQLException damagedOrGone) {
      LOG.log(System.Logger.Level.DEBUG, "cells cannot be held", damagedOrGone);
      return Optional.empty();
    }
  }

  private static List<Path> paths(Ledger.Snapshot ledger, Content content) {
    return ledger.live(content).stream().map(ledger::path).toList();
  }

  private StoredLedger stored() throws SQLException {
    StoredLedger opened = stored;
    if (opened == null) {
      opened = StoredLedger.open(ledger, pricing);
      stored = opened;
    }
    return opened;
  }

  /** Everything in the period together. */
  public QueryLine total(Period period) {
    return total(period, Map.of());
  }

  /**
   * Everything in the period that has some values, together.
   *
   * @param only values along dimensions; an empty one for what is not known
   * @throws IllegalArgumentException if one of the dimensions is a time, for which there is the
   *     period
   */
  public QueryLine total(Period period, Map<GroupBy, String> only) {
    return cube(List.of(), period, only).total();
  }

  /**
   * What is in the period, split along dimensions: in order of time if the first of them is one,
   * else largest carbon first.
   */
  public List<QueryLine> by(List<GroupBy> dimensions, Period period) {
    return by(dimensions, period, Map.of());
  }

  /**
   * What is in the period and has some values, split along dimensions, in the same order.
   *
   * @param only values along dimensions; an empty one for what is not known
   * @throws IllegalArgumentException if one of the dimensions is a time, for which there is the
   *     period
   */
  public List<QueryLine> by(List<GroupBy> dimensions, Period period, Map<GroupBy, String> only) {
    return cube(dimensions, period, only).by(dimensions);
  }

  /**
   * How many lines an answer has, found out without it.
   *
   * @param only values along dimensions; an empty one for what is not known
   * @param among several values along dimensions, one of which it has
   */
  public long countLines(
      List<GroupBy> dimensions,
      Period period,
      Map<GroupBy, String> only,
      Map<GroupBy, Set<String>> among) {
    Asked asked = new Asked(dimensions, period, only, among, Long.MAX_VALUE);
    if (isEmpty) {
      return 0;
    }
    if (held.isPresent()) {
      return held.get().countLines(asked);
    }
    String keys = dimensions.stream().map(GroupBy::sql).collect(Collectors.joining(", "));
    return list(
            asked.touched(),
            period,
            cells ->
                "SELECT count(*) FROM (SELECT "
                    + keys
                    + " FROM "
                    + cells.priced()
                    + " WHERE "
                    + asked.condition()
                    + " GROUP BY ALL)",
            row -> row.getLong(1))
        .get(0);
  }

  /** What is in the period, as fine as dimensions tell it apart: for several questions about it. */
  public LedgerCube cube(List<GroupBy> dimensions, Period period) {
    Asked asked = Asked.all(dimensions, period);
    return cube(asked, () -> stored(asked, true));
  }

  /**
   * What is in the period and has some values, as fine as dimensions tell it apart: for several
   * questions about it, but not for the work at each row of the card.
   *
   * @param only values along dimensions; an empty one for what is not known
   * @throws IllegalArgumentException if one of the dimensions of these is a time, for which there
   *     is the period
   */
  public LedgerCube cube(List<GroupBy> dimensions, Period period, Map<GroupBy, String> only) {
    return cube(dimensions, period, only, Map.of(), Long.MAX_VALUE);
  }

  /**
   * The same of what also has one of several values.
   *
   * @param among several values along dimensions; an empty one for what is not known
   * @param mostLines as many as it may tell apart
   * @throws IllegalArgumentException if one of the dimensions of {@code only} or {@code among} is a
   *     time, for which there is the period
   * @throws TooManyLinesException if it would tell more apart
   */
  public LedgerCube cube(
      List<GroupBy> dimensions,
      Period period,
      Map<GroupBy, String> only,
      Map<GroupBy, Set<String>> among,
      long mostLines) {
    Asked asked = new Asked(dimensions, period, only, among, mostLines);
    return cube(asked, () -> heldOrStored(asked));
  }

  /** Sums cells. */
  @FunctionalInterface
  private interface Summing {
    List<LedgerCube.Cell> cells() throws SQLException;
  }

  private LedgerCube cube(Asked asked, Summing summing) {
    if (isEmpty) {
      return new LedgerCube(asked.dimensions(), List.of(), 0);
    }
    try {
      return new LedgerCube(asked.dimensions(), summing.cells(), card.drawCount());
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  private List<LedgerCube.Cell> heldOrStored(Asked asked) throws SQLException {
    if (held.isPresent()) {
      try {
        card.loadSites(held.get().sites(asked));
        return cells(held.get().sums(asked, card::hours));
      } catch (SQLException cardIsGone) {
        LOG.log(System.Logger.Level.DEBUG, "goes on with the newest state", cardIsGone);
      }
    }
    return stored(asked, false);
  }

  /**
   * @param withWork whether somebody asks for the work at each row, which takes longer
   */
  private List<LedgerCube.Cell> stored(Asked asked, boolean withWork) throws SQLException {
    return answer(
        soonest(asked.touched(), asked.period()), table -> cells(sums(table, asked, withWork)));
  }

  /**
   * Medians of impacts, split along dimensions: without intervals, and so much faster where there
   * are many lines.
   *
   * @param impacts that are no sums of others
   * @return one for each impact, in their order, by the values of the dimensions; NaN where a part
   *     is not known
   */
  public Map<List<String>, double[]> medians(
      List<GroupBy> dimensions, Period period, List<Impact> impacts) {
    Map<List<String>, double[]> medians = new LinkedHashMap<>();
    list(
            dimensions,
            period,
            cells ->
                "SELECT "
                    + dimensions.stream()
                        .map(each -> each.sql() + ", ")
                        .collect(Collectors.joining())
                    + impacts.stream()
                        .map(impact -> "sum(" + cells.median(impact) + ")")
                        .collect(Collectors.joining(", "))
                    + " FROM "
                    + cells.priced()
                    + " WHERE "
                    + period.condition("cell.hour")
                    + " GROUP BY ALL ORDER BY ALL",
            row -> {
              double[] values = new double[impacts.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = Amounts.notNegative(row.getDouble(dimensions.size() + 1 + i));
              }
              return Map.entry(keys(dimensions, row), values);
            })
        .forEach(line -> medians.put(line.getKey(), line.getValue()));
    return medians;
  }

  /**
   * What there is along dimensions in a period: without prices, and so faster than all else.
   *
   * @return values of the dimensions, in their order; empty texts where not known
   */
  public Set<List<String>> keys(List<GroupBy> dimensions, Period period) {
    String keys = dimensions.stream().map(GroupBy::sql).collect(Collectors.joining(", "));
    return Collections.unmodifiableSet(
        new LinkedHashSet<>(
            list(
                dimensions,
                period,
                cells ->
                    "SELECT DISTINCT "
                        + keys
                        + " FROM "
                        + cells.priced()
                        + " WHERE "
                        + period.condition("cell.hour")
                        + " ORDER BY ALL",
                row -> keys(dimensions, row))));
  }

  private static List<String> keys(List<GroupBy> dimensions, ResultSet row) throws SQLException {
    List<String> keys = new ArrayList<>(dimensions.size());
    for (int i = 0; i < dimensions.size(); i++) {
      keys.add(dimensions.get(i).key(row, i + 1).toString());
    }
    return keys;
  }

  /** Answers from a table of cells. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(CellTable cells) throws SQLException;
  }

  /** The table that answers soonest; the roll-ups where the ledger cannot be opened. */
  private CellTable soonest(Collection<GroupBy> dimensions, Period period) {
    try {
      return stored().table(dimensions, period);
    } catch (SQLException notOpened) {
      return CellTable.ROLLUP;
    }
  }

  /** From sums that are kept, or from the roll-ups if those are damaged or gone. */
  private <T> T answer(CellTable cells, Question<T> question) throws SQLException {
    if (!cells.equals(CellTable.ROLLUP)) {
      try {
        return question.ask(cells);
      } catch (SQLException damagedOrGone) {
        return answer(CellTable.ROLLUP, question);
      }
    }
    for (int tries = 1; ; tries++) {
      try {
        return question.ask(cells);
      } catch (SQLException failed) {
        if (tries == MOST_TRIES || !reopen()) {
          throw failed;
        }
        if (isEmpty) {
          throw LedgerException.changedMeanwhile(failed);
        }
      }
    }
  }

  /** Goes on with the newest state of the ledger if that is another one; whether it is. */
  private boolean reopen() throws SQLException {
    if (!ledger.isOutdated()) {
      return false;
    }
    // Whatever made files go may have changed the cards too: they are read anew.
    LedgerQuery newest = open(ledger.ledger().snapshot(), pricing);
    close();
    stored = newest.stored;
    card = newest.card;
    isEmpty = newest.isEmpty;
    held = newest.held;
    ledger = newest.ledger;
    return true;
  }

  private List<LedgerCube.Cell> cells(List<Summed> sums) throws SQLException {
    card.load(
        sums.stream().map(each -> each.card().rates()).collect(Collectors.toSet()),
        sums.stream().map(each -> each.card().site()).collect(Collectors.toSet()));
    Map<CardNumbers, Priced> priced = new HashMap<>();
    return sums.stream()
        .map(sum -> priced.computeIfAbsent(sum.card(), this::priced).cell(sum))
        .toList();
  }

  /** What prices by some numbers of the card, all of which are loaded. */
  private Priced priced(CardNumbers numbers) {
    return new Priced(
        card.factorSet(numbers.rates()), card.row(numbers), card.hours(numbers.site()));
  }

  /**
   * What prices some sums.
   *
   * @param hours of its site over the year; none if only the year is known
   */
  private record Priced(String factorSet, DrawnRow row, List<HourRatios> hours) {
    LedgerCube.Cell cell(Summed sum) {
      return new LedgerCube.Cell(
          sum.keys(),
          factorSet,
          sum.activities(),
          sum.amounts(),
          sum.amounts().at(row, hours),
          sum.cardRow());
    }
  }

  private List<Summed> sums(CellTable table, Asked asked, boolean withWork) throws SQLException {
    List<GroupBy> dimensions = asked.dimensions();
    SummedVolumes volumes = new SummedVolumes(table, dimensions.contains(GroupBy.HOUR));
    int numbers = dimensions.size() + 1;
    int amounts = numbers + 4;
    int work = amounts + volumes.columnCount();
    String query =
        "SELECT "
            + dimensions.stream().map(each -> each.sql() + ", ").collect(Collectors.joining())
            + "card.rates_no, card.site_no, card.variation, sum(activities)"
            + volumes.columns()
            + (withWork ? ", " + WORK : "")
            + " FROM "
            + table.priced()
            + " WHERE "
            + asked.condition()
            + " GROUP BY ALL";
    Set<List<Object>> lines = new HashSet<>();
    return rows(
        query,
        row -> {
          List<Object> keys = new ArrayList<>(dimensions.size());
          for (int i = 0; i < dimensions.size(); i++) {
            keys.add(dimensions.get(i).key(row, i + 1));
          }
          if (lines.add(keys) && lines.size() > asked.mostLines()) {
            throw new TooManyLinesException(asked.mostLines());
          }
          Amounts read = volumes.read(row, amounts);
          return new Summed(
              keys,
              new CardNumbers(
                  row.getLong(numbers), row.getLong(numbers + 1), row.getDouble(numbers + 2)),
              row.getLong(numbers + 3),
              read,
              withWork ? Optional.of(work(row, work, Volumes.NONE)) : Optional.empty());
        });
  }

  /**
   * Models that the factors did not know when they priced, with how many activities they have:
   * those that a file of own factors should name.
   */
  public Map<String, Long> unknownModels() {
    return held.map(HeldCells::unknownModels).orElseGet(this::storedUnknownModels);
  }

  private Map<String, Long> storedUnknownModels() {
    Map<String, Long> unknown = new LinkedHashMap<>();
    list(
            List.of(),
            Period.ALL,
            cells ->
                "SELECT card.subject, sum(activities)::BIGINT FROM "
                    + cells.priced()
                    + " WHERE NOT card.known GROUP BY 1 HAVING sum(activities) > 0"
                    + " ORDER BY 2 DESC, 1",
            row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> unknown.put(entry.getKey(), entry.getValue()));
    return unknown;
  }

  /**
   * Prices events of a period anew and holds their sums against those that are kept.
   *
   * @param mostEvents about how many to price: of a period with more, some hours are taken
   */
  public Reproduction reproduction(Period period, long mostEvents) {
    if (isEmpty) {
      return new Reproduction(0, 0, 0, 0);
    }
    try {
      return answer(
          CellTable.ROLLUP,
          rollup -> Reproduction.of(stored().database(), ledger, period, mostEvents));
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  /** All sites at which something ran. */
  public List<StoredSite> sites() {
    return list(
        CellTable.ROLLUP,
        cells ->
            "SELECT DISTINCT site_id, site_name, zone_name, latitude, longitude FROM card_row"
                + " ORDER BY 1",
        row -> {
          double latitude = row.getDouble(4);
          boolean isNowhere = row.wasNull();
          return new StoredSite(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              isNowhere ? Optional.empty() : Optional.of(new Position(latitude, row.getDouble(5))));
        });
  }

  /**
   * Fallbacks and assumptions behind the figures of a period, each with the models that it is of.
   */
  public List<String> notes(Period period) {
    return list(
        List.of(),
        period,
        cells ->
            "SELECT note, string_agg(model, ', ' ORDER BY model), count(*) FROM (SELECT DISTINCT"
                + " unnest(notes) AS note, model FROM (SELECT any_value(card.notes) AS notes,"
                + " any_value(card.model) AS model FROM "
                + cells.priced()
                + " WHERE "
                + period.condition("cell.hour")
                + " GROUP BY card.factor_set, card.subject, card.modality, card.site, card.year))"
                + " GROUP BY 1 ORDER BY 1",
        row -> {
          List<String> models = List.of(row.getString(2).split(", "));
          String some = String.join(", ", models.subList(0, Math.min(NAMES, models.size())));
          int more = models.size() - NAMES;
          return some + (more > 0 ? " and " + more + " more" : "") + ": " + row.getString(1);
        });
  }

  /** The volumes of a period at each row of the card. */
  public List<Work> work(Period period) {
    return cube(List.of(), period).work();
  }

  /**
   * The volumes of a period at each row of the card, by hour of the day in each month, UTC.
   *
   * @param dimensions along which it is split further
   */
  public List<WorkOfHour> workByHour(List<GroupBy> dimensions, Period period) {
    String keys = dimensions.stream().map(each -> each.sql() + ", ").collect(Collectors.joining());
    int first = dimensions.size() + 2;
    List<GroupBy> asked = new ArrayList<>(dimensions);
    asked.add(GroupBy.HOUR);
    return list(
        asked,
        period,
        cells ->
            "SELECT "
                + keys
                + "coalesce((month(cell.hour) - 1) * 24 + hour(cell.hour), "
                + WorkOfHour.NO_TIME
                + "), "
                + WORK
                + sumsOfDrivers(cells)
                + " FROM "
                + cells.priced()
                + " WHERE "
                + period.condition("cell.hour")
                + " GROUP BY ALL ORDER BY ALL",
        row -> {
          return new WorkOfHour(
              keys(dimensions, row),
              row.getInt(first - 1),
              work(row, first, volumes(row, first + WORK_COLUMNS)));
        });
  }

  private static String sumsOfDrivers(CellTable cells) {
    return EventSchema.DRIVERS.stream()
        .map(driver ->
            cells.drivers().contains(driver) ? ", sum(cell." + driver.label() + ")" : ", 0::DOUBLE")
        .collect(Collectors.joining());
  }

  private static Volumes volumes(ResultSet row, int first) throws SQLException {
    Volumes.Builder volumes = new Volumes.Builder();
    for (Driver driver : EventSchema.DRIVERS) {
      double volume = row.getDouble(first + driver.ordinal());
      volumes.add(driver, Amounts.notNegative(volume));
    }
    return volumes.build();
  }

  private static Work work(ResultSet row, int first, Volumes volumes) throws SQLException {
    int year = row.getInt(first + 3);
    return new Work(
        row.getString(first),
        Modality.parse(row.getString(first + 1)).orElseThrow(),
        row.getString(first + 2),
        year == 0 ? OptionalInt.empty() : OptionalInt.of(year),
        row.getString(first + 4),
        volumes);
  }

  /** Reads one row of an answer. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(
      Collection<GroupBy> dimensions,
      Period period,
      Function<CellTable, String> query,
      RowReader<T> reader) {
    return isEmpty ? List.of() : list(soonest(dimensions, period), query, reader);
  }

  private <T> List<T> list(
      CellTable table, Function<CellTable, String> query, RowReader<T> reader) {
    if (isEmpty) {
      return List.of();
    }
    try {
      return answer(table, cells -> rows(query.apply(cells), reader));
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  private <T> List<T> rows(String query, RowReader<T> reader) throws SQLException {
    try (Statement statement = stored().database().connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<T> read = new ArrayList<>();
      while (row.next()) {
        read.add(reader.read(row));
      }
      return List.copyOf(read);
    }
  }

  /** From the first hour with an activity to the end of the last; unbounded if none has a time. */
  public Period period() {
    return held.map(HeldCells::period).orElseGet(this::storedPeriod);
  }

  private Period storedPeriod() {
    return list(
            List.of(GroupBy.HOUR),
            Period.ALL,
            cells ->
                "SELECT epoch_ms(min(hour)), epoch_ms(max(hour) + INTERVAL 1 HOUR) FROM "
                    + cells.name()
                    + " HAVING min(hour) IS NOT NULL",
            row ->
                new Period(
                    Optional.of(Instant.ofEpochMilli(row.getLong(1))),
                    Optional.of(Instant.ofEpochMilli(row.getLong(2)))))
        .stream()
        .findFirst()
        .orElse(Period.ALL);
  }

  /** Takes the rows of an answer. */
  public interface Rows {
    void columns(List<String> names);

    /**
     * @param values numbers, truth values, texts, moments as texts in ISO 8601; empty for NULL
     * @return whether more is wanted
     */
    boolean row(List<Optional<Object>> values);
  }

  /**
   * Answers one SELECT in the SQL of DuckDB over the tables {@code events}, {@code priced_events},
   * {@code rollup}, {@code batches} and {@code card_row}. It can read nothing else and change
   * nothing.
   *
   * @throws IllegalArgumentException if it is no SELECT, or cannot be answered; the message says
   *     why
   */
  public void sql(String query, Rows rows) {
    if (isEmpty) {
      throw new IllegalArgumentException("the ledger is empty: there is nothing to ask");
    }
    try {
      requireSelect(query);
      answerEvents(query, rows, true);
    } catch (SQLException refused) {
      throw new IllegalArgumentException(
          "the query cannot be answered: " + LedgerDatabase.reason(refused), refused);
    }
  }

  /** Gives every event of a period with the medians of its impacts, in the order of files. */
  public void events(Period period, Rows rows) {
    if (isEmpty) {
      return;
    }
    try {
      answerEvents(ofPeriod(period), rows, false);
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  /**
   * What was handed out cannot be taken back; until then it can be asked again.
   *
   * @param ofBatches whether it may ask for batches, whose seals are all read then
   */
  private void answerEvents(String query, Rows rows, boolean ofBatches) throws SQLException {
    Begun begun = new Begun(rows);
    for (int tries = 1; ; tries++) {
      try {
        stored().viewEvents();
        if (ofBatches) {
          stored().tellBatches();
        }
        answer(query, begun);
        return;
      } catch (SQLException failed) {
        if (tries == MOST_TRIES || !reopen()) {
          throw failed;
        }
        if (begun.hasBegun || isEmpty) {
          throw LedgerException.changedMeanwhile(failed);
        }
      }
    }
  }

  /** Knows whether anything was handed out. */
  private static final class Begun implements Rows {
    private final Rows rows;
    private boolean hasBegun;

    Begun(Rows rows) {
      this.rows = rows;
    }

    @Override
    public void columns(List<String> names) {
      hasBegun = true;
      rows.columns(names);
    }

    @Override
    public boolean row(List<Optional<Object>> values) {
      return rows.row(values);
    }
  }

  /** Those events as a query. */
  static String ofPeriod(Period period) {
    return "SELECT * FROM priced_events WHERE " + period.condition("time");
  }

  private void answer(String query, Rows rows) throws SQLException {
    try (Statement statement = stored().database().connection().createStatement();
        ResultSet answer = statement.executeQuery(query)) {
      int count = answer.getMetaData().getColumnCount();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        names.add(answer.getMetaData().getColumnLabel(i));
      }
      rows.columns(names);
      boolean wanted = true;
      while (wanted && answer.next()) {
        List<Optional<Object>> values = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          values.add(plain(answer, i));
        }
        wanted = rows.row(values);
      }
    }
  }

  private static Optional<Object> plain(ResultSet answer, int column) throws SQLException {
    Object stored = answer.getObject(column);
    if (stored == null || stored instanceof Number || stored instanceof Boolean) {
      return Optional.ofNullable(stored);
    }
    if (stored instanceof Timestamp) {
      // A Timestamp goes by the clock of this machine, which leaves out an hour in spring.
      LocalDateTime utc = answer.getObject(column, LocalDateTime.class);
      return Optional.of(utc.toInstant(ZoneOffset.UTC).toString());
    }
    return Optional.of(
        stored instanceof OffsetDateTime moment
            ? moment.toInstant().toString()
            : stored.toString());
  }

  /** The database can write out only queries as a tree: nothing else gets through. */
  private void requireSelect(String query) throws SQLException {
    try (PreparedStatement parse =
        stored()
            .database()
            .connection()
            .prepareStatement(
                "SELECT tree->>'error', tree->>'error_type', tree->>'error_message' FROM"
                    + " (SELECT json_serialize_sql(?) AS tree)")) {
      parse.setString(1, query);
      try (ResultSet answer = parse.executeQuery()) {
        answer.next();
        if ("parser".equals(answer.getString(2))) {
          throw new IllegalArgumentException(
              "the query cannot be read: " + answer.getString(3).lines().findFirst().orElse(""));
        }
        if (!"false".equals(answer.getString(1))) {
          throw new IllegalArgumentException(
              "a query is one SELECT over events, priced_events, rollup, batches or card_row");
        }
      }
    }
  }

  @Override
  public void close() {
    StoredLedger opened = stored;
    if (opened != null) {
      opened.close();
    }
  }
}
