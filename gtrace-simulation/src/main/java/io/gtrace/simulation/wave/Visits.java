package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.ActivityClock;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.serving.FleetHour;
import io.gtrace.simulation.use.Sessions;
import java.util.Arrays;

/**
 * People of a shard who come to make something: what they want in an hour and of whom, what they
 * get, and when they come again. Who a person is is worked out anew at each visit from the person's
 * number, which is cheaper than remembering it for a billion people.
 *
 * <p>Visitors are taken in blocks, and a block in several short loops. In each of them nobody waits
 * for the one before, and little is left for the processor to guess.
 */
final class Visits {
  private static final int PERSON_BITS = 24;
  private static final int PERSON_MASK = (1 << PERSON_BITS) - 1;

  /** Set on the number of a person who has been here before. */
  private static final int RETURNING = 1 << PERSON_BITS;

  private static final int VISITOR_MASK = PERSON_MASK | RETURNING;

  /** Set on the number of a person who has put off a session until now. */
  private static final int WAITED = 1 << (PERSON_BITS + 1);

  /** Where a planned session has a 1 if the person used the service before the wave. */
  private static final int EXISTING_SHIFT = PERSON_BITS + 1;

  private static final int VENUE_SHIFT = EXISTING_SHIFT + 1;
  private static final int VENUE_BITS = 12;
  private static final int VENUE_MASK = (1 << VENUE_BITS) - 1;
  private static final int WANTED_SHIFT = VENUE_SHIFT + VENUE_BITS;

  private static final int BLOCK = EventCalendar.BLOCK;
  private static final double MOST_WANTED = 1e6;

  /** Wanted by those who agree to come back in a better hour. */
  private static final int PUT_OFF = -1;

  private static final int PATIENCE_SHIFT = 2 * Levels.BITS;
  private static final long HALF = 0xFFFFFFFFL;

  private final UseTables tables;
  private final int hours;
  private final Segments segments;
  private final Booking booking;
  private final PersonDraws draws;
  private final Outbox outbox;
  private final EventCalendar tries;
  private final long[] patientBelow;
  private final OutputBatch outputs;
  private final double[] shareThatReturns;
  private final double[] perShareThatReturns;
  private final double[] hoursUntilReturn;

  private final long[] demand;
  private long[] planned = {};
  private int plannedCount;
  private int hour;
  private int[] caps = {};
  private int[] betterHours = {};
  private boolean anyBetterHour;

  // Columns of what is known of the visitors of a block, and of those of them who are concerned.
  private final int[] visitorOf = new int[BLOCK];
  private final int[] personOf = new int[BLOCK];
  private final int[] segmentOf = new int[BLOCK];
  private final int[] cohortOf = new int[BLOCK];
  private final int[] usersOf = new int[BLOCK];
  private final int[] deviceOf = new int[BLOCK];
  private final int[] venueOf = new int[BLOCK];
  private final int[] wantedOf = new int[BLOCK];
  private final long[] traitsOf = new long[BLOCK];
  private final long[] tastesOf = new long[BLOCK];
  private final long[] streamOf = new long[BLOCK];
  private final long[] bitsOf = new long[BLOCK];
  private final double[] momentOf = new double[BLOCK];
  private final double[] waitOf = new double[BLOCK];
  private final int[] dueHours = new int[BLOCK];
  private final int[] concerned = new int[BLOCK];
  private final int[] people = new int[BLOCK];
  private final int[] cohorts = new int[BLOCK];
  private final int[] refused = new int[BLOCK];
  private final int[] stopped = new int[BLOCK];
  private final int[] gaveUp = new int[BLOCK];
  private final int[] adopted = new int[BLOCK];
  private final int[] newUsers = new int[BLOCK];

  /**
   * @param hours length of the run
   * @param outbox takes those who take part for the first time
   * @param tries who is due to come, and takes who is to come again
   */
  Visits(
      UseTables tables,
      int hours,
      Segments segments,
      Booking booking,
      PersonDraws draws,
      Outbox outbox,
      EventCalendar tries) {
    this.tables = tables;
    this.hours = hours;
    this.segments = segments;
    this.booking = booking;
    this.draws = draws;
    this.outbox = outbox;
    this.tries = tries;
    demand = new long[tables.venues.all().size()];
    patientBelow = tables.patientBelow();
    outputs = new OutputBatch(tables, booking, BLOCK);
    Sessions sessions = tables.use.sessions();
    shareThatReturns = new double[] {sessions.persistence(), sessions.returnShare()};
    perShareThatReturns = new double[] {1 / shareThatReturns[0], 1 / shareThatReturns[1]};
    hoursUntilReturn = new double[] {sessions.retryHours(), sessions.gapHours()};
  }

