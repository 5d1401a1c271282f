package io.gtrace.ledger.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBytesTest {
  private static final int MOST = 40;

  @Test
  void bytesAreTheSameWhateverFollowsThemAndDifferByAnyOfThem() {
    Random random = new Random(7);
    for (int length = 0; length <= MOST; length++) {
      byte[] one = bytes(random);
      byte[] other = bytes(random);
      int from = random.nextInt(LineBytes.SPARE);
      System.arraycopy(one, 3, other, from, length);
      assertThat(LineBytes.same(one, 3, other, from, length)).as("length %s", length).isTrue();
      for (int place = 0; place < length; place++) {
        other[from + place] ^= 1;
        assertThat(LineBytes.same(one, 3, other, from, length))
            .as("length %s, place %s", length, place)
            .isFalse();
        other[from + place] ^= 1;
      }
    }
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[MOST + 2 * LineBytes.SPARE];
    random.nextBytes(bytes);
    return bytes;
  }
}
