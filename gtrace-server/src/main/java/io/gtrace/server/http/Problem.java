package io.gtrace.server.http;

import io.helidon.http.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer that says what is wrong, in the form of RFC 9457. What its detail says is meant for
 * whoever asked.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final transient Optional<Duration> retryAfter;

  private Problem(Status status, String detail, Optional<Duration> retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /**
   * @param detail what is wrong and what to do, for people
   */
  public static Problem of(Status status, String detail) {
    return new Problem(status, detail, Optional.empty());
  }

  /** One that will be over. */
  public static Problem passing(Status status, String detail, Duration retryAfter) {
    return new Problem(status, detail, Optional.of(retryAfter));
  }

  public Status status() {
    return status;
  }

  /** What is wrong. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** When to try again, if that makes sense. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
