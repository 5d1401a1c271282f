package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names by which a server is called at its own machine. A page of another site can have its own
 * name lead to this machine (DNS rebinding); the name in the request tells.
 */
public final class LocalNames {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names;

  /**
   * @param more names besides localhost
   */
  public LocalNames(Set<String> more) {
    names = more.stream().map(LocalNames::lower).collect(Collectors.toCollection(HashSet::new));
    names.addAll(LOCAL);
  }

  /**
   * @throws Problem if the server is called by another name
   */
  void require(ServerRequest request) {
    String host = request.headers().first(HeaderNames.HOST).orElseGet(request::authority);
    if (!names.contains(lower(withoutPort(host)))) {
      throw Problem.of(
          Status.MISDIRECTED_REQUEST_421,
          "without tokens this server is for this machine only, as localhost; tell it of other"
              + " names by --allow-host, or make a token (gtrace token create)");
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
