package io.gtrace.spark;

import io.gtrace.activity.Activity;
import io.gtrace.ledger.RowParser;
import io.gtrace.ledger.UsageColumn;
import java.io.Serializable;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Prices rows of any modality, by the names of their columns, as files are read. Safe for use by
 * many threads.
 *
 * @param columns of the struct that mean something
 */
public record RowPricing(Broadcast<SharedCard> shared, PricedImpact asked, List<RowColumn> columns)
    implements Serializable {

  public RowPricing {
    columns = List.copyOf(columns);
  }

  static RowPricing of(Broadcast<SharedCard> shared, PricedImpact asked, StructType usage) {
    return new RowPricing(shared, asked, RowColumn.of(usage));
  }

  /** The price of a row; null where it tells no usage that can be priced. */
  public @Nullable Double price(@Nullable InternalRow row) {
    if (row == null) {
      return null;
    }
    Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
    for (RowColumn column : columns) {
      column.text(row).ifPresent(text -> values.putIfAbsent(column.meaning(), text));
    }
    SharedCard card = shared.value();
    // A parser is two references: to keep one for each thread would cost more.
    Optional<Activity> activity =
        new RowParser(card.card().catalogue(), Clock.systemUTC()).parse(values);
    try {
      return activity.isEmpty() ? null : ActivityPricing.price(card.card(), activity.get(), asked);
    } catch (IllegalArgumentException notPriced) {
      return null;
    }
  }
}
