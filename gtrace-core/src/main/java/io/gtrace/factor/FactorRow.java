package io.gtrace.factor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a factor file as it is written, for whoever looks something up.
 *
 * @param table the file without its ending, as {@code grid_intensities}
 * @param key what names the row in its table
 * @param values by field, with source, year and licence; fields that say nothing are left out
 */
public record FactorRow(String table, List<String> key, Map<String, String> values) {
  public FactorRow {
    key = List.copyOf(key);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
