package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.adoption.Threshold;
import io.gtrace.simulation.people.ActivityClock;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.serving.FleetHour;
import io.gtrace.simulation.use.Sessions;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * Some of the people. Whether a person has noticed takes a bit; who is about to try, to come back
 * or to be exposed stands in calendars; everything else about a person follows from the person's
 * number.
 */
final class Shard {
  private static final int PERSON_BITS = 24;
  private static final int PERSON_MASK = (1 << PERSON_BITS) - 1;

  /** Set on the number of a person who has been here before. */
  private static final int RETURNING = 1 << PERSON_BITS;

  private static final int VISITOR_MASK = PERSON_MASK | RETURNING;

  /** Set on a planned session of a person who used the service before the wave. */
  private static final long EXISTING_USER = 1L << (PERSON_BITS + 1);

  private static final int VENUE_SHIFT = PERSON_BITS + 2;
  private static final int VENUE_BITS = 12;
  private static final int WANTED_SHIFT = VENUE_SHIFT + VENUE_BITS;

  /** The bits of so many people stay in the nearest cache while media reach them. */
  private static final int NEAR_PEOPLE = 1 << 18;

  private static final long EVERYTHING = 1L << Integer.SIZE;

  private final Wave wave;
  private final int number;
  private final long first;
  private final int people;
  private final Awareness awareness;
  private final boolean oneExposureIsEnough;
  private final Segments segments;
  private final ActivityClock[] clocks;
  private final Booking booking;
  private final EventCalendar exposures;
  private final EventCalendar tries;
  private final int[] endings;
  private final int[] reached = new int[EventCalendar.BLOCK];
  private final int[] picked = new int[EventCalendar.BLOCK];
  private final long[] streams = new long[EventCalendar.BLOCK];
  private final LongList planned = new LongList();
  private final Outbox outbox;
  private final PersonDraws draws;
  private final PersonDraws media;
  private final Optional<UseTables> tables;
  private final Optional<SessionPlan> plan;
  private final long[] demand;
  private int hour;

  Shard(
      Wave wave,
      Optional<UseTables> tables,
      AdoptionModel.Spreading spreading,
      Shards shards,
      int number,
      long seed) {
    this.wave = wave;
    this.tables = tables;
    this.number = number;
    first = shards.first(number);
    people = shards.size(number);
    oneExposureIsEnough = !(wave.adoption() instanceof Threshold);
    awareness = new Awareness(people, oneExposureIsEnough);
    segments = new Segments(wave.population(), first, people);
    clocks = new ActivityClock[segments.count()];
    for (int segment = 0; segment < clocks.length; segment++) {
      clocks[segment] = wave.population().cohorts().get(segments.cohort(segment)).clock();
    }
    int venues = tables.map(of -> of.venues.all().size()).orElse(0);
    booking = new Booking(segments.count(), venues * tables.map(of -> of.kinds).orElse(0));
    demand = new long[venues];
    exposures = new EventCalendar(wave.hours());
    tries = new EventCalendar(wave.hours());
    endings = new int[tables.isPresent() ? 0 : wave.hours() * segments.count()];
    draws = new PersonDraws(seed);
    media = new PersonDraws(seed);
    outbox = new Outbox(wave, spreading, shards, draws);
    plan = tables.map(of -> new SessionPlan(of, draws));
  }

  /**
   * First phase of an hour: who notices, who tries, what is wanted.
   *
   * @param odds empty if the wave is about adoption alone
   */
  void notice(int now, Optional<DeviceOdds> odds) {
    hour = now;
    awareness.bringNear(0, people, exposures.size(now));
    exposures.take(now, this::expose);
    for (int segment = 0; segment < segments.count(); segment++) {
      broadcast(segment);
    }
    if (odds.isPresent()) {
      planSessions(tables.orElseThrow(), plan.orElseThrow(), odds.get());
    } else {
      endActivity();
    }
  }

  private void broadcast(int segment) {
    double each =
        wave.adoption().broadcastPerHour()
            + wave.broadcast().exposuresOfPerson(segments.cohort(segment), hour);
    if (each > 0) {
      int end = segments.start(segment) + segments.size(segment);
      for (int start = segments.start(segment); start < end; start += NEAR_PEOPLE) {
        broadcast(start, Math.min(NEAR_PEOPLE, end - start), each);
      }
    }
  }