  /** Works out what all who are due in an hour want, and of whom. */
  void plan(int now, DeviceOdds odds) {
    hour = now;
    plannedCount = 0;
    caps = tables.capsAt(hour);
    betterHours = tables.betterHours(hour);
    anyBetterHour = Arrays.stream(betterHours).anyMatch(better -> better > hour);
    tries.take(
        hour,
        (visitors, from, count) -> {
          int admitted = admit(visitors, from, count);
          choose(admitted, odds);
          note(admitted);
        });
  }

  /**
   * Works out who visitors are, and sends those away to whom the service is closed and who have no
   * device; returns how many are left.
   */
  private int admit(int[] visitors, int from, int count) {
    for (int i = 0; i < count; i++) {
      personOf[i] = visitors[from + i] & PERSON_MASK;
    }
    segments.of(personOf, 0, count, segmentOf);
    segments.cohorts(segmentOf, count, cohortOf);
    PersonDraws.firsts(
        draws.origin(Purpose.TRAITS, 0, segments.firstPerson()), personOf, count, traitsOf);
    tables.traits(cohortOf, traitsOf, count, usersOf, deviceOf);
    int[] cap = caps;
    int none = tables.devices();
    int admitted = 0;
    int shut = 0;
    for (int i = 0; i < count; i++) {
      // 1 if the cap is above 0 or there is a device: by signs, as a branch would be guessed wrong.
      int open = (-cap[usersOf[i]] | (deviceOf[i] - none)) >>> (Integer.SIZE - 1);
      concerned[admitted] = i;
      people[shut] = i;
      admitted += open;
      shut += 1 - open;
    }
    if (shut == 0) {
      System.arraycopy(visitors, from, visitorOf, 0, count);
      return count;
    }
    for (int s = 0; s < shut; s++) {
      int i = people[s];
      comeWhenOpen(visitors[from + i], usersOf[i]);
    }
    for (int a = 0; a < admitted; a++) {
      int i = concerned[a];
      visitorOf[a] = visitors[from + i];
      personOf[a] = personOf[i];
      segmentOf[a] = segmentOf[i];
      usersOf[a] = usersOf[i];
      deviceOf[a] = deviceOf[i];
      traitsOf[a] = traitsOf[i];
    }
    return admitted;
  }

  private void comeWhenOpen(int visitor, int users) {
    int open = tables.nextOpen(users, hour);
    if (open < hours) {
      int person = visitor & PERSON_MASK;
      long stream = draws.begin(segments.firstPerson() + person, Purpose.SESSION, hour);
      double wait =
          Levels.Exponential.of(PersonDraws.later(stream, 1)) * tables.use.decisionHours();
      ActivityClock clock = segments.clock(segments.of(person));
      tries.add(clock.hourAfter(open, PersonDraws.uniform(stream), wait), visitor);
    }
  }

  /** Works out how much visitors want, and where they have it made. */
  private void choose(int count, DeviceOdds odds) {
    PersonDraws.laters(traitsOf, count, 1, tastesOf);
    PersonDraws.firsts(
        draws.origin(Purpose.SESSION, hour, segments.firstPerson()), personOf, count, streamOf);
    PersonDraws.laters(streamOf, count, 1, bitsOf);
    tables.regions(hour, usersOf, streamOf, count, venueOf);
    int[] cap = caps;
    for (int i = 0; i < count; i++) {
      double more =
          Levels.Exponential.of(bitsOf[i])
              * tables.outputsScale(Levels.of(tastesOf[i]), tastesOf[i]);
      int wanted = 1 + (int) (more < MOST_WANTED ? more : MOST_WANTED);
      int users = usersOf[i];
      int device = deviceOf[i];
      boolean own =
          odds.choose(
              streamOf[i] >>> Integer.SIZE,
              device,
              tables.serviceOf(users),
              Levels.of(tastesOf[i] >>> Levels.BITS));
      venueOf[i] = own ? tables.venues.ofDevice(device) : venueOf[i];
      wantedOf[i] = own ? wanted : Math.min(wanted, cap[users]);
    }
    if (anyBetterHour) {
      putOff(count);
    }
  }

  /** People who agree to come back in a better hour want nothing now. */
  private void putOff(int count) {
    for (int i = 0; i < count; i++) {
      int service = tables.serviceOf(usersOf[i]);
      if (venueOf[i] < tables.venues.regions()
          && betterHours[service] > hour
          && (visitorOf[i] & WAITED) == 0
          && ((tastesOf[i] >>> PATIENCE_SHIFT) & HALF) < patientBelow[service]) {
        wantedOf[i] = PUT_OFF;
      }
    }
  }

