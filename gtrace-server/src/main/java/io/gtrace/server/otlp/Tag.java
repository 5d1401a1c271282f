package io.gtrace.server.otlp;

import com.google.protobuf.WireFormat;

/** What stands before a field on the wire: its number, and how its value is written. */
final class Tag {
  private static final int BITS_OF_TYPE = 3;

  private Tag() {}

  /** Of a whole number. */
  static int varint(int field) {
    return field << BITS_OF_TYPE | WireFormat.WIRETYPE_VARINT;
  }

  /** Of eight bytes. */
  static int fixed64(int field) {
    return field << BITS_OF_TYPE | WireFormat.WIRETYPE_FIXED64;
  }

  /** Of a text or a message. */
  static int delimited(int field) {
    return field << BITS_OF_TYPE | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