  /** A Poisson number of exposures falls on people at random. */
  private void broadcast(int start, int size, double each) {
    media.restart(first + start, Purpose.BROADCAST, hour);
    int left = PoissonSampler.of(media, each * size).sample();
    awareness.bringNear(start, size, left);
    while (left > 0) {
      int count = Math.min(reached.length, left);
      media.fillBelow(reached, count, start, size);
      expose(reached, 0, count);
      left -= count;
    }
  }

  private void expose(int[] exposed, int from, int count) {
    if (segments.count() == 1) {
      booking.count(0, Count.EXPOSURES, count);
    } else {
      for (int i = from; i < from + count; i++) {
        booking.count(segments.of(exposed[i]), Count.EXPOSURES, 1);
      }
    }
    int unaware = awareness.pickUnaware(exposed, from, count, picked);
    if (!oneExposureIsEnough) {
      unaware = pickConvinced(unaware);
    }
    if (tables.isPresent()) {
      decide(unaware, tables.get());
    } else {
      adoptLater(unaware);
    }
  }

  /** Of people who need several exposures, keeps those who have seen enough with this one. */
  private int pickConvinced(int unaware) {
    int convinced = 0;
    for (int i = 0; i < unaware; i++) {
      int person = picked[i];
      if (awareness.hasNoticed(person)) {
        continue;
      }
      draws.restart(first + person, Purpose.THRESHOLD, 0);
      if (awareness.see(person) >= wave.adoption().exposuresNeeded(draws)) {
        picked[convinced++] = person;
      }
    }
    return convinced;
  }

  /** People notice; some of them will try. */
  private void decide(int unaware, UseTables of) {
    double trialShare = of.use.trialShare();
    int trying = 0;
    for (int i = 0; i < unaware; i++) {
      int person = picked[i];
      if (awareness.notice(person)) {
        booking.count(segments.of(person), Count.NOTICED, 1);
        long stream = draws.begin(first + person, Purpose.DECISION, 0);
        picked[trying] = person;
        streams[trying] = stream;
        trying += PersonDraws.uniform(stream) < trialShare ? 1 : 0;
      }
    }
    for (int i = 0; i < trying; i++) {
      draws.goOn(streams[i]);
      // What decided on the trial is uniform below the share, so it says when, too.
      double moment = PersonDraws.uniform(streams[i]) / trialShare;
      int segment = segments.of(picked[i]);
      tries.add(later(hour, moment, segment, of.use.decisionHours()), picked[i]);
    }
  }

  /** People notice; all of them adopt, sooner or later. */
  private void adoptLater(int unaware) {
    for (int i = 0; i < unaware; i++) {
      int person = picked[i];
      if (awareness.notice(person)) {
        booking.count(segments.of(person), Count.NOTICED, 1);
        draws.restart(first + person, Purpose.DECISION, 0);
        double latentHours = wave.adoption().latentHours(draws);
        tries.add(hour + (int) Math.min(wave.hours(), draws.uniform() + latentHours), person);
      }
    }
  }

  private void endActivity() {
    for (int segment = 0; segment < segments.count(); segment++) {
      booking.count(segment, Count.STOPPED, endings[hour * segments.count() + segment]);
    }
  }

  /**
   * The hour in which an exponential number of active hours has passed.
   *
   * @param moment share of the activity of the first hour that has passed, 0 to 1
   */
  private int later(int from, double moment, int segment, double meanActiveHours) {
    return clocks[segment].hourAfter(from, moment, draws.exponential() * meanActiveHours);
  }

  private void planSessions(UseTables of, SessionPlan session, DeviceOdds odds) {
    planned.clear();
    tries.take(
        hour,
        (visitors, from, count) -> {
          for (int i = from; i < from + count; i++) {
            planSession(visitors[i], of, session, odds);
          }
        });
  }

