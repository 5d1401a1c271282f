package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Bodies of requests, plain or packed, never larger than they may be. */
public final class Body {
  private static final String GZIP = "gzip";
  private static final String PLAIN = "identity";
  private static final int PART_BYTES = 64 << 10;

  /** A body of the largest size comes within it at 2 Mbit/s. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Body() {}

  /**
   * The body of a request, unpacked.
   *
   * @param mostBytes it may have, unpacked
   * @throws Problem if it is larger, broken off, or packed in a way that is not known
   */
  public static byte[] of(ServerRequest request, int mostBytes) {
    String packed =
        request
            .headers()
            .first(HeaderNames.CONTENT_ENCODING)
            .orElse(PLAIN)
            .toLowerCase(Locale.ROOT);
    try (InputStream in = request.content().inputStream()) {
      return switch (packed) {
        case PLAIN, "" -> read(in, mostBytes);
        case GZIP -> {
          try (InputStream unpacked = new GZIPInputStream(in)) {
            yield read(unpacked, mostBytes);
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

  private static byte[] read(InputStream in, int mostBytes) throws IOException {
    // A limit on single reads would not do: a byte now and then keeps a connection for ever.
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[PART_BYTES];
    for (int bytes = in.read(part); bytes >= 0; bytes = in.read(part)) {
      body.write(part, 0, bytes);
      if (body.size() > mostBytes) {
        throw Problem.of(
            Status.REQUEST_ENTITY_TOO_LARGE_413,
            String.format(
                Locale.ROOT, "the body is larger than %,d bytes; send it in parts", mostBytes));
      }
      if (System.nanoTime() - deadline > 0) {
        throw Problem.of(
            Status.REQUEST_TIMEOUT_408,
            "the body takes longer than " + PATIENCE.toSeconds() + " s; send it in parts");
      }
    }
    return body.toByteArray();
  }
}
