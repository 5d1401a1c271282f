package io.gtrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final RateLimit limit = new RateLimit(2, 3, now::get);

  private long takenOf(int asked, String who) {
    long taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += limit.take(who).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aBucketHoldsWhatItHoldsAndFillsAtItsRate() {
    assertThat(takenOf(10, "a")).isEqualTo(3);
    assertThat(limit.take("a")).hasValue(Duration.ofMillis(500));
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(takenOf(10, "a")).isEqualTo(2);
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(takenOf(10, "a")).isEqualTo(3);
  }

  @Test
  void eachHasTheirOwn() {
    takenOf(10, "a");
    assertThat(takenOf(10, "b")).isEqualTo(3);
  }

  @Test
  void thoseWhoAreTooManyShareOne() {
    for (int i = 0; i < 60_000; i++) {
      limit.take("from " + i);
    }
    assertThat(takenOf(10, "new")).isZero();
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(takenOf(10, "new")).isEqualTo(3);
  }
}
