package io.gtrace.ledger.query;

import io.gtrace.ledger.store.EventSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A dimension along which a ledger is rolled up. */
public enum GroupBy {
  TEAM("cell.team"),
  APP("cell.app"),
  /** Under its canonical id; an unknown model under the name it was logged by. */
  MODEL("CASE WHEN cell." + EventSchema.GOES_BY_HARDWARE + " THEN cell.model ELSE card.model END"),
  REGION("card.site_id"),
  ZONE("card.zone"),
  MODALITY("cell.modality"),
  /**
   * How well the grid's factor fits: {@code hourly} for that of its own zone and hour, {@code
   * annual} for that of its own zone and year, {@code estimated} where another place stands in, or
   * none was given. Hours of a contract alone are none of the grid's.
   */
  GRID_FACTOR(
      "CASE WHEN cell.hour IS NULL AND card.grid_factor = 'hourly' THEN 'annual' ELSE"
          + " card.grid_factor END"),
  HOUR("epoch_ms(cell.hour)"),
  DAY("strftime(cell.hour, '%Y-%m-%d')"),
  MONTH("strftime(cell.hour, '%Y-%m')"),
  YEAR("strftime(cell.hour, '%Y')");

  private final String expression;

  GroupBy(String expression) {
    this.expression = expression;
  }

  /** The name people type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its values are in order of time. */
  public boolean isTime() {
    return switch (this) {
      case HOUR, DAY, MONTH, YEAR -> true;
      default -> false;
    };
  }

  /** Its value in the words of the database; NULL where it is not known. */
  String sql() {
    return expression;
  }

  /**
   * That it has a value, in the words of the database.
   *
   * @param value empty for what is not known
   */
  String condition(String value) {
    return value.isEmpty()
        ? "coalesce(" + expression + ", '') = ''"
        : "(" + expression + ") = '" + value.replace("'", "''") + "'";
  }

  /**
   * That it has one of some values, in the words of the database; nothing has if there are none.
   *
   * @param values an empty one for what is not known
   */
  String condition(Set<String> values) {
    return values.isEmpty()
        ? "false"
        : values.stream()
            .sorted()
            .map(this::condition)
            .collect(Collectors.joining(" OR ", "(", ")"));
  }

  /** Its value in a column of an answer; empty where it is not known. */
  Object key(ResultSet row, int column) throws SQLException {
    if (this == HOUR) {
      long epochMs = row.getLong(column);
      return row.wasNull() ? "" : Instant.ofEpochMilli(epochMs);
    }
    String text = row.getString(column);
    return row.wasNull() ? "" : text;
  }

  /**
   * Its value of cells in memory, the same as in the words of the database; empty where it is not
   * known.
   *
   * @param row that prices them
   * @param hasTime whether they have a time
   * @throws IllegalArgumentException if it is a time
   */
  String of(CellKind kind, CardRows.Row row, boolean hasTime) {
    return switch (this) {
      case TEAM -> kind.team();
      case APP -> kind.app();
      case MODEL -> kind.goesByHardware() ? kind.model() : row.model();
      case REGION -> row.siteId();
      case ZONE -> row.zone();
      case MODALITY -> kind.modality();
      case GRID_FACTOR ->
          !hasTime && row.gridFactor().equals("hourly") ? "annual" : row.gridFactor();
      case HOUR, DAY, MONTH, YEAR -> throw new IllegalArgumentException(label() + " is a time");
    };
  }

  /**
   * Its value of an hour; empty where there is none.
   *
   * @param start when the hour begins
   * @throws IllegalArgumentException if it is no time
   */
  Object ofHour(Optional<Instant> start) {
    return start.<Object>map(this::ofHour).orElse("");
  }

  private Object ofHour(Instant start) {
    String text = start.toString();
    int afterYear = text.indexOf('-', 1);
    return switch (this) {
      case HOUR -> start;
      case DAY -> text.substring(0, text.indexOf('T'));
      case MONTH -> text.substring(0, afterYear + 3);
      case YEAR -> text.substring(0, afterYear);
      default -> throw new IllegalArgumentException(label() + " is no time");
    };
  }

  /** The dimension with this name; {@code site} is another word for region. */
  public static Optional<GroupBy> named(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.label().equals(name.equals("site") ? "region" : name))
        .findFirst();
  }

  /** All names, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(GroupBy::label).collect(Collectors.joining(", "));
  }
}