  /** Notes down who has what made now, and when the others come again. */
  private void note(int count) {
    if (planned.length < plannedCount + count) {
      planned = Arrays.copyOf(planned, plannedCount + count + (plannedCount >> 1));
    }
    segments.cohorts(segmentOf, count, cohortOf);
    int planning = 0;
    for (int i = 0; i < count; i++) {
      int visitor = visitorOf[i];
      int wanted = wantedOf[i];
      if (wanted > 0) {
        demand[venueOf[i]] += wanted;
        planned[plannedCount++] =
            (visitor & VISITOR_MASK)
                | tables.existingUser(cohortOf[i], traitsOf[i]) << EXISTING_SHIFT
                | (long) venueOf[i] << VENUE_SHIFT
                | (long) wanted << WANTED_SHIFT;
        segmentOf[planning] = segmentOf[i];
        wantedOf[planning] = wanted;
        planning++;
      } else if (wanted == PUT_OFF) {
        booking.count(segmentOf[i], Count.PUT_OFF, 1);
        tries.add(betterHours[tables.serviceOf(usersOf[i])], visitor | WAITED);
      } else {
        comeWhenOpen(visitor, usersOf[i]);
      }
    }
    booking.countEach(segmentOf, planning, Count.SESSIONS);
    booking.count(segmentOf, wantedOf, planning, Count.WANTED);
  }

  /** Adds the outputs wanted of each venue in this hour to a sum over shards. */
  void addDemand(long[] sum) {
    for (int venue = 0; venue < demand.length; venue++) {
      sum[venue] += demand[venue];
      demand[venue] = 0;
    }
  }

  /** Outputs that were planned are made, as far as venues have room. */
  void serve(FleetHour[] byVenue) {
    for (int venue = 0; venue < byVenue.length; venue++) {
      outputs.open(venue, byVenue[venue].acceptedShare());
    }
    for (int from = 0; from < plannedCount; from += BLOCK) {
      int count = Math.min(BLOCK, plannedCount - from);
      make(from, count);
      part(from, count);
    }
  }

  private void make(int from, int count) {
    for (int i = 0; i < count; i++) {
      long session = planned[from + i];
      personOf[i] = (int) session & PERSON_MASK;
      venueOf[i] = (int) (session >>> VENUE_SHIFT) & VENUE_MASK;
      wantedOf[i] = (int) (session >>> WANTED_SHIFT);
    }
    segments.of(personOf, 0, count, segmentOf);
    PersonDraws.firsts(
        draws.origin(Purpose.SESSION, (long) hours + hour, segments.firstPerson()),
        personOf,
        count,
        streamOf);
    for (int i = 0; i < count; i++) {
      outputs.add(i, streamOf[i], segmentOf[i], venueOf[i], wantedOf[i]);
    }
    outputs.book();
  }

  /** Tells who comes again, and who takes part from now on. */
  private void part(int from, int count) {
    int[] made = outputs.made();
    int again = 0;
    int fresh = 0;
    segments.cohorts(segmentOf, count, cohortOf);
    for (int i = 0; i < count; i++) {
      long session = planned[from + i];
      int served = made[i] > 0 ? 1 : 0;
      int newcomer = (int) ~(session >>> PERSON_BITS) & 1;
      int stops = PersonDraws.uniform(streamOf[i]) < shareThatReturns[served] ? 0 : 1;
      int adopts = newcomer & served;
      int givesUp = newcomer & ~served & stops;
      refused[i] = wantedOf[i] - made[i];
      gaveUp[i] = givesUp;
      stopped[i] = stops - givesUp;
      adopted[i] = adopts;
      newUsers[i] = adopts & (int) ~(session >>> EXISTING_SHIFT);
      people[fresh] = personOf[i];
      cohorts[fresh] = cohortOf[i];
      fresh += adopts;
      concerned[again] = i;
      again += 1 - stops;
    }
    booking.countSessions(segmentOf, count, refused, gaveUp, stopped, adopted, newUsers);
    comeAgain(from, again);
    outbox.passOn(segments.firstPerson(), people, cohorts, fresh, hour);
  }

  private void comeAgain(int from, int count) {
    int[] made = outputs.made();
    for (int c = 0; c < count; c++) {
      int i = concerned[c];
      int served = made[i] > 0 ? 1 : 0;
      // What decided on the return is uniform below the share, so it says when, too.
      momentOf[c] = PersonDraws.uniform(streamOf[i]) * perShareThatReturns[served];
      waitOf[c] = hoursUntilReturn[served];
      bitsOf[c] = PersonDraws.key(streamOf[i], wantedOf[i] + 1, 0);
      segmentOf[c] = segmentOf[i];
      visitorOf[c] = ((int) planned[from + i] & VISITOR_MASK) | served << PERSON_BITS;
    }
    PersonDraws.hashes(bitsOf, count, bitsOf);
    for (int c = 0; c < count; c++) {
      waitOf[c] *= Levels.Exponential.of(bitsOf[c]);
    }
    ActivityClock.hoursAfter(segments.clocks(), segmentOf, hour, momentOf, waitOf, count, dueHours);
    for (int c = 0; c < count; c++) {
      dueHours[c] = Math.max(hour + 1, dueHours[c]);
    }
    tries.addAll(dueHours, visitorOf, count);
  }
}
