package io.gtrace.ledger;

import io.gtrace.ledger.format.ColumnValues;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatRecord;
import io.gtrace.ledger.format.JsonFault;
import io.gtrace.ledger.format.RecordSink;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/**
 * Rows of records of a format. What such records hold beside their columns, which may be prompts,
 * is never shown and never kept.
 */
class DefinedRows implements RecordSink {
  private final FormatDefinition format;
  private final Map<UsageColumn, String> defaults;
  private final RowSink sink;
  private final RepeatedRows repeated;
  private long leftOut;

  DefinedRows(FormatDefinition format, Map<UsageColumn, String> defaults, RowSink sink) {
    this.format = format;
    this.defaults = defaults;
    this.sink = sink;
    repeated = new RepeatedRows(sink, format.joined());
  }

  @Override
  public void record(FormatRecord usage) {
    RowValues values = new RowValues();
    usage.columnsInto(
        format.zone().normalized().equals(ZoneOffset.UTC)
            ? values
            : new Local(values, format.zone()));
    UsageRow row = values.row(usage.line(), defaults);
    if (format.repeats()) {
      repeated.add(row.thatGrows());
    } else {
      sink.row(row);
    }
  }

  /** Times that name no zone are those of the format's. */
  private record Local(RowValues values, ZoneId zone) implements ColumnValues {
    @Override
    public void put(UsageColumn column, String value) {
      values.put(column, column == UsageColumn.WHEN ? MomentParser.inUtc(value, zone) : value);
    }

    @Override
    public void fault(UsageColumn column, String reason) {
      values.fault(column, reason);
    }
  }

  @Override
  public void leftOut() {
    leftOut++;
  }

  @Override
  public void refused(JsonFault fault) {
    sink.refused(fault.line(), fault.reason(), "");
  }

  @Override
  public void progress(long bytes) {
    sink.progress(bytes);
  }

  /** Hands out what waited for later records to replace it, if none came for a while. */
  void handOutSettled() {
    repeated.handOutSettled();
  }

  /** To be called at the end, and where the text breaks off. */
  void finish() {
    finish(0);
  }

  /**
   * To be called at the end, and where the text breaks off.
   *
   * @param leftOutElsewhere records that somebody else found to be no usage
   */
  void finish(long leftOutElsewhere) {
    repeated.finish();
    leftOut += leftOutElsewhere;
    if (leftOut > 0) {
      sink.note(leftOut, "no usage (" + format.title() + ") and left out");
    }
    if (repeated.replaced() > 0) {
      sink.note(
          repeated.replaced(),
          "there again under the same id; each is counted once, as it was last");
    }
    if (repeated.late() > 0) {
      sink.note(
          repeated.late(),
          String.format(
              Locale.ROOT,
              "there again under the same id after more than %,d others; each is counted once, as"
                  + " it was before",
              RepeatedRows.MOST_WAITING));
    }
  }
}
