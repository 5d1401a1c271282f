package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.use.OwnDevice;
import io.gtrace.simulation.use.Use;

/**
 * Who a person is and what the person wants now: worked out anew at each session from the person's
 * number, which is cheaper than remembering it for a billion people. Reused from session to
 * session.
 */
final class SessionPlan {
  private static final int BITS = 21;
  private static final long MASK = (1L << BITS) - 1;
  private static final double UNIT = 1.0 / (1L << BITS);

  private final UseTables tables;
  private final PersonDraws draws;
  private int service;
  private boolean existingUser;
  private boolean paying;
  private double enthusiasm;
  private int venue;
  private int wanted;

  SessionPlan(UseTables tables, PersonDraws draws) {
    this.tables = tables;
    this.draws = draws;
  }

  /** Draws what a person is like. */
  void meet(long person, int cohort) {
    Use use = tables.use;
    draws.restart(person, Purpose.TRAITS, 0);
    long bits = draws.nextLong();
    service = tables.service(cohort, (bits & MASK) * UNIT);
    var habits = use.habits().get(cohort);
    double standing = ((bits >>> BITS) & MASK) * UNIT;
    existingUser = standing < habits.existingUsers();
    paying = standing < habits.payingUsers();
    venue = tables.device(cohort, ((bits >>> (2 * BITS)) & MASK) * UNIT);
    enthusiasm = draws.lognormal(use.sessions().enthusiasmLogSd());
  }

  /** The cap of the person's service on the person. */
  Caps caps() {
    return tables.caps(service, paying);
  }

  boolean existingUser() {
    return existingUser;
  }

  /**
   * Draws what the person wants in this session, and of whom.
   *
   * @param waitS what services keep people waiting, s
   */
  void want(long person, int hour, double[] waitS) {
    Use use = tables.use;
    boolean onDevice = false;
    if (venue < use.devices().size()) {
      OwnDevice device = use.devices().get(venue);
      double privacy = draws.normal();
      draws.restart(person, Purpose.SESSION, hour);
      onDevice = draws.uniform() < device.chance(privacy, waitS[service]);
    } else {
      draws.restart(person, Purpose.SESSION, hour);
    }
    wanted = 1 + draws.geometric((use.sessions().meanOutputs() - 1) * enthusiasm);
    if (onDevice) {
      venue = tables.venues.ofDevice(venue);
    } else {
      venue = tables.region(service, draws.uniform());
      wanted = Math.min(wanted, caps().at(hour));
    }
  }

  int venue() {
    return venue;
  }

  /** Outputs asked for; 0 if the service is closed to the person. */
  int wanted() {
    return wanted;
  }
}
