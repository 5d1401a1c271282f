package io.gtrace.simulation.serving;

/** Closed forms for servers that each make one thing at a time (Erlang 1917). */
final class Erlang {
  private Erlang() {}

  /** Share that is lost where nothing waits; offered load in servers. */
  static double lost(int servers, double offered) {
    double lost = 1;
    for (int s = 1; s <= servers; s++) {
      lost = offered * lost / (s + offered * lost);
    }
    return lost;
  }

  /** Share that has to wait where the line is endless; offered load below the servers. */
  static double waiting(int servers, double offered) {
    double lost = lost(servers, offered);
    return lost / (1 - offered / servers * (1 - lost));
  }

  /** Mean wait over all, in units of the mean time of service. */
  static double meanWait(int servers, double offered) {
    return waiting(servers, offered) / (servers - offered);
  }
}
