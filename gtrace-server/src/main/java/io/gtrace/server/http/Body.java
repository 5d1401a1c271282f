package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Bodies of requests, plain or packed, never larger than they may be. */
public final class Body {
  private static final String GZIP = "gzip";
  private static final String PLAIN = "identity";

  /** A body of the largest size comes within it at 2 Mbit/s. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int FIRST_PORTION = 16 << 10;
  private static final int LARGEST_PORTION = 1 << 20;

  private Body() {}

  /**
   * The body of a request, unpacked.
   *
   * @param mostBytes it may have, unpacked
   * @throws Problem if it is larger, broken off, or packed in a way that is not known
   */
  public static byte[] of(ServerRequest request, int mostBytes) {
    return of(request, mostBytes, LONGEST, bytes -> {});
  }

  /**
   * The body of a request, unpacked.
   *
   * @param longest that it may take
   * @param growth told of bytes before they are read, so that it can end the reading
   */
  static byte[] of(ServerRequest request, int mostBytes, Duration longest, IntConsumer growth) {
    try (Deadline _ = new Deadline(longest)) {
      return of(request, mostBytes, growth);
    }
  }

  private static byte[] of(ServerRequest request, int mostBytes, IntConsumer growth) {
    String packed =
        request
            .headers()
            .first(HeaderNames.CONTENT_ENCODING)
            .orElse(PLAIN)
            .toLowerCase(Locale.ROOT);
    try (InputStream in = request.content().inputStream()) {
      return switch (packed) {
        case PLAIN, "" -> read(in, mostBytes, growth);
        case GZIP -> {
          try (InputStream unpacked = new GZIPInputStream(in)) {
            byte[] body = read(unpacked, mostBytes, growth);
            requireEnd(in);
            yield body;
          }
        }
        default ->
            throw Problem.of(
                Status.UNSUPPORTED_MEDIA_TYPE_415,
                "Content-Encoding '" + packed + "' is not known; send gzip or nothing");
      };
    } catch (ZipException damaged) {
      throw Problem.of(Status.BAD_REQUEST_400, "the body is no gzip: " + damaged.getMessage());
    } catch (IOException brokenOff) {
      throw Problem.of(Status.BAD_REQUEST_400, "the body breaks off: " + brokenOff.getMessage());
    }
  }

  /** A connection can be used again once its request is read to the end. */
  private static void requireEnd(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw Problem.of(Status.BAD_REQUEST_400, "the body goes on behind the end of its gzip");
    }
  }

  private static byte[] read(InputStream in, int mostBytes, IntConsumer growth) throws IOException {
    List<byte[]> portions = new ArrayList<>();
    int length = 0;
    for (int portion = FIRST_PORTION; ; portion = Math.min(2 * portion, LARGEST_PORTION)) {
      growth.accept(portion);
      byte[] read = in.readNBytes(portion);
      portions.add(read);
      length += read.length;
      if (length > mostBytes) {
        throw Problem.of(
            Status.REQUEST_ENTITY_TOO_LARGE_413,
            String.format(
                Locale.ROOT, "the body is larger than %,d bytes; send it in parts", mostBytes));
      }
      if (read.length < portion) {
        return joined(portions, length);
      }
    }
  }

  private static byte[] joined(List<byte[]> portions, int length) {
    if (portions.size() == 1) {
      return portions.get(0);
    }
    byte[] body = new byte[length];
    int at = 0;
    for (byte[] portion : portions) {
      System.arraycopy(portion, 0, body, at, portion.length);
      at += portion.length;
    }
    return body;
  }
}
