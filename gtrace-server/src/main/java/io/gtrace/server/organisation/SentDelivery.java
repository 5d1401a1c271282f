package io.gtrace.server.organisation;

import io.gtrace.server.access.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery as it came.
 *
 * @param id the same for one that is sent again
 * @param content the digest of what is in it; empty for one that is never sent again
 * @param arrived when it came first
 */
public record SentDelivery(String id, Optional<String> content, Instant arrived) {
  private static final int DIGEST_BYTES = 16;

  /** One that is never sent again. */
  static SentDelivery once(Instant arrived) {
    return new SentDelivery(UUID.randomUUID().toString(), Optional.empty(), arrived);
  }

  /**
   * One under a key of its sender, which is nobody else's and of no other route.
   *
   * @param sender the name of whoever sends it
   * @param route where it is sent to
   * @param query how the route was asked to read it
   */
  static SentDelivery under(
      String key, String sender, String route, String query, byte[] body, Instant arrived) {
    byte[] id = Sha256.of(sender + '\n' + route + '\n' + key);
    byte[] content =
        Sha256.of((query + '\n' + hex(Sha256.of(body))).getBytes(StandardCharsets.UTF_8));
    return new SentDelivery(hex(id), Optional.of(hex(content)), arrived);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
  }

  SentDelivery firstAt(Instant first) {
    return new SentDelivery(id, content, first);
  }
}
