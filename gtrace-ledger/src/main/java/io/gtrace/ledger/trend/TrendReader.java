package io.gtrace.ledger.trend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads files of trends, whose format is told from their content: the exports of Google Trends
 * (over time and by region, in any language), the Wikimedia pageviews API and the Pageviews tool,
 * and tables of counts as CSV or JSON; plain or gzip. Rows and cells that cannot be used are
 * reported and the rest is used.
 */
public final class TrendReader {
  /** A trend has thousands of rows; this holds millions. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private TrendReader() {}

  /**
   * @throws TrendFileException if the file cannot be read or holds no table of figures over time or
   *     by region
   */
  public static TrendFile read(Path file, ReadingOptions options) {
    String name = file.toString();
    if (!Files.exists(file)) {
      throw new TrendFileException(name + ": there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new TrendFileException(name + ": is a folder, not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(name, text(name, atMost(name, in)), options);
    } catch (IOException unreadable) {
      throw new TrendFileException(
          name + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /**
   * The same of a text.
   *
   * @param name what messages call it
   */
  public static TrendFile read(String name, String text, ReadingOptions options) {
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    if (content.isBlank()) {
      throw new TrendFileException(name + ": the file is empty");
    }
    char first = content.stripLeading().charAt(0);
    TrendTable table =
        first == '{' || first == '[' ? JsonTable.read(name, content) : CsvTable.read(name, content);
    return new TableReader(name, table, options).read();
  }

  private static byte[] atMost(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new TrendFileException(
          name + ": is larger than the " + (MOST_BYTES >> 20) + " MiB that are read");
    }
    return bytes;
  }

  private static String text(String name, byte[] stored) throws IOException {
    boolean gzip =
        stored.length > 2 && (stored[0] & 0xff) == GZIP_FIRST && (stored[1] & 0xff) == GZIP_SECOND;
    byte[] bytes = stored;
    if (gzip) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
        bytes = atMost(name, in);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new TrendFileException(name + ": is not text in UTF-8", notText);
    }
  }
}
