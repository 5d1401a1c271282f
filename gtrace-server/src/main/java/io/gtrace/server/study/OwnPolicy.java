package io.gtrace.server.study;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content security policy of a page that stands by itself: it names the digests of its own
 * scripts, which no policy for all pages could know.
 */
final class OwnPolicy {
  private static final Pattern META =
      Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">");

  /** What a page cannot say of itself. */
  private static final String AROUND =
      "; connect-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

  private OwnPolicy() {}

  /**
   * @throws IllegalStateException if the page names none
   */
  static String of(String page) {
    Matcher policy = META.matcher(page);
    if (!policy.find()) {
      throw new IllegalStateException("a page of a study names no policy");
    }
    return policy.group(1).replace("&#39;", "'").replace("&#x27;", "'") + AROUND;
  }
}
