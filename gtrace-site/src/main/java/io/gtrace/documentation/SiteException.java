package io.gtrace.documentation;

/** The site cannot be built: the message says which file is wrong, and in what. */
final class SiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SiteException(String message) {
    super(message);
  }
}
