package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.use.Habits;

/**
 * Who a person is and what the person wants now: worked out anew at each session from the person's
 * number, which is cheaper than remembering it for a billion people. Reused from session to
 * session.
 */
final class SessionPlan {
  private static final int BITS = 21;
  private static final long MASK = (1L << BITS) - 1;
  private static final double UNIT = 1.0 / (1L << BITS);
  private static final long HALF = 0xFFFFFFFFL;
  private static final double UNIT_OF_HALF = 0x1.0p-32;

  private final UseTables tables;
  private final PersonDraws draws;
  private Caps caps;
  private boolean existingUser;
  private int venue;
  private int wanted;

  SessionPlan(UseTables tables, PersonDraws draws) {
    this.tables = tables;
    this.draws = draws;
    caps = tables.caps(0, false);
  }

  /**
   * Draws what a person is like, what the person wants in this session, and of whom. Leaves the
   * draws in the stream of the session.
   */
  void draw(long person, int cohort, int hour, DeviceOdds odds) {
    long traits = draws.begin(person, Purpose.TRAITS, 0);
    int service = tables.service(cohort, (traits & MASK) * UNIT);
    Habits habits = tables.habits(cohort);
    double standing = ((traits >>> BITS) & MASK) * UNIT;
    existingUser = standing < habits.existingUsers();
    caps = tables.caps(service, standing < habits.payingUsers());
    int device = tables.device(cohort, ((traits >>> (2 * BITS)) & MASK) * UNIT);
    int cap = caps.at(hour);
    if (cap == 0 && device == tables.devices()) {
      wanted = 0;
      draws.begin(person, Purpose.SESSION, hour);
      return;
    }
    long tastes = draws.nextLong();
    double outputsScale = tables.outputsScale(Levels.of(tastes), draws);
    long bits = draws.begin(person, Purpose.SESSION, hour);
    wanted = 1 + (int) Math.min(1e6, draws.exponential() * outputsScale);
    double chance = odds.chance(device, service, Levels.of(tastes >>> Levels.BITS));
    if ((bits >>> Integer.SIZE) * UNIT_OF_HALF < chance) {
      venue = tables.venues.ofDevice(device);
    } else {
      venue = tables.region(service, (bits & HALF) * UNIT_OF_HALF);
      wanted = Math.min(wanted, cap);
    }
  }

  /** The cap of the person's service on the person. */
  Caps caps() {
    return caps;
  }

  boolean existingUser() {
    return existingUser;
  }

  int venue() {
    return venue;
  }

  /** Outputs asked for; 0 if the service is closed to the person. */
  int wanted() {
    return wanted;
  }
}
