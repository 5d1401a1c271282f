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
import io.gtrace.ratecard.PricedVolumes;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A ledger opened for questions. It answers from the state that it was opened on, whatever is
 * written meanwhile. Not for sharing between threads.
 */
public final class LedgerQuery implements AutoCloseable {
  private static final Driver[] DRIVERS = Driver.values();
  private static final int NAMES = 5;
  private static final String WORK =
      "card.subject, card.modality, card.site, card.year, card.factor_set";

  private static final Comparator<QueryLine> LARGEST_FIRST =
      Comparator.comparingDouble((QueryLine line) -> -line.footprint().median(Impact.CARBON_KG))
          .thenComparing(line -> String.join("\u0000", line.keys()));

  private final LedgerDatabase database;
  private final StoredCard card;
  private final boolean isEmpty;
  private final boolean hasDays;
  private final Ledger.Snapshot ledger;
  private boolean eventsAsked;

  private LedgerQuery(
      Ledger.Snapshot ledger,
      LedgerDatabase database,
      StoredCard card,
      boolean isEmpty,
      boolean hasDays) {
    this.ledger = ledger;
    this.database = database;
    this.card = card;
    this.isEmpty = isEmpty;
    this.hasDays = hasDays;
  }

  /**
   * Opens a ledger.
   *
   * @param pricing by which factors
   * @throws LedgerException if it is damaged
   */
  public static LedgerQuery open(Ledger.Snapshot ledger, RollupFiles.Pricing pricing) {
    try {
      LedgerDatabase database = LedgerDatabase.open(Optional.empty());
      try {
        boolean isEmpty = RollupFiles.of(ledger, pricing).isEmpty();
        if (!isEmpty) {
          LedgerViews.create(database, ledger, pricing);
          LedgerViews.lock(database, ledger);
        }
        StoredCard card =
            new StoredCard(
                database, paths(ledger, Content.CARD_RATES), paths(ledger, Content.CARD_SITES));
        boolean hasDays =
            pricing == RollupFiles.Pricing.CURRENT && RollupCache.of(ledger).isPresent();
        return new LedgerQuery(ledger, database, card, isEmpty, hasDays);
      } catch (SQLException | RuntimeException failed) {
        database.close();
        throw failed;
      }
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  private static List<Path> paths(Ledger.Snapshot ledger, Content content) {
    return ledger.live(content).stream().map(ledger::path).toList();
  }

  /** Everything in the period together. */
  public QueryLine total(Period period) {
    List<QueryLine> lines = by(List.of(), period);
    return lines.isEmpty()
        ? new QueryLine(List.of(), 0, 0, 0, new PricedVolumes("", 2).footprint())
        : lines.get(0);
  }

  /**
   * What is in the period, split along dimensions: in order of time if the first of them is one,
   * else largest carbon first.
   */
  public List<QueryLine> by(List<GroupBy> dimensions, Period period) {
    if (isEmpty) {
      return List.of();
    }
    try {
      Map<List<String>, Sum> sums = sums(dimensions, period);
      Set<Long> ratesNos = new HashSet<>();
      Set<Long> siteNos = new HashSet<>();
      sums.values()
          .forEach(sum ->
              sum.parts.forEach(part -> {
                ratesNos.add(part.ratesNo());
                siteNos.add(part.siteNo());
              }));
      card.load(ratesNos, siteNos);
      List<QueryLine> lines = new ArrayList<>();
      sums.forEach((keys, sum) -> lines.add(sum.line(keys)));
      boolean inTime = !dimensions.isEmpty() && dimensions.get(0).isTime();
      lines.sort(inTime ? Comparator.comparing(line -> line.keys().get(0)) : LARGEST_FIRST);
      return List.copyOf(lines);
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  /** Work of one line at one set of rates and one site. */
  private record Part(
      String factorSet,
      long ratesNo,
      long siteNo,
      double variation,
      Volumes volumes,
      Volumes locationBased,
      Volumes marketBased) {}

  private final class Sum {
    final List<Part> parts = new ArrayList<>();
    long activities;

    QueryLine line(List<String> keys) {
      String factorSets =
          parts.stream().map(Part::factorSet).distinct().sorted().collect(Collectors.joining("+"));
      PricedVolumes priced = new PricedVolumes(factorSets, card.drawCount());
      double requests = 0;
      double tokens = 0;
      for (Part part : parts) {
        priced.addHours(
            card.row(part.factorSet(), part.ratesNo(), part.siteNo(), part.variation()),
            part.volumes(),
            part.locationBased(),
            part.marketBased());
        requests += part.volumes().get(Driver.REQUESTS);
        tokens +=
            part.volumes().get(Driver.INPUT_TOKENS)
                + part.volumes().get(Driver.CACHED_INPUT_TOKENS)
                + part.volumes().get(Driver.OUTPUT_TOKENS);
      }
      return new QueryLine(keys, activities, requests, tokens, priced.footprint());
    }
  }

  private Map<List<String>, Sum> sums(List<GroupBy> dimensions, Period period) throws SQLException {
    String keys = dimensions.stream().map(each -> each.sql() + ", ").collect(Collectors.joining());
    boolean byHour = dimensions.contains(GroupBy.HOUR);
    String cells = byHour ? "rollup" : cells(period);
    boolean byDay = cells.equals(LedgerViews.DAYS);
    String volumes =
        Arrays.stream(DRIVERS)
            .map(driver ->
                ", sum("
                    + driver.label()
                    + ")"
                    + EventSchema.HOURLY_IMPACTS.stream()
                        .map(impact -> ", sum(" + byHour(driver, impact, byDay) + ")")
                        .collect(Collectors.joining()))
            .collect(Collectors.joining());
    String query =
        "SELECT "
            + keys
            + "card.factor_set, card.rates_no, card.site_no, card.variation, sum(activities)"
            + volumes
            + " FROM "
            + cells
            + " AS cell"
            + EventSchema.joinCard("cell", "hour", "cell.factor_set")
            + " WHERE "
            + period.condition("cell.hour")
            + " GROUP BY ALL";
    Map<List<String>, Sum> sums = new LinkedHashMap<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= dimensions.size(); i++) {
          values.add(row.getString(i));
        }
        Sum sum = sums.computeIfAbsent(List.copyOf(values), missing -> new Sum());
        int at = dimensions.size() + 1;
        sum.activities += row.getLong(at + 4);
        sum.parts.add(
            new Part(
                row.getString(at),
                row.getLong(at + 1),
                row.getLong(at + 2),
                row.getDouble(at + 3),
                volumes(row, at + 5, 3),
                volumes(row, at + 6, 3),
                volumes(row, at + 7, 3)));
      }
    }
    return sums;
  }

  /** The volumes of a driver, each weighted by its hour over the year. */
  private static String byHour(Driver driver, Impact impact, boolean byDay) {
    return byDay
        ? RollupCache.weighted(driver, impact)
        : driver.label() + " * " + EventSchema.hourRatio(impact, "cell.hour").orElseThrow();
  }

  /** The table with the fewest cells that tells of a period. */
  private String cells(Period period) {
    return hasDays && period.isOfWholeDays() ? LedgerViews.DAYS : "rollup";
  }

  /** One volume for each driver, so many columns apart. */
  private static Volumes volumes(ResultSet row, int first, int apart) throws SQLException {
    Volumes.Builder volumes = new Volumes.Builder();
    for (int d = 0; d < DRIVERS.length; d++) {
      // What was taken back leaves nothing, but for the last digits.
      volumes.add(DRIVERS[d], Math.max(0, row.getDouble(first + apart * d)));
    }
    return volumes.build();
  }

  /**
   * Models that the factors did not know when they priced, with how many activities they have:
   * those that a file of own factors should name.
   */
  public Map<String, Long> unknownModels() {
    Map<String, Long> unknown = new LinkedHashMap<>();
    list(
            "SELECT card.subject, sum(activities)::BIGINT FROM "
                + cells(Period.ALL)
                + " AS cell"
                + EventSchema.joinCard("cell", "hour", "cell.factor_set")
                + " WHERE NOT card.known GROUP BY 1 ORDER BY 2 DESC, 1",
            row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> unknown.put(entry.getKey(), entry.getValue()));
    return unknown;
  }

  /**
   * The largest difference between an impact as a roll-up keeps it and as the card prices it anew,
   * relative to the larger of the two: 0 where nothing was changed, up to the last digits.
   */
  public double largestDifference(Period period) {
    String largest =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact -> {
              String kept = "cell." + EventSchema.column(impact);
              String anew =
                  EventSchema.median(
                      impact, EventSchema.DRIVERS, driver -> "cell." + driver.label(), "cell.hour");
              return "max(CASE WHEN isnan("
                  + kept
                  + ") THEN 0 ELSE abs("
                  + kept
                  + " - "
                  + anew
                  + ") / greatest(abs("
                  + kept
                  + "), abs("
                  + anew
                  + "), 1e-300) END)";
            })
            .collect(Collectors.joining(", ", "greatest(", ")"));
    return list(
            "SELECT coalesce("
                + largest
                + ", 0) FROM rollup AS cell"
                + EventSchema.joinCard("cell", "hour", "cell.factor_set")
                + " WHERE "
                + period.condition("cell.hour"),
            row -> row.getDouble(1))
        .stream()
        .findFirst()
        .orElse(0.0);
  }

