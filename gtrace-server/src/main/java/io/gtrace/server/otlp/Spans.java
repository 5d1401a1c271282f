package io.gtrace.server.otlp;

import com.google.protobuf.CodedInputStream;
import io.gtrace.ledger.format.FormatRecords;
import io.gtrace.ledger.format.FormatRecords.Values;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;

/** Reads spans. */
final class Spans extends Telemetry {
  private static final int ID = Tag.delimited(Span.SPAN_ID_FIELD_NUMBER);
  private static final int START = Tag.fixed64(Span.START_TIME_UNIX_NANO_FIELD_NUMBER);
  private static final int ATTRIBUTE = Tag.delimited(Span.ATTRIBUTES_FIELD_NUMBER);

  Spans(FormatRecords records) {
    super(records);
  }

  @Override
  void item(Part item, Values around) throws IOException {
    Values span = begin();
    CodedInputStream in = item.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ATTRIBUTE) {
        attribute(item.next(in), span);
      } else if (tag == ID) {
        Part.hex(in).ifPresent(id -> put(span, "spanId", id));
      } else if (tag == START) {
        putTime(span, "startTimeUnixNano", in.readFixed64());
      } else {
        Part.skip(in, tag);
      }
    }
    end(span, around);
  }
}
