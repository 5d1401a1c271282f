package io.gtrace.ledger.format;

import io.gtrace.ledger.format.ByteLines.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The bytes of lines, for a parser that reads on over lines, from the one at which they stand.
 * Never more than one line is handed out at once, so that it is known which have been read. Lines
 * are held from the one on at which the record begins that is being read.
 */
final class DocumentBytes extends InputStream {
  private static final int MOST_HELD_BYTES = 4 << 20;
  private static final int SHOWN_BYTES = 64 << 10;

  /** So many bytes a parser reads at once before it begins. */
  private static final byte[] START = {' ', ' ', ' ', ' '};

  private final ByteLines lines;
  private final boolean fragment;
  private final LongSupplier recordLine;
  private final Deque<Part> held = new ArrayDeque<>();
  private long heldBytes;
  private int position;
  private long handedOut;
  private boolean begun;
  private boolean ended;

  DocumentBytes(ByteLines lines, boolean fragment, LongSupplier recordLine) {
    this.lines = lines;
    this.fragment = fragment;
    this.recordLine = recordLine;
    position = lines.from();
    hold();
  }

  private void hold() {
    while (!held.isEmpty() && (isBefore(held.getFirst()) || heldBytes > MOST_HELD_BYTES)) {
      heldBytes -= held.removeFirst().bytes().length;
    }
    Part part = lines.copy();
    held.addLast(part);
    heldBytes += part.bytes().length;
  }

  /** Whether a line is before the record that is being read; if none is, all are. */
  private boolean isBefore(Part part) {
    long line = recordLine.getAsLong();
    return line == ObjectReader.NONE || part.number() < line;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    if (!begun) {
      begun = true;
      System.arraycopy(START, 0, into, at, START.length);
      handedOut += START.length;
      return START.length;
    }
    if (ended) {
      return -1;
    }
    if (position > end()) {
      if (!lines.next()) {
        ended = true;
        return -1;
      }
      position = lines.from();
      hold();
    }
    int count = Math.min(length, lines.to() - position);
    System.arraycopy(lines.bytes(), position, into, at, count);
    position += count;
    if (count < length && position == lines.to()) {
      if (lines.isComplete()) {
        into[at + count] = '\n';
        count++;
      }
      position = end() + 1;
    }
    handedOut += count;
    return count == 0 ? read(into, at, length) : count;
  }

  /** The last position of a line: its line break, where it has one. */
  private int end() {
    return lines.isComplete() ? lines.to() : lines.to() - 1;
  }

  /** Whether of the last line there is only blank left after so many bytes have been read. */
  boolean isReadUpTo(long bytes) {
    if (ended) {
      return true;
    }
    int from = position - (int) (handedOut - bytes);
    for (int i = Math.max(from, lines.from()); i < lines.to(); i++) {
      byte sign = lines.bytes()[i];
      if (sign != ' ' && sign != '\t' && sign != '\r' && !(fragment && sign == ',')) {
        return false;
      }
    }
    return lines.isComplete();
  }

  /** The lines from one on, as far as they are held. */
  List<Part> heldFrom(long number) {
    return held.stream().filter(part -> part.number() >= number).toList();
  }

  static String text(Part part) {
    return text(part.bytes());
  }

  static String text(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, SHOWN_BYTES), StandardCharsets.UTF_8);
  }

  /** How far a line is indented. */
  static int indentOf(byte[] line) {
    int indent = 0;
    while (indent < line.length && (line[indent] == ' ' || line[indent] == '\t')) {
      indent++;
    }
    return indent;
  }

  /** Whether a line ends with the end of an object or a list, and perhaps a comma. */
  static boolean isClosed(byte[] line) {
    int last = line.length - 1;
    while (last >= 0 && (line[last] <= ' ' || line[last] == ',')) {
      last--;
    }
    return last >= 0 && (line[last] == '}' || line[last] == ']');
  }

  /** Whether a line begins an object or a list that is indented no more than another. */
  static boolean beginsLike(byte[] line, int indent) {
    int own = indentOf(line);
    return own <= indent && own < line.length && (line[own] == '{' || line[own] == '[');
  }
}
