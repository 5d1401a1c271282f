package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.adoption.Threshold;
import io.gtrace.simulation.people.ActivityClock;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.serving.FleetHour;
import io.gtrace.simulation.use.Sessions;
import io.gtrace.simulation.use.Use;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * Some of the people, one byte each: two bits say whether a person is unaware, aware, active or
 * fatigued, six count exposures. Everything else about a person follows from the person's number.
 */
final class Shard implements AdoptionModel.Exposures {
  private static final int UNAWARE = 0;
  private static final int AWARE = 1;
  private static final int ACTIVE = 2;
  private static final int FATIGUED = 3;
  private static final int AHEAD = 64;
  private static final int STATE_BITS = 2;
  private static final int STATE_MASK = 3;
  private static final int LOCAL_BITS = 24;
  private static final int PERSON_MASK = (1 << LOCAL_BITS) - 1;

  /** Set on the number of a person who has been here before. */
  private static final int RETURNING = 1 << LOCAL_BITS;

  private static final int VISITOR_BITS = LOCAL_BITS + 1;
  private static final int VENUE_BITS = 12;

  private final Wave wave;
  private final Shards shards;
  private final int number;
  private final long first;
  private final byte[] states;
  private final Segments segments;
  private final ActivityClock[] clocks;
  private final Booking booking;
  private final EventCalendar exposures;
  private final EventCalendar tries;
  private final EventCalendar endings;
  private final int[] reached = new int[AHEAD];
  private final byte[] ahead = new byte[AHEAD];
  private final LongList planned = new LongList();
  private final LongList[] outboxes;
  private final PersonDraws draws;
  private final PersonDraws media;
  private final boolean oneExposureIsEnough;
  private final Optional<UseTables> tables;
  private final Optional<SessionPlan> plan;
  private final long[] demand;
  private int hour;
  private long source;
  private int sourceCohort;
  private double sourceAudience;
  private double sourceMoment;

  Shard(Wave wave, Optional<UseTables> tables, Shards shards, int number, long seed) {
    this.wave = wave;
    this.tables = tables;
    this.shards = shards;
    this.number = number;
    first = shards.first(number);
    states = new byte[shards.size(number)];
    segments = new Segments(wave.population(), first, states.length);
    clocks = new ActivityClock[segments.count()];
    for (int segment = 0; segment < clocks.length; segment++) {
      clocks[segment] = wave.population().cohorts().get(segments.cohort(segment)).clock();
    }
    int venues = tables.map(of -> of.venues.all().size()).orElse(0);
    booking = new Booking(segments.count(), venues * tables.map(of -> of.kinds).orElse(0));
    demand = new long[venues];
    exposures = new EventCalendar(wave.hours());
    tries = new EventCalendar(wave.hours());
    endings = new EventCalendar(wave.hours());
    outboxes = new LongList[shards.count()];
    for (int i = 0; i < outboxes.length; i++) {
      outboxes[i] = new LongList();
    }
    draws = new PersonDraws(seed);
    media = new PersonDraws(seed);
    oneExposureIsEnough = !(wave.adoption() instanceof Threshold);
    plan = tables.map(of -> new SessionPlan(of, draws));
  }

  /** First phase of an hour: who notices, who tries, what is wanted. */
  void notice(int now, double[] waitS) {
    hour = now;
    IntList due = exposures.due(now);
    for (int from = 0; from < due.size(); from += AHEAD) {
      int count = Math.min(AHEAD, due.size() - from);
      for (int i = 0; i < count; i++) {
        reached[i] = due.get(from + i);
      }
      exposeReached(count);
    }
    exposures.forget(now);
    for (int segment = 0; segment < segments.count(); segment++) {
      broadcast(segment);
    }
    IntList stopping = endings.due(now);
    for (int i = 0; i < stopping.size(); i++) {
      stop(stopping.get(i), segments.of(stopping.get(i)));
    }
    endings.forget(now);
    tables.ifPresent(of -> planSessions(of, plan.orElseThrow(), waitS));
  }