  /** All sites at which something ran. */
  public List<StoredSite> sites() {
    return list(
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
        "SELECT note, string_agg(model, ', ' ORDER BY model), count(*) FROM (SELECT DISTINCT"
            + " unnest(card.notes) AS note, card.model AS model FROM rollup AS cell"
            + EventSchema.joinCard("cell", "hour", "cell.factor_set")
            + " WHERE "
            + period.condition("cell.hour")
            + ") GROUP BY 1 ORDER BY 1",
        row -> {
          List<String> models = List.of(row.getString(2).split(", "));
          String some = String.join(", ", models.subList(0, Math.min(NAMES, models.size())));
          int more = models.size() - NAMES;
          return some + (more > 0 ? " and " + more + " more" : "") + ": " + row.getString(1);
        });
  }

  /** The volumes of a period at each row of the card. */
  public List<Work> work(Period period) {
    return list(
        "SELECT "
            + WORK
            + sumsOfDrivers()
            + " FROM "
            + cells(period)
            + " AS cell"
            + EventSchema.joinCard("cell", "hour", "cell.factor_set")
            + " WHERE "
            + period.condition("cell.hour")
            + " GROUP BY ALL ORDER BY ALL",
        row -> work(row, 1));
  }

  /**
   * The volumes of a period at each row of the card, by hour of the day in each month, UTC.
   *
   * @param dimensions along which it is split further
   */
  public List<HourlyWork> workByHour(List<GroupBy> dimensions, Period period) {
    String keys = dimensions.stream().map(each -> each.sql() + ", ").collect(Collectors.joining());
    int first = dimensions.size() + 2;
    return list(
        "SELECT "
            + keys
            + "coalesce((month(cell.hour) - 1) * 24 + hour(cell.hour), "
            + HourlyWork.NO_TIME
            + "), "
            + WORK
            + sumsOfDrivers()
            + " FROM rollup AS cell"
            + EventSchema.joinCard("cell", "hour", "cell.factor_set")
            + " WHERE "
            + period.condition("cell.hour")
            + " GROUP BY ALL ORDER BY ALL",
        row -> {
          List<String> values = new ArrayList<>();
          for (int i = 1; i < first - 1; i++) {
            values.add(row.getString(i));
          }
          return new HourlyWork(values, row.getInt(first - 1), work(row, first));
        });
  }

