package io.gtrace.server.access;

import io.helidon.webserver.http.ServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** From where somebody calls: who connected, whatever headers say. */
final class Address {
  private static final int IPV6_NETWORK_BYTES = 8;

  private Address() {}

  static String of(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress peer
            && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : "unknown";
  }

  /** What one household or host has: an IPv4 address, or a network of IPv6 addresses. */
  static String network(ServerRequest request) {
    if (request.remotePeer().address() instanceof InetSocketAddress peer
        && peer.getAddress() instanceof Inet6Address address) {
      return network(address);
    }
    return of(request);
  }

  private static String network(InetAddress address) {
    return HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_BYTES);
  }
}
