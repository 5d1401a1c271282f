package io.gtrace.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * What every answer tells a browser: nothing from elsewhere, in nobody else's frame, and no figures
 * kept. A handler may set its own {@code Cache-Control}, for what anybody may keep.
 */
public final class SecurityHeaders implements Filter {
  private static final List<Header> ALL =
      List.of(
          HeaderValues.createCached(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri"
                  + " 'none'"),
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("X-Frame-Options", "DENY"),
          HeaderValues.createCached("Referrer-Policy", "same-origin"),
          HeaderValues.createCached(
              "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
          HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
          HeaderValues.createCached("Cache-Control", "no-store"));

  private static final Header ONLY_ENCRYPTED =
      HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    ALL.forEach(response::header);
    if (request.isSecure()) {
      response.header(ONLY_ENCRYPTED);
    }
    chain.proceed();
  }
}
