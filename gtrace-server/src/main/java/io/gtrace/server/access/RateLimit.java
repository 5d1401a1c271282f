package io.gtrace.server.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much each of many may do: a bucket of permits for each, which fills at a steady rate. Memory
 * is bounded: when too many are known, those whose buckets are full again are forgotten; while
 * there are still too many, those who are new share one. Safe for use by many threads.
 */
final class RateLimit {
  private static final int MOST_KNOWN = 50_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

  private final long nanosPerPermit;
  private final long bucketNanos;
  private final LongSupplier nanoTime;

  private final AtomicLong forgotten;

  /** When the bucket of each will be full again. */
  private final Map<String, Long> fullAt = new ConcurrentHashMap<>();

  /**
   * @param perSecond permits that come back in a second; more than 0
   * @param bucket permits that may be taken at once; at least 1
   * @param nanoTime a clock that never goes back
   */
  RateLimit(double perSecond, double bucket, LongSupplier nanoTime) {
    nanosPerPermit = (long) (NANOS_PER_SECOND / perSecond);
    bucketNanos = (long) (NANOS_PER_SECOND / perSecond * Math.max(1, bucket));
    this.nanoTime = nanoTime;
    forgotten = new AtomicLong(nanoTime.getAsLong() - 2 * BETWEEN_NANOS);
  }

  /**
   * Takes a permit.
   *
   * @return how long to wait for the next one if there is none; empty if one was taken
   */
  Optional<Duration> take(String who) {
    long now = nanoTime.getAsLong();
    String key = known(who, now);
    Wait wait = new Wait();
    fullAt.compute(
        key,
        (same, full) -> {
          long from = full == null || full - now < 0 ? now : full;
          long then = from + nanosPerPermit;
          wait.nanos = then - now - bucketNanos;
          return wait.nanos > 0 ? from : then;
        });
    return wait.nanos > 0 ? Optional.of(Duration.ofNanos(wait.nanos)) : Optional.empty();
  }

  private static final class Wait {
    private long nanos;
  }

  private String known(String who, long now) {
    if (fullAt.size() < MOST_KNOWN || fullAt.containsKey(who)) {
      return who;
    }
    long last = forgotten.get();
    // To look at all for each who is new would be work that strangers could give.
    if (now - last > BETWEEN_NANOS && forgotten.compareAndSet(last, now)) {
      fullAt.values().removeIf(full -> full - now < 0);
    }
    return fullAt.size() < MOST_KNOWN ? who : "";
  }
}
