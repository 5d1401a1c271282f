package io.gtrace.ledger;

import io.gtrace.ledger.store.EventSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a stored event as the row of usage that it came from. */
final class StoredEvent {
  private static final Map<String, UsageColumn> TEXTS =
      Map.of(
          "modality", UsageColumn.MODALITY,
          "model", UsageColumn.MODEL,
          "site", UsageColumn.SITE,
          "team", UsageColumn.TEAM,
          "app", UsageColumn.APP,
          "accelerator", UsageColumn.ACCELERATOR);

  private StoredEvent() {}

  /**
   * @param event has the columns of events, and {@code at_ms}: milliseconds since 1970
   */
  static UsageRow of(ResultSet event) throws SQLException {
    RowValues values = new RowValues();
    for (Map.Entry<String, UsageColumn> text : TEXTS.entrySet()) {
      put(values, text.getValue(), event.getString(text.getKey()));
    }
    long millis = event.getLong("at_ms");
    if (!event.wasNull()) {
      put(values, UsageColumn.WHEN, Instant.ofEpochMilli(millis).toString());
    }
    for (String name : EventSchema.REPORTED_AMOUNTS) {
      Optional<UsageColumn> column = UsageColumn.named(name);
      if (column.isPresent()) {
        put(values, column.get(), event.getString("reported_" + name));
      }
    }
    return values.row(0, Map.of());
  }

  private static void put(RowValues values, UsageColumn column, @Nullable String text) {
    if (text != null) {
      values.put(column, text);
    }
  }
}
