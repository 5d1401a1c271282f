package io.gtrace.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of an event with a request id: the first 128 bits of the SHA-256 of that. Not for sharing
 * between threads.
 */
final class EventId {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] BEFORE = "request ".getBytes(StandardCharsets.UTF_8);

  private final MessageDigest digest;
  private byte[] bits = new byte[2 * Long.BYTES];

  EventId() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** Takes a request id, in UTF-8. */
  void of(byte[] text, int from, int length) {
    digest.update(BEFORE);
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
