package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells requests of the server's own pages from those that another site makes a browser send. A
 * browser sends its cookies, and reaches this machine, for whatever page is open in it.
 */
final class SameOrigin {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  /** What a page of the same server sends, and what somebody types in. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  private SameOrigin() {}

  /**
   * @throws Problem if a browser sends this for another site, and it would change something
   */
  static void require(ServerRequest request) {
    if (!READING.contains(request.prologue().method()) && !isOwn(request.headers())) {
      throw Problem.of(
          Status.FORBIDDEN_403,
          "another site makes this browser send this; from programs, show a token instead");
    }
  }

  private static boolean isOwn(ServerRequestHeaders headers) {
    Optional<String> site = headers.first(FETCH_SITE);
    if (site.isPresent()) {
      return OWN.contains(site.get());
    }
    // Older browsers name only the origin; programs name neither.
    Optional<String> origin = headers.first(HeaderNames.ORIGIN);
    return origin.isEmpty()
        || headers
            .first(HeaderNames.HOST)
            .map(host -> origin.get().toLowerCase(Locale.ROOT).endsWith("://" + lower(host)))
            .orElse(false);
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
