package io.gtrace.governance.routing;

import java.util.Set;

/**
 * Keeps work to some hosts, such as a law on where data may go or a longest round trip.
 *
 * @param words how it is told, as in {@code data residency FR, DE}
 * @param hosts names of the hosts that it leaves
 */
public record Rule(String words, Set<String> hosts) {
  public Rule {
    hosts = Set.copyOf(hosts);
  }
}
