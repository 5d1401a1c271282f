package io.gtrace.server.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A message within the bytes of a larger one. It is read where it lies: what nobody asks for, such
 * as prompts, never becomes an object, and a message that would unfold to many takes no memory.
 */
final class Part {
  private final byte[] bytes;
  private final int from;
  private final int length;

  private Part(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  /** Takes a message within another one. */
  @FunctionalInterface
  interface Reader {
    void read(Part part) throws IOException;
  }

  static Part whole(byte[] message) {
    return new Part(message, 0, message.length);
  }

  CodedInputStream open() {
    return CodedInputStream.newInstance(bytes, from, length);
  }

  /** The message of which the length comes next in a stream over this part, which goes past it. */
  Part next(CodedInputStream in) throws IOException {
    int size = in.readRawVarint32();
    int start = from + in.getTotalBytesRead();
    in.skipRawBytes(size);
    return new Part(bytes, start, size);
  }

  /** Reads every message in a field. */
  void each(int field, Reader reader) throws IOException {
    CodedInputStream in = open();
    int wanted = Tag.delimited(field);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == wanted) {
        reader.read(next(in));
      } else {
        skip(in, tag);
      }
    }
  }

  /**
   * Passes over a field that nobody asks for.
   *
   * @throws InvalidProtocolBufferException if there cannot be such a field
   */
  static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that has not begun");
    }
  }

  /** What is in it. */
  ByteString bytes() {
    return ByteString.copyFrom(bytes, from, length);
  }

  /** Bytes as hexadecimal digits, as OTLP writes ids in JSON; empty if there are none. */
  static Optional<String> hex(CodedInputStream in) throws IOException {
    byte[] id = in.readByteArray();
    return id.length == 0 ? Optional.empty() : Optional.of(HexFormat.of().formatHex(id));
  }
}
