package io.gtrace.governance.routing;

import java.util.List;

/**
 * Work that can run on any of several hosts, now or a little later.
 *
 * @param name what it is called in messages
 * @param demandKwh energy of hardware that arrives in each slot, kWh, 0 or more
 * @param slack slots that it can wait, 0 or more; 0 runs in the slot that it arrives in
 * @param rules that keep it to some hosts; all of them hold
 * @param latencyMs round trip of its users to each host, in the order of hosts; empty where it does
 *     not matter
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record Movable(
    String name, double[] demandKwh, int slack, List<Rule> rules, double[] latencyMs) {
  public Movable {
    rules = List.copyOf(rules);
    if (slack < 0) {
      throw new IllegalArgumentException("the slack of " + name + " must be 0 or more");
    }
    for (double each : demandKwh) {
      if (!(each >= 0 && each < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("the demand of " + name + " must be 0 or more");
      }
    }
  }

  /** Work whose users are equally far from everywhere. */
  public Movable(String name, double[] demandKwh, int slack, List<Rule> rules) {
    this(name, demandKwh, slack, rules, new double[0]);
  }

  boolean mayRunOn(String host) {
    return rules.stream().allMatch(rule -> rule.hosts().contains(host));
  }
}
