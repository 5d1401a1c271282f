package io.gtrace.ledger;

import io.gtrace.ledger.format.ColumnValues;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** A row in the making. A column can be there under several of its names. */
final class RowValues implements ColumnValues {
  private static final int LONGEST_NUMBER = 40;

  private final Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
  // Most rows have none.
  private Map<UsageColumn, String> faults = Map.of();

  /**
   * Takes a value, unless it is blank. Of several texts the first counts; several amounts must be
   * the same.
   */
  @Override
  public void put(UsageColumn column, String value) {
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      return;
    }
    String there = values.putIfAbsent(column, stripped);
    if (there != null && column.isAmount() && !isSameAmount(there, stripped)) {
      fault(
          column,
          "is there twice, as "
              + Excerpt.of(there)
              + " and as "
              + Excerpt.of(stripped)
              + "; leave one of them");
    }
  }

  @Override
  public void fault(UsageColumn column, String reason) {
    if (faults.isEmpty()) {
      faults = new EnumMap<>(UsageColumn.class);
    }
    faults.putIfAbsent(column, reason);
  }

  private static boolean isSameAmount(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return Math.max(one.length(), other.length()) <= LONGEST_NUMBER
          && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException noNumbers) {
      return false;
    }
  }

  /**
   * The row of what was put.
   *
   * @param defaults hold where nothing was
   */
  UsageRow row(long line, Map<UsageColumn, String> defaults) {
    defaults.forEach((column, value) -> {
      if (!faults.containsKey(column)) {
        values.putIfAbsent(column, value);
      }
    });
    return new UsageRow(line, values, faults);
  }
}
