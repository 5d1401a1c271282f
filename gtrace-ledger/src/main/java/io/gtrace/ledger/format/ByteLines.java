package io.gtrace.ledger.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The lines of a text as bytes, numbered from 1. A line that is too long to be held comes in parts.
 */
final class ByteLines {
  static final int MOST_HELD_BYTES = 1 << 20;

  private static final int FIRST_BUFFER_BYTES = 1 << 17;

  private final InputStream in;
  private final Deque<Part> pushedBack = new ArrayDeque<>();
  private byte[] buffer;
  private int position;
  private int limit;
  private boolean ended;
  private long number;
  private boolean complete = true;
  private long bytesRead;

  private byte[] bytes;
  private int from;
  private int to;

  /** A line, or a part of it, that has been copied. */
  static final class Part {
    private final long number;
    private final byte[] bytes;
    private final boolean complete;

    Part(long number, byte[] bytes, boolean complete) {
      this.number = number;
      this.bytes = bytes;
      this.complete = complete;
    }

    long number() {
      return number;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Whether the line ends here. */
    boolean complete() {
      return complete;
    }
  }

  ByteLines(InputStream in) {
    this(in, FIRST_BUFFER_BYTES);
  }

  /** Those of a text that is known to be short. */
  ByteLines(byte[] text) {
    this(new ByteArrayInputStream(text), Math.min(text.length + 1, FIRST_BUFFER_BYTES));
  }

  private ByteLines(InputStream in, int bufferBytes) {
    this.in = in;
    buffer = new byte[bufferBytes];
    bytes = buffer;
  }

  /**
   * Moves on to the next line, or to the next part of a long one.
   *
   * @return whether there is one
   */
  boolean next() throws IOException {
    Part back = pushedBack.pollFirst();
    if (back != null) {
      bytes = back.bytes();
      from = 0;
      to = bytes.length;
      number = back.number();
      complete = back.complete();
      return true;
    }
    boolean begins = complete;
    int scanned = position;
    while (true) {
      int end = lineBreak(scanned);
      boolean found = end < limit;
      if (found || (end - position >= MOST_HELD_BYTES) || (ended && end > position)) {
        take(end, found || ended, begins);
        position = found ? end + 1 : end;
        return true;
      }
      if (ended) {
        return false;
      }
      int seen = end - position;
      fill();
      scanned = position + seen;
    }
  }

  private void take(int end, boolean whole, boolean begins) {
    bytes = buffer;
    from = position;
    to = end;
    complete = whole;
    number += begins ? 1 : 0;
  }

  private int lineBreak(int start) {
    int end = start;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private void fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(0, read);
    bytesRead += Math.max(0, read);
  }

  /** Moves to the end of the line that is being handed out. */
  void skipRest() throws IOException {
    boolean more = true;
    while (more && !complete) {
      more = next();
    }
  }

  /** Hands lines out again, before all others. */
  void pushBack(List<Part> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      pushedBack.addFirst(parts.get(i));
    }
  }

  /** The bytes among which the line or part is, valid until the next one. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  /** The end, exclusive, without the line break. */
  int to() {
    return to;
  }

  /** Whether the line ends here. */
  boolean isComplete() {
    return complete;
  }

  long number() {
    return number;
  }

  Part copy() {
    return new Part(number, Arrays.copyOfRange(bytes, from, to), complete);
  }

  long bytesRead() {
    return bytesRead;
  }
}
