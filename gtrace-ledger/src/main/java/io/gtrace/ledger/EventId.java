package io.gtrace.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of an event with a request id: the first 128 bits of the SHA-256 of a secret of the ledger
 * and that. What tells a metered bucket from others may name a user, so nobody without the secret
 * must be able to find out whether an id is that of a guessed text.
 *
 * <p>The secret has a fixed length and half of the digest is kept, so neither can a text pass for
 * part of the secret, nor can the digest be carried on: what HMAC guards against is guarded against
 * here, at the cost of one block of 64 bytes for request ids of up to 39, and not of four. Not for
 * sharing between threads.
 */
final class EventId {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] secret;
  private final MessageDigest digest;
  private byte[] bits = new byte[2 * Long.BYTES];

  /**
   * @param secret goes before each request id
   */
  EventId(byte[] secret) {
    this.secret = secret.clone();
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** Takes a request id, in UTF-8. */
  void of(byte[] text, int from, int length) {
    digest.update(secret);
    digest.update(text, from, length);
    bits = digest.digest();
  }

  void of(String requestId) {
    byte[] text = requestId.getBytes(StandardCharsets.UTF_8);
    of(text, 0, text.length);
  }

  long high() {
    return (long) LONGS.get(bits, 0);
  }

  long low() {
    return (long) LONGS.get(bits, Long.BYTES);
  }
}
