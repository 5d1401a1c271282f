package io.gtrace.server.journal;

/** More came than can be kept safely; whoever sent it should send it again later. */
public final class OverloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OverloadException(String message) {
    super(message);
  }

  public OverloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
