package io.gtrace.simulation.serving;

/**
 * How a fleet does when demand has come at the same rate for long.
 *
 * <p>Requests come at random (Poisson). Each goes to the replica with the fewest in the making,
 * which are made together and share its rate; when all are full, it waits in one line, and is
 * refused when those before it would take too long. With work that scatters exponentially, and with
 * replicas never more than one apart, the number of requests in the fleet is a birth-death process,
 * whose stationary probabilities are products of the ratios of its rates (Kleinrock 1975, Queueing
 * Systems I, chapter 3). Where nothing is shared this is the M/M/c queue with a finite line (Erlang
 * 1917; without a line his loss formula); a single replica that shares a constant rate without
 * limit is M/G/1 processor sharing, whatever the scatter of the work (Kleinrock 1976, volume II,
 * chapter 4). Mean times follow from mean numbers (Little 1961). Of fleets that wait in line with
 * work steadier than exponential the wait is overestimated, at most twice.
 *
 * @param outputsPerS outputs made a second: as many as requests are accepted
 * @param inProgress requests in the making
 * @param inLine accepted requests that wait
 * @param busyReplicas replicas with a request in the making
 * @param workingW power of busy replicas with their machines, W
 */
record SteadyState(
    double outputsPerS, double inProgress, double inLine, double busyReplicas, double workingW) {
  /** States less likely than this, relative to the likeliest, are left out. */
  private static final double NEGLIGIBLE = 1e-12;

  /**
   * The state of a fleet.
   *
   * @param replicas above 0; no whole number where a part of a fleet is looked at
   * @param demandPerS requests a second, above 0
   * @param longestWaitS 0 or more
   */
  static SteadyState of(Replica replica, double replicas, double demandPerS, double longestWaitS) {
    return new Sum(replica, replicas, demandPerS, longestWaitS).total();
  }

  /** Mean time of an accepted request in line and in the making, s. */
  double sojournS() {
    return (inProgress + inLine) / outputsPerS;
  }

  /** Sums over the numbers of requests that a fleet may hold, outwards from the likeliest. */
  private static final class Sum {
    private final Replica replica;
    private final double replicas;
    private final double demandPerS;
    private final double places;
    private final long most;
    private double weight;
    private double outputsPerS;
    private double inProgress;
    private double requests;
    private double busy;
    private double workingW;

    Sum(Replica replica, double replicas, double demandPerS, double longestWaitS) {
      this.replica = replica;
      this.replicas = replicas;
      this.demandPerS = demandPerS;
      places = replicas * replica.curve().largestBatch();
      double line = longestWaitS * replicas * replica.curve().mostOutputsPerS();
      most = Math.max(1, (long) Math.floor(places) + (long) Math.floor(line));
    }

    SteadyState total() {
      long likeliest = likeliest();
      double w = 1;
      for (long held = likeliest; held >= 0 && w > NEGLIGIBLE; held--) {
        add(held, w);
        w *= rate(held) / demandPerS;
      }
      w = 1;
      for (long held = likeliest + 1; held <= most && w > NEGLIGIBLE; held++) {
        w *= demandPerS / rate(held);
        add(held, w);
      }
      return new SteadyState(
          outputsPerS / weight,
          inProgress / weight,
          (requests - inProgress) / weight,
          busy / weight,
          workingW / weight);
    }

    /** The largest number at which the fleet does not yet finish more than comes. */
    private long likeliest() {
      long below = 0;
      long above = most + 1;
      while (above - below > 1) {
        long middle = (below + above) >>> 1;
        if (rate(middle) <= demandPerS) {
          below = middle;
        } else {
          above = middle;
        }
      }
      return below;
    }

    private double inProgress(long held) {
      return Math.min((double) held, places);
    }

    private double ofReplica(long held) {
      return Math.min((double) replica.curve().largestBatch(), inProgress(held) / replicas);
    }

    private double rate(long held) {
      return replicas * replica.outputsPerS(ofReplica(held));
    }

    private void add(long held, double w) {
      double each = ofReplica(held);
      weight += w;
      outputsPerS += w * rate(held);
      inProgress += w * inProgress(held);
      requests += w * (double) held;
      busy += w * replicas * Math.min(1, each);
      workingW += w * replicas * replica.workingW(each);
    }
  }
}