  private void planSession(int visitor, UseTables of, SessionPlan session, DeviceOdds odds) {
    int person = visitor & PERSON_MASK;
    int segment = segments.of(person);
    session.draw(first + person, segments.cohort(segment), hour, odds);
    int wanted = session.wanted();
    if (wanted == 0) {
      int open = session.caps().nextOpen(hour);
      if (open < wave.hours()) {
        tries.add(later(open, draws.uniform(), segment, of.use.decisionHours()), visitor);
      }
      return;
    }
    booking.count(segment, Count.SESSIONS, 1);
    booking.count(segment, Count.WANTED, wanted);
    demand[session.venue()] += wanted;
    planned.add(
        visitor
            | (session.existingUser() ? EXISTING_USER : 0)
            | (long) session.venue() << VENUE_SHIFT
            | (long) wanted << WANTED_SHIFT);
  }

  /** Adds the outputs wanted of each venue in this hour to a sum over shards. */
  void addDemand(long[] sum) {
    for (int venue = 0; venue < demand.length; venue++) {
      sum[venue] += demand[venue];
      demand[venue] = 0;
    }
  }

  /** Second phase: outputs are made, adopters pass it on. */
  void act(FleetHour[] byVenue) {
    if (tables.isPresent()) {
      UseTables of = tables.get();
      for (int i = 0; i < planned.size(); i++) {
        serve(of, planned.get(i), byVenue);
      }
    } else {
      tries.take(hour, this::adopt);
    }
    outbox.sort();
  }

  private void adopt(int[] adopters, int from, int count) {
    for (int i = from; i < from + count; i++) {
      int segment = segments.of(adopters[i]);
      double end = hour + adopt(adopters[i], segment);
      if (end < wave.hours()) {
        endings[((int) end) * segments.count() + segment]++;
      }
    }
  }

  private void serve(UseTables of, long session, FleetHour[] byVenue) {
    int visitor = (int) session & VISITOR_MASK;
    int person = visitor & PERSON_MASK;
    boolean newcomer = visitor == person;
    int venue = (int) (session >>> VENUE_SHIFT) & ((1 << VENUE_BITS) - 1);
    int wanted = (int) (session >>> WANTED_SHIFT);
    int segment = segments.of(person);
    double luck =
        PersonDraws.uniform(
            draws.begin(first + person, Purpose.SESSION, (long) wave.hours() + hour));
    int made = make(of, segment, venue, wanted, byVenue[venue].acceptedShare());
    Sessions sessions = of.use.sessions();
    double share = made == 0 ? sessions.persistence() : sessions.returnShare();
    booking.count(segment, Count.REFUSED, wanted - made);
    if (luck < share) {
      double gapHours = made == 0 ? sessions.retryHours() : sessions.gapHours();
      int due = later(hour, luck / share, segment, gapHours);
      tries.add(Math.max(hour + 1, due), made == 0 ? visitor : visitor | RETURNING);
    } else {
      boolean gaveUp = newcomer && made == 0;
      booking.count(segment, gaveUp ? Count.GAVE_UP : Count.STOPPED, 1);
    }
    if (newcomer && made > 0) {
      booking.count(segment, Count.NEW_USERS, (session & EXISTING_USER) == 0 ? 1 : 0);
      adopt(person, segment);
    }
  }

  /** Draws and books outputs one by one; returns how many the venue had room for. */
  private int make(UseTables of, int segment, int venue, int wanted, double acceptedShare) {
    double[] kwh = of.kwhOfKinds(venue);
    int firstCell = booking.cells(segment) + venue * of.kinds;
    long accepted = (long) (acceptedShare * EVERYTHING);
    int made = 0;
    for (int i = 0; i < wanted; i++) {
      long bits = draws.nextLong();
      if (bits >>> Integer.SIZE < accepted) {
        int kind = of.kind((int) bits);
        booking.output(firstCell + kind, kwh[kind] * of.variation((int) bits, draws));
        made++;
      }
    }
    return made;
  }

  /** A person takes part; returns in how many hours the person stops passing it on. */
  private double adopt(int person, int segment) {
    booking.count(segment, Count.ADOPTED, 1);
    return outbox.passOn(first + person, segments.cohort(segment), hour);
  }

  /** Third phase: takes in what the others have sent. */
  void receive(Shard[] all) {
    for (Shard other : all) {
      other.outbox.handOver(number, exposures);
    }
  }

  void flush(WaveResult result) {
    booking.flush(hour, segments, result);
  }
}
