package io.gtrace.server.access;

import io.helidon.webserver.http.ServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/**
 * From where somebody calls: who connected, whatever headers say.
 *
 * @param text for the audit log
 * @param network what one household or host has: an IPv4 address, or a network of IPv6 addresses
 */
public record Address(String text, String network) {
  private static final int IPV6_NETWORK_BYTES = 8;

  public static Address of(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress peer
            && peer.getAddress() != null
        ? of(peer.getAddress())
        : new Address("unknown", "unknown");
  }

  static Address of(InetAddress address) {
    String text = address.getHostAddress();
    return new Address(
        text,
        address instanceof Inet6Address
            ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_BYTES)
            : text);
  }
}
