package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Bodies of requests, plain or packed, never larger than they may be. */
public final class Body {
  private static final String GZIP = "gzip";
  private static final String PLAIN = "identity";

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
    byte[] body = in.readNBytes(mostBytes + 1);
    if (body.length > mostBytes) {
      throw Problem.of(
          Status.REQUEST_ENTITY_TOO_LARGE_413,
          String.format(
              Locale.ROOT, "the body is larger than %,d bytes; send it in parts", mostBytes));
    }
    return body;
  }
}
