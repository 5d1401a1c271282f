package io.gtrace.spark;

import io.gtrace.ledger.BatchPart;
import io.gtrace.ledger.BatchPlan;
import io.gtrace.ledger.UsageColumn;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Makes a part of a batch of the rows of a partition. */
record PartTask(BatchPlan plan, Broadcast<SharedCard> shared, Clock clock)
    implements MapPartitionsFunction<Row, byte[]> {
  private static final UsageColumn[] COLUMNS = UsageColumn.values();

  @Override
  public Iterator<byte[]> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return List.<byte[]>of().iterator();
    }
    try (BatchPart part = new BatchPart(plan, name(), shared.value().card(), clock)) {
      Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
      while (rows.hasNext()) {
        Row row = rows.next();
        String file = row.getString(UsageFrames.FILE_PLACE);
        long line = row.getLong(UsageFrames.LINE_PLACE);
        if (!row.isNullAt(UsageFrames.FAULT_PLACE)) {
          part.refuse(file, line, row.getString(UsageFrames.FAULT_PLACE));
          continue;
        }
        values.clear();
        for (UsageColumn column : COLUMNS) {
          String text = row.getString(UsageFrames.place(column));
          if (text != null) {
            values.put(column, text);
          }
        }
        part.add(row.getString(UsageFrames.SOURCE_PLACE), file, line, values);
      }
      return List.of(part.finish()).iterator();
    }
  }

  /** Another one for every try, wherever it runs. */
  private static String name() {
    TaskContext task = TaskContext.get();
    return "part-" + task.partitionId() + "-try-" + task.attemptNumber() + "-" + UUID.randomUUID();
  }
}
