package io.gtrace.governance.disclosure;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.LedgerFacts.Use;
import io.gtrace.governance.facts.ReportingPeriod;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Questions to the roll-ups of a ledger, as {@code gtrace query} takes them. */
final class RollupSql {
  static final String ALL = "true";
  private static final String SERVICE = "coalesce(nullif(app, ''), nullif(team, ''), '(no name)')";

  private RollupSql() {}

  /**
   * @param expression over sums
   */
  static String select(ReportingPeriod period, String expression, String condition) {
    return "SELECT "
        + expression
        + " FROM rollup WHERE hour >= TIMESTAMP "
        + moment(period.from())
        + " AND hour < TIMESTAMP "
        + moment(period.to())
        + (condition.equals(ALL) ? "" : " AND " + condition);
  }

  /** A question to the single events of a period. */
  static String selectEvents(ReportingPeriod period, String expression, String condition) {
    return "SELECT "
        + expression
        + " FROM events WHERE time >= TIMESTAMP "
        + moment(period.from())
        + " AND time < TIMESTAMP "
        + moment(period.to())
        + " AND "
        + condition;
  }

  private static String moment(Instant moment) {
    return "'" + moment.toString().replace('T', ' ').replace("Z", "") + "'";
  }

  /** The sum of an impact, 0 where there is nothing. */
  static String sum(Impact impact) {
    return "coalesce(sum(" + column(impact) + "), 0)";
  }

  /** The sum of an impact over the cells that a condition picks out, 0 where there are none. */
  static String sumWhere(Impact impact, String condition) {
    return "coalesce(sum(" + column(impact) + ") FILTER (WHERE " + condition + "), 0)";
  }

  private static String column(Impact impact) {
    return switch (impact) {
      case CARBON_KG ->
          column(Impact.OPERATIONAL_LOCATION_BASED_KG) + " + " + column(Impact.EMBODIED_KG);
      case WATER_L -> column(Impact.WATER_ON_SITE_L) + " + " + column(Impact.WATER_ELECTRICITY_L);
      default -> impact.name().toLowerCase(Locale.ROOT);
    };
  }

  static String sum(List<Driver> drivers) {
    return "sum(" + drivers.stream().map(Driver::label).collect(Collectors.joining(" + ")) + ")";
  }

  static String isModality(String label) {
    return "modality = " + text(label);
  }

  static String isModel(String name) {
    return "modality = 'training' AND model = " + text(name);
  }

  /** That a cell is of one of these uses. */
  static String isOneOf(Collection<Use> uses) {
    return uses.isEmpty()
        ? "false"
        : uses.stream()
            .map(use -> "(" + text(use.service()) + ", " + text(use.modality()) + ")")
            .distinct()
            .sorted()
            .collect(Collectors.joining(", ", "(" + SERVICE + ", modality) IN (", ")"));
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A number that stays a floating-point number in the database. */
  static String number(double value) {
    String plain = Double.toString(value);
    return plain.contains("E") ? plain : plain + "E0";
  }
}
