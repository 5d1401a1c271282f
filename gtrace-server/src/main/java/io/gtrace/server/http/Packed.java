package io.gtrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A content that is packed once, when it is first asked for. Safe for use by many threads. */
public final class Packed {
  /** Less fits into one packet of the network anyhow. */
  private static final int WORTH_PACKING = 1_400;

  private static final String GZIP = "gzip";

  private final byte[] plain;
  private byte @Nullable [] packed;

  /**
   * @param plain taken over, not copied
   */
  public Packed(byte[] plain) {
    this.plain = plain;
  }

  /** As it is; not to be changed. */
  public byte[] plain() {
    return plain;
  }

  /** Answers with it, packed for those who can unpack it. */
  public void send(ServerRequest request, ServerResponse response, String mediaType) {
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    response.header(HeaderNames.VARY, "Accept-Encoding");
    boolean packs =
        plain.length > WORTH_PACKING
            && request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("").contains(GZIP);
    if (packs) {
      response.header(HeaderNames.CONTENT_ENCODING, GZIP).send(packed());
    } else {
      response.send(plain);
    }
  }

  private synchronized byte[] packed() {
    byte[] known = packed;
    if (known == null) {
      known = gzip(plain);
      packed = known;
    }
    return known;
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 3);
    try (OutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
