package io.gtrace.ledger;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** The text of a source, unpacked; what is no text is told by its first bytes. */
final class TextContent implements Closeable {
  private static final int START_BYTES = 4_096;

  /** Logs can begin with records that are of no use for telling their format. */
  private static final int SAMPLE_BYTES = 256 << 10;

  /** Begins a colour, which has a bracket after it. */
  private static final byte ESCAPE = 0x1b;

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  /** Text in another encoding has fewer odd signs, anything binary has more. */
  private static final double MOST_ODD_SIGNS = 0.2;

  private static final double MOST_ZEROS = 0.01;

  private final Peeked text;

  private TextContent(Peeked text) {
    this.text = text;
  }

  /**
   * Opens a source for reading; the caller closes it.
   *
   * @throws UsageException if it holds no text
   */
  static TextContent open(UsageSource source) throws IOException {
    InputStream stored = source.content().open();
    try {
      if (stored instanceof GrowingText growing) {
        return growing(source, growing);
      }
      Peeked plain = Peeked.at(stored, START_BYTES);
      if (isGzip(plain.start) || isZstd(plain.start)) {
        Peeked unpacked = unpacked(source, plain);
        requireText(source, unpacked.start);
        return new TextContent(unpacked);
      }
      requirePlain(source, plain.start);
      return new TextContent(Peeked.at(plain.whole(), SAMPLE_BYTES));
    } catch (IOException | RuntimeException refused) {
      stored.close();
      throw refused;
    }
  }

  private static TextContent growing(UsageSource source, GrowingText growing) throws IOException {
    byte[] start = growing.peek(SAMPLE_BYTES);
    if (isGzip(start) || isZstd(start)) {
      throw new UsageException(
          source.name() + ": is packed, so nobody can write on it; leave out --follow");
    }
    requireText(source, start);
    return new TextContent(new Peeked(start, growing, true));
  }

  /** The text, if others still write on it. */
  Optional<GrowingText> growing() {
    return text.rest instanceof GrowingText growing ? Optional.of(growing) : Optional.empty();
  }

  /** Its first bytes. */
  byte[] sample() {
    return text.start;
  }

  /** The text from its beginning. */
  InputStream whole() {
    return text.whole();
  }

  /**
   * Whether it is JSON, by its first sign.
   *
   * @param named whether its name says so; then any of its first lines will do
   */
  boolean isJson(boolean named) {
    boolean begins = true;
    for (byte sign : text.start) {
      boolean leading =
          (sign <= ' ' && sign != ESCAPE) || sign == (byte) 0xBB || sign == (byte) 0xBF;
      if (sign == '\n') {
        begins = true;
      } else if (begins && !leading) {
        if (sign == '{' || sign == '[') {
          return true;
        }
        if (!named) {
          return false;
        }
        begins = false;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    text.rest.close();
  }

  /** A stream of which the first bytes are known: fewer where it ends or breaks off. */
  private static final class Peeked {
    private final byte[] start;
    private final InputStream rest;

    /** Whether the rest has the first bytes too. */
    private final boolean again;

    private Peeked(byte[] start, InputStream rest, boolean again) {
      this.start = start;
      this.rest = rest;
      this.again = again;
    }

    /** The stream from its beginning; hands out all that comes before a break. */
    InputStream whole() {
      return again ? rest : new SequenceInputStream(new ByteArrayInputStream(start), rest);
    }

    static Peeked at(InputStream in, int bytes) throws IOException {
      byte[] start = new byte[bytes];
      int length = 0;
      try {
        for (int read = 0; read >= 0 && length < bytes; ) {
          read = in.read(start, length, bytes - length);
          length += Math.max(0, read);
        }
      } catch (EOFException | ZipException breaksOff) {
        // Whoever reads on meets the break again.
        if (length == 0) {
          throw breaksOff;
        }
      }
      return new Peeked(Arrays.copyOf(start, length), in, false);
    }
  }

  private static boolean isGzip(byte[] start) {
    return start.length >= 2 && (start[0] & 0xff) == GZIP_FIRST && (start[1] & 0xff) == GZIP_SECOND;
  }

  private static boolean isZstd(byte[] start) {
    return start.length >= ZSTD.length
        && Arrays.equals(start, 0, ZSTD.length, ZSTD, 0, ZSTD.length);
  }

  private static Peeked unpacked(UsageSource source, Peeked stored) throws IOException {
    boolean gzip = isGzip(stored.start);
    try {
      InputStream unpacked =
          gzip ? UnpackedStream.ofGzip(stored.whole()) : UnpackedStream.ofZstd(stored.whole());
      return Peeked.at(unpacked, SAMPLE_BYTES);
    } catch (EOFException | ZipException broken) {
      throw new UsageException(
          source.name()
              + ": begins like "
              + (gzip ? "gzip" : "zstd")
              + ", but nothing of it can be unpacked; copy or pack it again",
          broken);
    }
  }

  private static void requirePlain(UsageSource source, byte[] start) {
    String name = source.name().toLowerCase(Locale.ROOT);
    boolean packed = name.endsWith(".gz") || name.endsWith(".zst");
    if (packed && !isText(new String(start, StandardCharsets.UTF_8))) {
      throw new UsageException(
          source.name()
              + ": is not "
              + (name.endsWith(".gz") ? "gzip" : "zstd")
              + ", though its name says so; pack it again");
    }
    requireText(source, start);
  }

  private static void requireText(UsageSource source, byte[] sample) {
    byte[] start = Arrays.copyOf(sample, Math.min(sample.length, START_BYTES));
    String text = new String(start, StandardCharsets.UTF_8);
    if (text.startsWith("PAR1")) {
      throw new UsageException(
          source.name() + ": is a Parquet file; it cannot be packed or come through a pipe");
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
}
