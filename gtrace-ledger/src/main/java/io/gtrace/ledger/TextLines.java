package io.gtrace.ledger;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a text, in UTF-8, numbered from 1. A line that is too long or not text is skipped
 * without being held, and handed out as {@link Line.Unreadable}.
 */
final class TextLines implements Closeable {
  /** A line of usage has hundreds of bytes; this leaves room for whole prompts beside them. */
  static final int MAX_LINE_BYTES = 16 << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SHOWN_BYTES = 1 << 10;

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long number;
  private long bytesRead;

  /** A line of the text. */
  sealed interface Line {
    long number();

    /** A line that can be read, without its line break. */
    record Text(long number, String text) implements Line {}

    /**
     * A line that cannot, and why.
     *
     * @param shown what of it can be shown
     */
    record Unreadable(long number, String reason, String shown) implements Line {}
  }

  TextLines(InputStream in) {
    this.in = in;
  }

  /** Bytes of the text read so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** Whether something of the next line has been read already. */
  boolean isReady() {
    return position < limit;
  }

  /** The next line; empty at the end. */
  Optional<Line> next() throws IOException {
    if (position == limit && !fill()) {
      return Optional.empty();
    }
    number++;
    ByteArrayOutputStream longer = new ByteArrayOutputStream(0);
    long length = 0;
    while (true) {
      int end = lineBreak();
      int part = end - position;
      length += part;
      boolean complete = end < limit;
      if (complete && longer.size() == 0 && length == part) {
        Line line = decoded(buffer, position, part);
        position = end + 1;
        return Optional.of(line);
      }
      if (length <= MAX_LINE_BYTES) {
        longer.write(buffer, position, part);
      }
      position = complete ? end + 1 : end;
      if (complete || !fill()) {
        return Optional.of(
            length > MAX_LINE_BYTES ? tooLong(length, longer) : decoded(longer.toByteArray()));
      }
    }
  }

  private int lineBreak() {
    int end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    limit = Math.max(0, in.read(buffer));
    bytesRead += limit;
    return limit > 0;
  }

  private Line tooLong(long length, ByteArrayOutputStream beginning) {
    return new Line.Unreadable(
        number,
        "the line has " + length + " bytes, more than the " + MAX_LINE_BYTES + " that are read",
        new String(beginning.toByteArray(), 0, SHOWN_BYTES, StandardCharsets.UTF_8) + "…");
  }

  private Line decoded(byte[] bytes) {
    return decoded(bytes, 0, bytes.length);
  }

  private Line decoded(byte[] bytes, int from, int length) {
    int start = from;
    int end = from + length;
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    boolean byteOrderMark =
        number == 1
            && end - start >= 3
            && Arrays.equals(
                bytes, start, start + 3, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, 3);
    if (byteOrderMark) {
      start += 3;
    }
    try {
      String text = decoder.decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
      return text.indexOf('\0') < 0
          ? new Line.Text(number, text)
          : new Line.Unreadable(number, "the line holds zero bytes: it is not text", text);
    } catch (CharacterCodingException notText) {
      return new Line.Unreadable(
          number,
          "the line is not text in UTF-8",
          new String(bytes, start, end - start, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
