package io.gtrace.server.otlp;

import com.google.protobuf.CodedInputStream;
import io.gtrace.ledger.format.FormatRecords;
import io.gtrace.ledger.format.FormatRecords.Values;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;

/** Reads log records, among which events are. */
final class Events extends Telemetry {
  private static final int TIME = Tag.fixed64(LogRecord.TIME_UNIX_NANO_FIELD_NUMBER);
  private static final int OBSERVED = Tag.fixed64(LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER);
  private static final int NAME = Tag.delimited(LogRecord.EVENT_NAME_FIELD_NUMBER);
  private static final int SPAN = Tag.delimited(LogRecord.SPAN_ID_FIELD_NUMBER);
  private static final int ATTRIBUTE = Tag.delimited(LogRecord.ATTRIBUTES_FIELD_NUMBER);

  Events(FormatRecords records) {
    super(records);
  }

  @Override
  void item(Part item, Values around) throws IOException {
    Values event = begin();
    CodedInputStream in = item.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ATTRIBUTE) {
        attribute(item.next(in), event);
      } else if (tag == NAME) {
        put(event, "eventName", in.readStringRequireUtf8());
      } else if (tag == SPAN) {
        Part.hex(in).ifPresent(id -> put(event, "spanId", id));
      } else if (tag == TIME) {
        putTime(event, "timeUnixNano", in.readFixed64());
      } else if (tag == OBSERVED) {
        putTime(event, "observedTimeUnixNano", in.readFixed64());
      } else {
        Part.skip(in, tag);
      }
    }
    end(event, around);
  }
}