  /**
   * Exposes people whose states are read before any of them is needed: memory then answers all
   * reads together. One by one, waiting for memory takes most of the time.
   */
  private void exposeReached(int count) {
    for (int i = 0; i < count; i++) {
      ahead[i] = states[reached[i]];
    }
    for (int i = 0; i < count; i++) {
      int segment = segments.of(reached[i]);
      booking.count(segment, Count.EXPOSURES, 1);
      if ((ahead[i] & STATE_MASK) == UNAWARE) {
        expose(reached[i], segment);
      }
    }
  }

  private void broadcast(int segment) {
    double each =
        wave.adoption().broadcastPerHour()
            + wave.broadcast().exposuresOfPerson(segments.cohort(segment), hour);
    if (each <= 0) {
      return;
    }
    int start = segments.start(segment);
    int size = segments.size(segment);
    media.restart(first + start, Purpose.BROADCAST, hour);
    int left = PoissonSampler.of(media, each * size).sample();
    while (left > 0) {
      int count = Math.min(AHEAD, left);
      for (int i = 0; i < count; i++) {
        reached[i] = start + media.below(size);
      }
      exposeReached(count);
      left -= count;
    }
  }

  private void expose(int person, int segment) {
    int state = states[person];
    if ((state & STATE_MASK) != UNAWARE) {
      return;
    }
    if (!oneExposureIsEnough && needsMore(person, state)) {
      return;
    }
    states[person] = AWARE;
    booking.count(segment, Count.NOTICED, 1);
    draws.restart(first + person, Purpose.DECISION, 0);
    if (tables.isEmpty()) {
      double latent = wave.adoption().latentHours(draws);
      tries.add(hour + (int) Math.min(wave.hours(), draws.uniform() + latent), person);
      return;
    }
    Use use = tables.get().use;
    if (draws.uniform() < use.trialShare()) {
      tries.add(later(segment, use.decisionHours()), person);
    }
  }

  private boolean needsMore(int person, int state) {
    int seen = ((state & 0xFF) >>> STATE_BITS) + 1;
    draws.restart(first + person, Purpose.THRESHOLD, 0);
    boolean more = seen < wave.adoption().exposuresNeeded(draws);
    if (more) {
      states[person] = (byte) (seen << STATE_BITS);
    }
    return more;
  }

  /** The hour in which an exponential number of active hours has passed. */
  private int later(int segment, double meanActiveHours) {
    return laterThan(hour, segment, meanActiveHours);
  }

  private int laterThan(int from, int segment, double meanActiveHours) {
    return clocks[segment].hourAfter(from, draws.uniform(), draws.exponential() * meanActiveHours);
  }

  private void stop(int person, int segment) {
    states[person] = FATIGUED;
    booking.count(segment, Count.STOPPED, 1);
  }

