package io.gtrace.ledger;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of a source, unpacked; what is no text is told by its first bytes. */
final class TextContent {
  private static final int START_BYTES = 4_096;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  /** Text in another encoding has fewer odd signs, anything binary has more. */
  private static final double MOST_ODD_SIGNS = 0.2;

  private static final double MOST_ZEROS = 0.01;

  private TextContent() {}

  /**
   * Opens a source for reading; the caller closes it.
   *
   * @throws UsageException if it holds no text
   */
  static InputStream open(UsageSource source) throws IOException {
    InputStream stored = source.content().open();
    try {
      Peeked plain = Peeked.at(stored);
      if (!isGzip(plain.start)) {
        requirePlain(source, plain.start);
        return plain.whole();
      }
      Peeked unpacked = unpacked(source, plain.whole());
      requireText(source, unpacked.start);
      return unpacked.whole();
    } catch (IOException | RuntimeException refused) {
      stored.close();
      throw refused;
    }
  }

  /** A stream of which the first bytes are known: fewer where it ends or breaks off. */
  private static final class Peeked {
    private final byte[] start;
    private final InputStream rest;

    private Peeked(byte[] start, InputStream rest) {
      this.start = start;
      this.rest = rest;
    }

    /** The stream from its beginning; hands out all that comes before a break. */
    InputStream whole() {
      return new SequenceInputStream(new ByteArrayInputStream(start), rest);
    }

    static Peeked at(InputStream in) throws IOException {
      byte[] start = new byte[START_BYTES];
      int length = 0;
      try {
        for (int read = 0; read >= 0 && length < START_BYTES; ) {
          read = in.read(start, length, START_BYTES - length);
          length += Math.max(0, read);
        }
      } catch (EOFException | ZipException breaksOff) {
        // Whoever reads on meets the break again.
        if (length == 0) {
          throw breaksOff;
        }
      }
      return new Peeked(Arrays.copyOf(start, length), in);
    }
  }

  private static boolean isGzip(byte[] start) {
    return start.length >= 2 && (start[0] & 0xff) == GZIP_FIRST && (start[1] & 0xff) == GZIP_SECOND;
  }

  private static Peeked unpacked(UsageSource source, InputStream stored) throws IOException {
    try {
      return Peeked.at(new GZIPInputStream(stored, BUFFER_BYTES));
    } catch (EOFException | ZipException broken) {
      throw new UsageException(
          source.name()
              + ": begins like gzip, but nothing of it can be unpacked; copy or pack it again",
          broken);
    }
  }

  private static void requirePlain(UsageSource source, byte[] start) {
    boolean toBeGzip = source.name().toLowerCase(Locale.ROOT).endsWith(".gz");
    if (toBeGzip && !isText(new String(start, StandardCharsets.UTF_8))) {
      throw new UsageException(
          source.name() + ": is not gzip, though its name says so; pack it again");
    }
    requireText(source, start);
  }

  private static void requireText(UsageSource source, byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8);
    if (text.startsWith("PAR1")) {
      throw new UsageException(source.name() + ": is a Parquet file; let its name end in .parquet");
    }
    if (text.startsWith("PK\u0003\u0004")) {
      throw new UsageException(source.name() + ": is a ZIP or Excel file; save it as CSV in UTF-8");
    }
    if (!isText(text)) {
      throw new UsageException(
          source.name()
              + ": is not a text file in UTF-8 but binary or in another encoding; save it as text"
              + " in UTF-8");
    }
    if (source.format() == UsageFormat.JSONL) {
      requireLines(source, text);
    }
  }

  private static boolean isText(String text) {
    long zeros = text.chars().filter(c -> c == 0).count();
    long odd = text.chars().filter(TextContent::isOdd).count();
    return zeros <= MOST_ZEROS * text.length() && odd <= MOST_ODD_SIGNS * text.length();
  }

  private static boolean isOdd(int sign) {
    boolean control = sign < ' ' && sign != '\t' && sign != '\n' && sign != '\r';
    return control || sign == '\u007f' || sign == '\ufffd';
  }

  private static void requireLines(UsageSource source, String text) {
    String first = text.replaceFirst("^\ufeff", "").stripLeading();
    if (first.startsWith("[")) {
      throw new UsageException(
          source.name() + ": is one JSON array; write one object a line (jq -c '.[]' does it)");
    }
    if (first.matches("(?s)\\{\\h*\\R.*")) {
      throw new UsageException(
          source.name()
              + ": has JSON objects over several lines; write one object a line (jq -c . does it)");
    }
  }
}
