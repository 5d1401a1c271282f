package io.gtrace.simulation.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;

/**
 * A fleet request by request, event by event: what the formulas for an hour are checked against. A
 * request goes to the replica with the fewest in the making and stays there; those of a replica
 * share its rate alike; what finds all places taken waits in one line of limited length.
 */
final class RequestQueue {
  private final Replica replica;
  private final Server[] servers;
  private final long places;
  private final Deque<Request> line = new ArrayDeque<>();
  private double now;
  private boolean watching;
  private final Tally tally = new Tally();

  /** One to be made: when it came, and its work as a share of a typical output. */
  private record Request(double cameS, double work) {}

  /** A request in the making ends when its replica has done this much for each of its requests. */
  private record Making(double endsAtProgress, double cameS) {}

  /**
   * What was seen, on average over requests or time.
   *
   * @param acceptedShare of all requests
   * @param waitedShare of the accepted ones, that had to wait in line
   * @param inLineS wait in line
   * @param sojournS from coming to being made
   */
  record Seen(
      double acceptedShare,
      double waitedShare,
      double inLineS,
      double sojournS,
      double outputsPerS,
      double inProgress,
      double busyReplicas,
      double workingW) {}

  RequestQueue(Replica replica, int replicas, double longestWaitS) {
    this.replica = replica;
    servers = new Server[replicas];
    for (int s = 0; s < replicas; s++) {
      servers[s] = new Server();
    }
    places = (long) Math.floor(longestWaitS * replicas * replica.curve().mostOutputsPerS());
  }

  /** Runs so many requests, after a tenth as many that nobody watches. */
  Seen run(int requests, ContinuousSampler gapsS, ContinuousSampler work) {
    double comesS = gapsS.sample();
    for (int come = -requests / 10; come < requests; ) {
      Server next = nextToFinish();
      if (next.finishesS < comesS) {
        passTo(next.finishesS);
        finish(next);
      } else {
        passTo(comesS);
        watching = come >= 0;
        arrive(new Request(now, work.sample()));
        comesS = now + gapsS.sample();
        come++;
      }
    }
    return tally.seen();
  }

  private Server nextToFinish() {
    Server next = servers[0];
    for (Server server : servers) {
      next = server.finishesS < next.finishesS ? server : next;
    }
    return next;
  }

  private void passTo(double time) {
    if (watching) {
      double passedS = time - now;
      tally.seconds += passedS;
      for (Server server : servers) {
        int batch = server.making.size();
        tally.inProgress += passedS * batch;
        tally.busy += batch > 0 ? passedS : 0;
        tally.joules += passedS * replica.workingW((double) batch);
      }
    }
    now = time;
  }

  private void arrive(Request request) {
    Server fewest = servers[0];
    for (Server server : servers) {
      fewest = server.making.size() < fewest.making.size() ? server : fewest;
    }
    tally.came += watching ? 1 : 0;
    if (fewest.making.size() < replica.curve().largestBatch()) {
      tally.accepted += watching ? 1 : 0;
      fewest.begin(request);
    } else if (line.size() < places) {
      tally.accepted += watching ? 1 : 0;
      tally.waited += watching ? 1 : 0;
      line.add(request);
    }
  }

  private void finish(Server server) {
    double cameS = server.finish();
    if (watching) {
      tally.made++;
      tally.sojournS += now - cameS;
    }
    Request first = line.poll();
    if (first != null) {
      tally.inLineS += watching ? now - first.cameS() : 0;
      server.begin(first);
    }
  }

  /** A replica at work. */
  private final class Server {
    final PriorityQueue<Making> making =
        new PriorityQueue<>((a, b) -> Double.compare(a.endsAtProgress(), b.endsAtProgress()));
    double finishesS = Double.POSITIVE_INFINITY;
    private double progress;
    private double progressAtS;

    void begin(Request request) {
      advance();
      making.add(new Making(progress + request.work(), request.cameS()));
      plan();
    }

    /** Ends the request that is next to end; returns when it came. */
    double finish() {
      advance();
      double cameS = making.remove().cameS();
      plan();
      return cameS;
    }

    private void advance() {
      if (!making.isEmpty()) {
        progress += (now - progressAtS) / replica.curve().seconds(making.size());
      }
      progressAtS = now;
    }

    private void plan() {
      Making next = making.peek();
      finishesS =
          next == null
              ? Double.POSITIVE_INFINITY
              : now
                  + Math.max(0, next.endsAtProgress() - progress)
                      * replica.curve().seconds(making.size());
    }
  }

  /** Sums over watched requests and time. */
  private static final class Tally {
    private double seconds;
    private double inProgress;
    private double busy;
    private double joules;
    private double inLineS;
    private double sojournS;
    private long came;
    private long accepted;
    private long waited;
    private long made;

    Seen seen() {
      return new Seen(
          (double) accepted / came,
          (double) waited / accepted,
          inLineS / accepted,
          sojournS / made,
          made / seconds,
          inProgress / seconds,
          busy / seconds,
          joules / seconds);
    }
  }
}
