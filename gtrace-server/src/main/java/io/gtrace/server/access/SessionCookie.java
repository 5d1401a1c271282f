package io.gtrace.server.access;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;

/** What a browser keeps of a session: out of reach of scripts and of other sites. */
final class SessionCookie {
  private static final String NAME = "gtrace_session";

  /** Browsers take it only over TLS, and for no other host. */
  private static final String NAME_ENCRYPTED = "__Host-" + NAME;

  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

  private SessionCookie() {}

  static Optional<String> of(ServerRequest request) {
    return request.headers().cookies().first(name(request)).asOptional();
  }

  static SetCookie with(ServerRequest request, String id, Duration lifetime) {
    return SetCookie.builder(name(request), id)
        .path("/")
        .maxAge(lifetime)
        .httpOnly(true)
        .secure(isEncrypted(request))
        .sameSite(SetCookie.SameSite.STRICT)
        .build();
  }

  private static String name(ServerRequest request) {
    return isEncrypted(request) ? NAME_ENCRYPTED : NAME;
  }

  /** A proxy that encrypts says so; whoever else does so only makes their own cookie stricter. */
  private static boolean isEncrypted(ServerRequest request) {
    return request.isSecure()
        || request.headers().first(FORWARDED_PROTO).filter("https"::equals).isPresent();
  }
}
