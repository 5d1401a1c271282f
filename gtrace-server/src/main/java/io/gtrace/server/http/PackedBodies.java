package io.gtrace.server.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.util.Set;

/**
 * Leaves packed bodies as they come: only {@link Body} unpacks them, since it has bounds, and
 * answers what it does not know.
 */
final class PackedBodies implements ContentEncoding {
  private static final String NAME = "packed";

  @Override
  public Set<String> ids() {
    return Set.of(
        "gzip", "x-gzip", "zstd", "deflate", "compress", "br", "zlib", "snappy", "lz4", "identity");
  }

  @Override
  public boolean supportsEncoding() {
    return false;
  }

  @Override
  public boolean supportsDecoding() {
    return true;
  }

  @Override
  public ContentDecoder decoder() {
    return ContentDecoder.NO_OP;
  }

  @Override
  public ContentEncoder encoder() {
    return ContentEncoder.NO_OP;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return NAME;
  }
}
