package io.gtrace.server.page;

import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * Keeps pages of others from changing anything here in the name of whoever looks at them: what
 * changes something must be sent by a page of this server, or by no browser at all.
 */
final class SameOrigin {
  private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private SameOrigin() {}

  /** This server as somebody reaches it, as in {@code http://localhost:8080}. */
  static String of(ServerRequest request) {
    return request.requestedUri().scheme() + "://" + request.requestedUri().authority();
  }

  /**
   * @throws Problem if a page of another origin sent it
   */
  static void require(ServerRequest request) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    Optional<String> site = request.headers().first(SEC_FETCH_SITE);
    boolean foreign =
        origin.filter(each -> !each.equals(of(request))).isPresent()
            || site.filter(each -> !each.equals("same-origin") && !each.equals("none")).isPresent();
    if (foreign) {
      throw Problem.of(
          Status.FORBIDDEN_403,
          "only pages of this server may do that; open it by its own address");
    }
  }
}
