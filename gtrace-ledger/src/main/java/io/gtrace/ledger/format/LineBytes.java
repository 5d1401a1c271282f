package io.gtrace.ledger.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at the bytes of JSON eight at a time. The array has at least {@link #SPARE} more bytes than
 * are looked at.
 */
final class LineBytes {
  /** How far beyond the end of a text it may be looked. */
  static final int SPARE = 8;

  /** No valid JSON. */
  static final int ODD = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long BLANKS = ONES * ' ';
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private LineBytes() {}

  /** A number as four bytes. */
  static int number(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static void putNumber(byte[] bytes, int at, int number) {
    INTS.set(bytes, at, number);
  }

  static int hash(byte[] bytes, int from, int to) {
    long hash = longHash(to - from, bytes, from, to);
    return (int) (hash ^ (hash >>> 29));
  }

  /** A digest of some bytes that goes on from another one. */
  static long longHash(long seed, byte[] bytes, int from, int to) {
    long hash = seed * MIX + (to - from);
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * MIX;
      hash ^= hash >>> 32;
    }
    if (at < to) {
      long rest = (long) LONGS.get(bytes, at) & (-1L >>> (8 * (Long.BYTES - (to - at))));
      hash = (hash ^ rest) * MIX;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /** Whether as many bytes are the same in two arrays; both are looked at some beyond them. */
  static boolean same(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      if ((long) LONGS.get(one, oneFrom + at) != (long) LONGS.get(other, otherFrom + at)) {
        return false;
      }
    }
    if (at == length) {
      return true;
    }
    long difference = (long) LONGS.get(one, oneFrom + at) ^ (long) LONGS.get(other, otherFrom + at);
    return difference << (8 * (Long.BYTES - (length - at))) == 0;
  }

  /**
   * The next byte of a string that is not a plain sign: a quote, a backslash, a control sign or the
   * beginning of a sign that is not ASCII.
   */
  static int nextSpecial(byte[] bytes, int from) {
    int at = from;
    while (true) {
      long eight = (long) LONGS.get(bytes, at);
      long quote = eight ^ QUOTES;
      long backslash = eight ^ BACKSLASHES;
      long special =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((eight - BLANKS) & ~eight)
                  | eight)
              & HIGHS;
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
      at += Long.BYTES;
    }
  }

  /** Where the next line feed is; somewhere from the end on if there is none before it. */
  static int nextLineFeed(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      long feed = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
      long found = (feed - ONES) & ~feed & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    return at;
  }

  /** Where a sign ends that is not ASCII and begins here; {@link #ODD} if it is no UTF-8. */
  static int afterSign(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first >= 0xC2 && first <= 0xDF) {
      return follows(bytes, at + 1, 1);
    }
    int second = bytes[at + 1] & 0xff;
    if (first >= 0xE0 && first <= 0xEF) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return overlong || surrogate ? ODD : follows(bytes, at + 1, 2);
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean tooLarge = first == 0xF4 && second > 0x8F;
      return overlong || tooLarge ? ODD : follows(bytes, at + 1, 3);
    }
    return ODD;
  }

  private static int follows(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return ODD;
      }
    }
    return from + count;
  }

  /** Where an escape ends that begins here with a backslash; {@link #ODD} if it is none. */
  static int afterEscape(byte[] bytes, int at) {
    switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        for (int i = at + 2; i < at + 6; i++) {
          if (Character.digit(bytes[i], 16) < 0) {
            return ODD;
          }
        }
        return at + 6;
      }
      default -> {
        return ODD;
      }
    }
  }

  /** Where a number ends that begins here; {@link #ODD} if it is none. */
  static int afterNumber(byte[] bytes, int from) {
    int at = bytes[from] == '-' ? from + 1 : from;
    int whole = afterDigits(bytes, at);
    if (whole == at || (bytes[at] == '0' && whole > at + 1)) {
      return ODD;
    }
    at = whole;
    if (bytes[at] == '.') {
      int end = afterDigits(bytes, at + 1);
      if (end == at + 1) {
        return ODD;
      }
      at = end;
    }
    if (bytes[at] == 'e' || bytes[at] == 'E') {
      int digits = bytes[at + 1] == '+' || bytes[at + 1] == '-' ? at + 2 : at + 1;
      int end = afterDigits(bytes, digits);
      if (end == digits) {
        return ODD;
      }
      at = end;
    }
    return at;
  }

  private static int afterDigits(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