  private static String sumsOfDrivers() {
    return Arrays.stream(DRIVERS)
        .map(driver -> ", sum(" + driver.label() + ")")
        .collect(Collectors.joining());
  }

  private static Work work(ResultSet row, int first) throws SQLException {
    return new Work(
        row.getString(first),
        Modality.parse(row.getString(first + 1)).orElseThrow(),
        row.getString(first + 2),
        row.getInt(first + 3) == 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt(first + 3)),
        row.getString(first + 4),
        volumes(row, first + 5, 1));
  }

  /** Reads one row of an answer. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String query, RowReader<T> reader) {
    if (isEmpty) {
      return List.of();
    }
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<T> read = new ArrayList<>();
      while (row.next()) {
        read.add(reader.read(row));
      }
      return List.copyOf(read);
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  /** From the first hour with an activity to the end of the last; unbounded if none has a time. */
  public Period period() {
    return list(
            "SELECT epoch_ms(min(hour)), epoch_ms(max(hour) + INTERVAL 1 HOUR) FROM rollup"
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
     * @param values numbers, truth values, texts; empty for NULL
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
      viewEvents();
      answer(query, rows);
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
      viewEvents();
      answer(ofPeriod(period), rows);
    } catch (SQLException failed) {
      throw LedgerException.unreadable(failed);
    }
  }

  private void viewEvents() throws SQLException {
    if (!eventsAsked) {
      LedgerViews.createEvents(database, ledger);
      eventsAsked = true;
    }
  }

  /** Those events as a query. */
  static String ofPeriod(Period period) {
    return "SELECT * FROM priced_events WHERE " + period.condition("time");
  }

  private void answer(String query, Rows rows) throws SQLException {
    try (Statement statement = database.connection().createStatement();
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
          values.add(Optional.ofNullable(answer.getObject(i)).map(LedgerQuery::plain));
        }
        wanted = rows.row(values);
      }
    }
  }

  private static Object plain(Object stored) {
    return stored instanceof Number || stored instanceof Boolean ? stored : stored.toString();
  }

  /** The database can write out only queries as a tree: nothing else gets through. */
  private void requireSelect(String query) throws SQLException {
    try (PreparedStatement parse =
        database
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
    try {
      database.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