  private void planSessions(UseTables of, SessionPlan session, double[] waitS) {
    planned.clear();
    IntList due = tries.due(hour);
    for (int i = 0; i < due.size(); i++) {
      int visitor = due.get(i);
      int person = visitor & PERSON_MASK;
      int segment = segments.of(person);
      session.meet(first + person, segments.cohort(segment));
      session.want(first + person, hour, waitS);
      if (session.wanted() == 0) {
        int open = session.caps().nextOpen(hour);
        if (open < wave.hours()) {
          tries.add(laterThan(open, segment, of.use.decisionHours()), visitor);
        }
        continue;
      }
      booking.count(segment, Count.SESSIONS, 1);
      booking.count(segment, Count.WANTED, session.wanted());
      demand[session.venue()] += session.wanted();
      planned.add(
          visitor
              | (long) session.venue() << VISITOR_BITS
              | (long) session.wanted() << (VISITOR_BITS + VENUE_BITS));
    }
    tries.forget(hour);
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
      SessionPlan session = plan.orElseThrow();
      for (int i = 0; i < planned.size(); i++) {
        serve(of, session, planned.get(i), byVenue);
      }
      return;
    }
    IntList due = tries.due(hour);
    for (int i = 0; i < due.size(); i++) {
      int person = due.get(i);
      double activeHours = adopt(person, segments.of(person));
      if (activeHours < wave.hours()) {
        endings.add(hour + roundedUp(activeHours), person);
      }
    }
    tries.forget(hour);
  }

  private void serve(UseTables of, SessionPlan session, long planned, FleetHour[] byVenue) {
    int visitor = (int) (planned & ((1 << VISITOR_BITS) - 1));
    int person = visitor & PERSON_MASK;
    boolean newcomer = visitor == person;
    int venue = (int) (planned >>> VISITOR_BITS) & ((1 << VENUE_BITS) - 1);
    int wanted = (int) (planned >>> (VISITOR_BITS + VENUE_BITS));
    int segment = segments.of(person);
    draws.restart(first + person, Purpose.SESSION, wave.hours() + hour);
    int made = make(of, segment, venue, wanted, byVenue[venue].acceptedShare());
    Sessions sessions = of.use.sessions();
    boolean again;
    double gapHours;
    if (made == 0) {
      again = draws.uniform() < sessions.persistence();
      gapHours = sessions.retryHours();
    } else {
      again = draws.uniform() < sessions.returnShare();
      gapHours = sessions.gapHours();
      visitor |= RETURNING;
    }
    booking.count(segment, Count.REFUSED, wanted - made);
    if (again) {
      tries.add(Math.max(hour + 1, later(segment, gapHours)), visitor);
    }
    if (newcomer && made > 0) {
      session.meet(first + person, segments.cohort(segment));
      booking.count(segment, Count.NEW_USERS, session.existingUser() ? 0 : 1);
      adopt(person, segment);
    }
    if (!again) {
      leave(person, segment, newcomer && made == 0);
    }
  }

  private void leave(int person, int segment, boolean nothingGot) {
    if (nothingGot) {
      booking.count(segment, Count.GAVE_UP, 1);
    } else {
      stop(person, segment);
    }
  }

  private int make(UseTables of, int segment, int venue, int wanted, double acceptedShare) {
    double[] kwh = of.kwhOfKinds(venue);
    double logSd = of.use.variationLogSd();
    double drift = -logSd * logSd / 2;
    int firstCell = venue * of.kinds;
    int made = 0;
    for (int i = 0; i < wanted; i++) {
      if (acceptedShare < 1 && draws.uniform() >= acceptedShare) {
        continue;
      }
      int kind = of.kind(draws.nextLong());
      booking.output(
          segment, firstCell + kind, kwh[kind] * Math.exp(drift + logSd * draws.normal()));
      made++;
    }
    return made;
  }

  /** Makes a person active and draws whom that exposes; returns for how long, h. */
  private double adopt(int person, int segment) {
    states[person] = ACTIVE;
    booking.count(segment, Count.ADOPTED, 1);
    source = first + person;
    sourceCohort = segments.cohort(segment);
    sourceAudience = wave.contacts().audience(source, draws);
    draws.restart(source, Purpose.SPREAD, 0);
    sourceMoment = draws.uniform();
    return wave.adoption().expose(sourceAudience, (double) wave.hours() - hour, draws, this);
  }

  @Override
  public void after(double hours) {
    int at = hour + roundedUp(hours);
    if (at < wave.hours()) {
      long reached = wave.contacts().contact(source, sourceCohort, sourceAudience, draws);
      outboxes[shards.shardOf(reached)].add((long) at << LOCAL_BITS | shards.within(reached));
    }
  }

  /** Whole hours until the hour that a delay ends in; at least one, as this hour is over. */
  private int roundedUp(double hours) {
    return Math.max(1, (int) Math.min(wave.hours(), sourceMoment + hours));
  }

  /** Third phase: takes in what the others have sent. */
  void receive(Shard[] all) {
    for (Shard other : all) {
      LongList sent = other.outboxes[number];
      for (int i = 0; i < sent.size(); i++) {
        long event = sent.get(i);
        exposures.add((int) (event >>> LOCAL_BITS), (int) event & PERSON_MASK);
      }
      sent.clear();
    }
  }

  void flush(WaveResult result) {
    booking.flush(hour, segments, result);
  }
}
