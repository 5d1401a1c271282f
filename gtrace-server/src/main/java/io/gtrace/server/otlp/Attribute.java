package io.gtrace.server.otlp;

import com.google.protobuf.CodedInputStream;
import io.gtrace.ledger.format.FormatRecords.Fields;
import io.gtrace.ledger.format.FormatRecords.Values;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads attributes: those that a format asks for become texts, the others stay bytes. */
final class Attribute {
  private static final int KEY = Tag.delimited(KeyValue.KEY_FIELD_NUMBER);
  private static final int VALUE = Tag.delimited(KeyValue.VALUE_FIELD_NUMBER);
  private static final int TEXT = Tag.delimited(AnyValue.STRING_VALUE_FIELD_NUMBER);
  private static final int BOOLEAN = Tag.varint(AnyValue.BOOL_VALUE_FIELD_NUMBER);
  private static final int INTEGER = Tag.varint(AnyValue.INT_VALUE_FIELD_NUMBER);
  private static final int DOUBLE = Tag.fixed64(AnyValue.DOUBLE_VALUE_FIELD_NUMBER);

  /** Up to here a double holds every whole number. */
  private static final double LARGEST_EXACT = 1L << 53;

  private Attribute() {}

  /**
   * Reads one.
   *
   * @param attribute a {@link KeyValue}
   */
  static void read(Part attribute, Fields fields, Values values) throws IOException {
    CodedInputStream in = attribute.open();
    String key = "";
    Part value = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == KEY) {
        key = in.readStringRequireUtf8();
      } else if (tag == VALUE) {
        value = attribute.next(in);
      } else {
        Part.skip(in, tag);
      }
    }
    if (value != null) {
      Part text = value;
      fields.put(values, key, () -> text(text));
    }
  }

  /** The key of a {@link KeyValue}. */
  static String key(Part attribute) throws IOException {
    String key = "";
    CodedInputStream in = attribute.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == KEY) {
        key = in.readStringRequireUtf8();
      } else {
        Part.skip(in, tag);
      }
    }
    return key;
  }

  /** A number as text, without a fraction where it has none. */
  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** An {@link AnyValue} as text; null if it is none or no plain one. */
  private static @Nullable String text(Part value) throws IOException {
    CodedInputStream in = value.open();
    String text = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == TEXT) {
        text = in.readStringRequireUtf8();
      } else if (tag == INTEGER) {
        text = Long.toString(in.readInt64());
      } else if (tag == DOUBLE) {
        text = number(in.readDouble());
      } else if (tag == BOOLEAN) {
        text = Boolean.toString(in.readBool());
      } else {
        Part.skip(in, tag);
      }
    }
    return text;
  }
}
