package io.gtrace.validation;

import java.util.Map;

/**
 * How a file's columns are named, where not as ours.
 *
 * @param columns our name to the file's
 * @param constants values of our columns that hold for every row
 * @param factors multiply a file's number into our unit, by our column: 3600 where energy is in Wh
 */
public record MeasurementColumns(
    Map<String, String> columns, Map<String, String> constants, Map<String, Double> factors) {
  /** Columns named as ours. */
  public static final MeasurementColumns OURS =
      new MeasurementColumns(Map.of(), Map.of(), Map.of());

  public MeasurementColumns {
    columns = Map.copyOf(columns);
    constants = Map.copyOf(constants);
    factors = Map.copyOf(factors);
  }

  String inFile(String ours) {
    return columns.getOrDefault(ours, ours);
  }
}
