package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How much those who call may do in a time. */
public final class Limits {
  /** Of a token by default, a second: more than a machine of two processors answers. */
  public static final double STANDARD_RATE = 50_000;

  private static final double PUBLIC_RATE = 20;
  private static final double PUBLIC_BUCKET = 100;
  private static final double FAILURES_RATE = 0.2;
  private static final double FAILURES_BUCKET = 10;

  private final RateLimit callers;
  private final RateLimit readers;
  private final RateLimit failures;

  /**
   * @param perSecond requests that one token may send; half of that may come at once
   * @param nanoTime a clock that never goes back
   */
  public Limits(double perSecond, LongSupplier nanoTime) {
    callers = new RateLimit(perSecond, perSecond / 2, nanoTime);
    readers = new RateLimit(PUBLIC_RATE, PUBLIC_BUCKET, nanoTime);
    failures = new RateLimit(FAILURES_RATE, FAILURES_BUCKET, nanoTime);
  }

  /** What stands against one more request of a caller. */
  Optional<Problem> ofCaller(Caller caller) {
    return callers
        .take(caller.organisation() + '\n' + caller.name())
        .map(wait -> tooMany(caller.name() + " sends too much", wait));
  }

  /** What stands against one more request of somebody who shows nothing. */
  Optional<Problem> ofReader(String network) {
    return readers.take(network).map(wait -> tooMany("your address asks too much", wait));
  }

  /**
   * What stands against one more failure. Those who guess are slowed, not who is right: others at
   * their address must not be locked out by them.
   */
  Optional<Problem> ofFailure(String network) {
    return failures
        .take(network)
        .map(wait -> tooMany("too much was shown that opens nothing", wait));
  }

  private static Problem tooMany(String what, Duration wait) {
    return Problem.passing(
        Status.TOO_MANY_REQUESTS_429,
        what + "; wait a moment",
        wait.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
  }
}
