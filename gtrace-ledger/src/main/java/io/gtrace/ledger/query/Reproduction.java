package io.gtrace.ledger.query;

import io.gtrace.ledger.store.Digest;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Events of some hours, each priced anew by the card that its batch was sealed or repriced with and
 * summed, beside what the roll-ups keep of these hours.
 *
 * @param largestDifference relative to the larger of the two: 0 where nothing was changed, up to
 *     the last digits; 1 where only one of the two is known
 * @param events that were priced anew
 * @param eventsOfPeriod all events of the days of the period
 * @param hours that were chosen; 0 if all were
 */
public record Reproduction(double largestDifference, long events, long eventsOfPeriod, int hours) {
  private static final Pattern DAY = Pattern.compile("events/day=(\\d{4}-\\d{2}-\\d{2})/.*");
  private static final int HOURS_OF_A_DAY = 24;
  private static final String IMPACTS =
      EventSchema.BASIC_IMPACTS.stream().map(EventSchema::column).collect(Collectors.joining(", "));

  /** Sums of an hour. */
  private record Sums(Map<String, double[]> byHour, long events) {}

  /**
   * Prices a period anew: all of it or, where it has more events than {@code mostEvents}, so many
   * of its hours as have about as many. Which ones follows from the newest seal, so that nobody
   * could choose them before it was made, and anybody can choose them again.
   */
  static Reproduction of(
      LedgerDatabase database, Ledger.Snapshot ledger, Period period, long mostEvents)
      throws SQLException {
    Map<LocalDate, List<SealedFile>> days = days(ledger, period);
    long all = days.values().stream().flatMap(List::stream).mapToLong(SealedFile::rows).sum();
    if (all == 0) {
      return new Reproduction(0, 0, 0, 0);
    }
    boolean takesAll = all <= mostEvents;
    List<LocalDateTime> hours = hours(days.keySet(), ledger.head().seal());
    SortedSet<LocalDateTime> chosen =
        new TreeSet<>(
            takesAll
                ? hours
                : hours.subList(0, (int) Math.max(1, hours.size() * mostEvents / all)));
    List<Path> files =
        chosen.stream()
            .map(LocalDateTime::toLocalDate)
            .distinct()
            .flatMap(day -> days.getOrDefault(day, List.of()).stream())
            .map(ledger::path)
            .toList();
    Sums anew =
        sums(
            database,
            // Events are priced by two queries, of tokens and of all else: they are read once.
            "WITH chosen AS MATERIALIZED (SELECT * EXCLUDE (id, user_hash) FROM "
                + EventSchema.events(files)
                + " WHERE "
                + during("\"at\"", chosen)
                + ") SELECT time AS hour, CASE WHEN "
                + EventSchema.TAKES_BACK
                + " THEN -1 ELSE 1 END AS activities, "
                + IMPACTS
                + " FROM ("
                + LedgerViews.priced("chosen")
                + ")");
    Sums kept =
        sums(
            database,
            "SELECT hour, activities, " + IMPACTS + " FROM rollup WHERE " + during("hour", chosen));
    return new Reproduction(
        largestDifference(kept.byHour(), anew.byHour()),
        anew.events(),
        all,
        takesAll ? 0 : chosen.size());
  }

  private static Map<LocalDate, List<SealedFile>> days(Ledger.Snapshot ledger, Period period) {
    Map<LocalDate, List<SealedFile>> days = new TreeMap<>();
    for (SealedFile file : ledger.live(Content.EVENTS)) {
      Matcher named = DAY.matcher(file.path());
      if (named.matches()) {
        LocalDate day = LocalDate.parse(named.group(1));
        if (period.touches(day)) {
          days.computeIfAbsent(day, missing -> new ArrayList<>()).add(file);
        }
      }
    }
    return days;
  }

  /** All hours of days, in an order that a seal gives. */
  private static List<LocalDateTime> hours(Set<LocalDate> days, String seal) {
    return days.stream()
        .flatMap(day -> IntStream.range(0, HOURS_OF_A_DAY).mapToObj(hour -> day.atTime(hour, 0)))
        .map(hour -> Map.entry(Digest.of((seal + hour).getBytes(StandardCharsets.UTF_8)), hour))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * That a moment lies in one of some hours. The span of them all, which follows from it, lets the
   * database leave out what lies before and after without reading it.
   */
  private static String during(String moment, SortedSet<LocalDateTime> hours) {
    return moment
        + " >= "
        + sql(hours.first())
        + " AND "
        + moment
        + " < "
        + sql(hours.last().plusHours(1))
        + hours.stream()
            .map(Reproduction::sql)
            .collect(Collectors.joining(", ", " AND date_trunc('hour', " + moment + ") IN (", ")"));
  }

  private static String sql(LocalDateTime moment) {
    return "TIMESTAMP '" + moment.toString().replace('T', ' ') + ":00'";
  }

  /** Of each hour its activities and, of each impact, what is known and of how many it is not. */
  private static Sums sums(LedgerDatabase database, String rows) throws SQLException {
    String sums =
        EventSchema.BASIC_IMPACTS.stream()
            .map(EventSchema::column)
            .map(name ->
                ", coalesce(sum("
                    + name
                    + ") FILTER (WHERE NOT isnan("
                    + name
                    + ")), 0), coalesce(sum(activities) FILTER (WHERE isnan("
                    + name
                    + ")), 0)::DOUBLE")
            .collect(Collectors.joining());
    Map<String, double[]> byHour = new TreeMap<>();
    long events = 0;
    try (Statement statement = database.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT strftime(hour, '%Y-%m-%d %H'), count(*), sum(activities)::DOUBLE"
                    + sums
                    + " FROM ("
                    + rows
                    + ") GROUP BY 1")) {
      while (row.next()) {
        double[] values = new double[1 + 2 * EventSchema.BASIC_IMPACTS.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = row.getDouble(i + 3);
        }
        byHour.put(row.getString(1), values);
        events += row.getLong(2);
      }
    }
    return new Sums(byHour, events);
  }

  private static double largestDifference(Map<String, double[]> kept, Map<String, double[]> anew) {
    if (!kept.keySet().equals(anew.keySet())) {
      return 1;
    }
    double largest = 0;
    for (Map.Entry<String, double[]> hour : kept.entrySet()) {
      double[] other = anew.getOrDefault(hour.getKey(), hour.getValue());
      for (int i = 0; i < other.length; i++) {
        largest = Math.max(largest, difference(hour.getValue()[i], other[i]));
      }
    }
    return largest;
  }

  private static double difference(double one, double other) {
    double larger = Math.max(Math.abs(one), Math.abs(other));
    return larger == 0 ? 0 : Math.abs(one - other) / larger;
  }
}
