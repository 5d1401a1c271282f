package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Cuts a text into files of whole lines, one at a time, each small enough to be taken in memory. A
 * line that goes on without end is cut like any other, and then refused by whoever reads it.
 */
final class LinePortions {
  private static final int BUFFER_BYTES = 1 << 18;

  private final InputStream text;
  private final Path file;
  private final long portionBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long linesBefore;
  private boolean ended;
  private Optional<IOException> fault = Optional.empty();

  /**
   * @param file where each portion is written in turn
   * @param portionBytes after so many bytes the next end of a line ends a portion
   */
  LinePortions(InputStream text, Path file, long portionBytes) {
    this.text = text;
    this.file = file;
    this.portionBytes = portionBytes;
  }

  /**
   * A part of the text.
   *
   * @param linesBefore lines of the text that come before it
   */
  record Portion(Path file, long linesBefore, long bytes) {}

  /**
   * The next part; empty at the end.
   *
   * @throws IOException if the text breaks off; all that came before has been handed out
   */
  Optional<Portion> next() throws IOException {
    long before = linesBefore;
    long bytes = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      while (bytes < 2 * portionBytes && fill()) {
        boolean last = bytes + (to - from) >= portionBytes;
        int end = last ? endOfLine((int) Math.max(0, portionBytes - bytes)) : to;
        linesBefore += lines(from, end < 0 ? to : end);
        int written = (end < 0 ? to : end) - from;
        out.write(buffer, from, written);
        bytes += written;
        from += written;
        if (last && end >= 0) {
          break;
        }
      }
    }
    if (bytes == 0 && fault.isPresent()) {
      throw fault.get();
    }
    return bytes == 0 ? Optional.empty() : Optional.of(new Portion(file, before, bytes));
  }

  /** Makes sure that something is in the buffer; false at the end and at a break. */
  private boolean fill() {
    if (from < to) {
      return true;
    }
    if (ended) {
      return false;
    }
    try {
      from = 0;
      to = Math.max(0, text.read(buffer));
      ended = to == 0;
    } catch (IOException breaksOff) {
      fault = Optional.of(breaksOff);
      ended = true;
      to = 0;
    }
    return from < to;
  }

  /** Where the line ends that so many bytes lead into; -1 if not within the buffer. */
  private int endOfLine(int bytes) {
    for (int i = Math.min(to - 1, from + bytes); i < to; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private long lines(int first, int end) {
    long lines = 0;
    for (int i = first; i < end; i++) {
      if (buffer[i] == '\n') {
        lines++;
      }
    }
    return lines;
  }
}
