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
 * chapter 4). Mean times follow from mean numbers (Little 1961). Work steadier than exponential
 * waits in line for less, down to half of it. In small fleets whose batches save little, replicas
 * drift further apart than one, which costs up to a tenth more time.
 *
 * @param acceptedShare share of the requests that are accepted, 0 to 1
 * @param outputsPerS outputs made a second
 * @param inProgress requests in the making
 * @param inLine accepted requests that wait
 * @param busyReplicas replicas with a request in the making
 * @param workingW power of busy replicas with their machines, W
 */
record SteadyState(
    double acceptedShare,
    double outputsPerS,
    double inProgress,
    double inLine,
    double busyReplicas,
    double workingW) {
  /** States less likely than this, relative to the likeliest, are left out. */
  private static final double NEGLIGIBLE = 1e-10;

  /** Places of a fleet beyond which more of them make no difference to any one request. */
  private static final double LARGE = 20_000;

  /**
   * The state of a fleet. One of more than 20,000 places is taken as several of as many.
   *
   * @param replicas above 0; no whole number where a part of a fleet is looked at
   * @param demandPerS requests a second, above 0
   * @param longestWaitS 0 or more
   */
  static SteadyState of(Replica replica, double replicas, double demandPerS, double longestWaitS) {
    double fleets = Math.max(1, replicas * replica.curve().largestBatch() / LARGE);
    SteadyState one =
        new Sum(replica, replicas / fleets, demandPerS / fleets, longestWaitS).total();
    return new SteadyState(
        one.acceptedShare,
        one.outputsPerS * fleets,
        one.inProgress * fleets,
        one.inLine * fleets,
        one.busyReplicas * fleets,
        one.workingW * fleets);
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
    private final int largestBatch;
    private final double places;
    private final long wholePlaces;
    private final long line;
    private double weight;
    private double refused;
    private double outputsPerS;
    private double inProgress;
    private double requests;
    private double busy;
    private double workingW;

    Sum(Replica replica, double replicas, double demandPerS, double longestWaitS) {
      this.replica = replica;
      this.replicas = replicas;
      this.demandPerS = demandPerS;
      largestBatch = replica.curve().largestBatch();
      places = replicas * largestBatch;
      wholePlaces = (long) Math.floor(places);
      double longest = longestWaitS * replicas * replica.curve().mostOutputsPerS();
      line = Math.max(wholePlaces == 0 ? 1 : 0, (long) Math.floor(longest));
    }

    SteadyState total() {
      double logLoad = Math.log(demandPerS / rate(largestBatch));
      if (logLoad > 0) {
        addLine(TruncatedGeometric.endingAt(1, logLoad, line));
        addDownFrom(wholePlaces, Math.exp(-logLoad * line));
      } else {
        long likeliest = likeliest();
        addDownFrom(likeliest, 1);
        double full = addUpFrom(likeliest, 1);
        addLine(TruncatedGeometric.after(full, logLoad, line));
      }
      return new SteadyState(
          1 - refused / weight,
          outputsPerS / weight,
          inProgress / weight,
          (requests - inProgress) / weight,
          busy / weight,
          workingW / weight);
    }

    /**
     * The largest number at which the fleet, nobody in line, does not yet finish more than comes.
     */
    private long likeliest() {
      long below = 0;
      long above = wholePlaces + 1;
      while (above - below > 1) {
        long middle = (below + above) >>> 1;
        if (rate(each(middle)) <= demandPerS) {
          below = middle;
        } else {
          above = middle;
        }
      }
      return below;
    }

    /** Adds the numbers from one of this weight down. */
    private void addDownFrom(long first, double itsWeight) {
      double w = itsWeight;
      for (long held = first; held >= 0 && w > NEGLIGIBLE; held--) {
        double each = each(held);
        add(each, (double) held, w);
        refused += line == 0 && held == wholePlaces ? w : 0;
        w *= rate(each) / demandPerS;
      }
    }

    /** Adds the numbers above one of this weight; returns the weight of all places taken. */
    private double addUpFrom(long before, double itsWeight) {
      double w = itsWeight;
      for (long held = before + 1; held <= wholePlaces; held++) {
        double each = each(held);
        w *= demandPerS / rate(each);
        if (w < NEGLIGIBLE) {
          return 0;
        }
        add(each, (double) held, w);
      }
      refused += line == 0 && before < wholePlaces ? w : 0;
      return w;
    }

    private void addLine(TruncatedGeometric waiting) {
      if (line > 0) {
        add(largestBatch, (double) wholePlaces + waiting.mean(), waiting.weight());
        refused += waiting.last();
      }
    }

    /** Requests in the making on each replica, on average, when the fleet holds so many. */
    private double each(long held) {
      return Math.min(largestBatch, held / replicas);
    }

    private double rate(double each) {
      return replicas * replica.curve().outputsPerS(each);
    }

    private void add(double each, double held, double w) {
      weight += w;
      outputsPerS += w * rate(each);
      inProgress += w * Math.min(held, places);
      requests += w * held;
      busy += w * replicas * Math.min(1, each);
      workingW += w * replicas * replica.workingW(each);
    }
  }
}
