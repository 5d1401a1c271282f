package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.adoption.Threshold;
import io.gtrace.simulation.people.ActivityClock;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import io.gtrace.simulation.serving.FleetHour;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * Some of the people. Whether a person has noticed takes a bit; who is about to try, to come back
 * or to be exposed stands in calendars; everything else about a person follows from the person's
 * number.
 */
final class Shard {
  /** The bits of so many people stay in the nearest cache while media reach them. */
  private static final int NEAR_PEOPLE = 1 << 18;

  private static final int BLOCK = EventCalendar.BLOCK;

  private final Wave wave;
  private final int number;
  private final int people;
  private final Awareness awareness;
  private final boolean oneExposureIsEnough;
  private final int searchersBelow;
  private final Segments segments;
  private final Booking booking;
  private final EventCalendar exposures;
  private final EventCalendar tries;
  private final int[] endings;
  private final Outbox outbox;
  private final PersonDraws draws;
  private final PersonDraws media;
  private final Optional<UseTables> tables;
  private final Optional<Visits> visits;

  private final int[] reached = new int[BLOCK];
  private final int[] picked = new int[BLOCK];
  private final long[] streams = new long[BLOCK];
  private final int[] dueHours = new int[BLOCK];
  private final int[] cohorts = new int[BLOCK];
  private final int[] segmentOf = new int[BLOCK];
  private final int[] searching = new int[BLOCK];
  private final double[] moments = new double[BLOCK];
  private final double[] waits = new double[BLOCK];
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
    people = shards.size(number);
    oneExposureIsEnough = !(wave.adoption() instanceof Threshold);
    searchersBelow = (int) Math.round(wave.search().lookingUp() * Levels.COUNT);
    awareness = new Awareness(people, oneExposureIsEnough);
    segments = new Segments(wave.population(), shards.first(number), people);
    int venues = tables.map(of -> of.venues.all().size()).orElse(0);
    booking = new Booking(segments.count(), venues * tables.map(of -> of.kinds).orElse(0));
    exposures = new EventCalendar(wave.hours());
    tries = new EventCalendar(wave.hours());
    endings = new int[tables.isPresent() ? 0 : wave.hours() * segments.count()];
    draws = new PersonDraws(seed);
    media = new PersonDraws(seed);
    outbox = new Outbox(wave.contacts(), wave.hours(), spreading, shards, draws);
    visits =
        tables.map(of -> new Visits(of, wave.hours(), segments, booking, draws, outbox, tries));
  }

  /**
   * First phase of an hour: who notices, who tries, what is wanted.
   *
   * @param trending what has been looked up before
   * @param odds empty if the wave is about adoption alone
   */
  void notice(int now, Trending trending, Optional<DeviceOdds> odds) {
    hour = now;
    awareness.bringNear(0, people, exposures.size(now));
    exposures.take(now, this::exposeByFriends);
    for (int segment = 0; segment < segments.count(); segment++) {
      int cohort = segments.cohort(segment);
      double each =
          wave.adoption().broadcastPerHour()
              + wave.broadcast().exposuresOfPerson(cohort, hour)
              + trending.exposuresOfPerson(cohort);
      if (each > 0) {
        broadcast(segment, each);
      }
    }
    if (visits.isPresent()) {
      visits.get().plan(now, odds.orElseThrow());
    } else {
      endActivity();
    }
  }

  private void broadcast(int segment, double each) {
    int end = segments.start(segment) + segments.size(segment);
    for (int start = segments.start(segment); start < end; start += NEAR_PEOPLE) {
      broadcast(segment, start, Math.min(NEAR_PEOPLE, end - start), each);
    }
  }

  /** A Poisson number of exposures falls on people at random. */
  private void broadcast(int segment, int start, int size, double each) {
    media.restart(segments.firstPerson() + start, Purpose.BROADCAST, hour);
    int left = PoissonSampler.of(media, each * size).sample();
    booking.count(segment, Count.EXPOSURES, left);
    awareness.bringNear(start, size, left);
    while (left > 0) {
      int count = Math.min(reached.length, left);
      media.fillBelow(reached, count, start, size);
      int noticing = expose(reached, 0, count);
      booking.count(segment, Count.NOTICED, noticing);
      booking.count(segment, Count.SEARCHED, lookUp(noticing));
      Arrays.fill(segmentOf, 0, noticing, segment);
      takePart(noticing);
      left -= count;
    }
  }

  private void exposeByFriends(int[] exposed, int from, int count) {
    segments.of(exposed, from, count, segmentOf);
    booking.countEach(segmentOf, count, Count.EXPOSURES);
    int noticing = expose(exposed, from, count);
    segments.of(picked, 0, noticing, segmentOf);
    booking.countEach(segmentOf, noticing, Count.NOTICED);
    if (lookUp(noticing) > 0) {
      booking.count(segmentOf, searching, noticing, Count.SEARCHED);
    }
    takePart(noticing);
  }

  /** Picks out those whom an exposure makes notice; returns how many. */
  private int expose(int[] exposed, int from, int count) {
    int unaware = awareness.pickUnaware(exposed, from, count, picked);
    if (!oneExposureIsEnough) {
      unaware = pickConvinced(unaware);
    }
    return awareness.notice(picked, unaware);
  }

  /** Of people who need several exposures, keeps those who have seen enough with this one. */
  private int pickConvinced(int unaware) {
    int convinced = 0;
    for (int i = 0; i < unaware; i++) {
      int person = picked[i];
      if (awareness.hasNoticed(person)) {
        continue;
      }
      draws.restart(segments.firstPerson() + person, Purpose.THRESHOLD, 0);
      if (awareness.see(person) >= wave.adoption().exposuresNeeded(draws)) {
        picked[convinced++] = person;
      }
    }
    return convinced;
  }

  /** Marks those who look up what they have noticed; returns how many. */
  private int lookUp(int noticing) {
    PersonDraws.firsts(
        draws.origin(Purpose.DECISION, 0, segments.firstPerson()), picked, noticing, streams);
    int sum = 0;
    for (int i = 0; i < noticing; i++) {
      // 1 if below, else 0: by the sign, as a branch would be guessed wrong.
      searching[i] = (Levels.of(streams[i]) - searchersBelow) >>> (Integer.SIZE - 1);
      sum += searching[i];
    }
    return sum;
  }

  /** Some of those who noticed, whose segments are known, will take part. */
  private void takePart(int noticing) {
    if (tables.isPresent()) {
      decide(noticing, tables.get());
    } else {
      adoptLater(noticing);
    }
  }

  /** Some of those who noticed will try. */
  private void decide(int noticing, UseTables of) {
    double trialShare = of.use.trialShare();
    int trying = 0;
    for (int i = 0; i < noticing; i++) {
      long stream = streams[i];
      picked[trying] = picked[i];
      segmentOf[trying] = segmentOf[i];
      streams[trying] = stream;
      trying += PersonDraws.uniform(stream) < trialShare ? 1 : 0;
    }
    double perShare = 1 / trialShare;
    double meanHours = of.use.decisionHours();
    for (int i = 0; i < trying; i++) {
      // What decided on the trial is uniform below the share, so it says when, too.
      moments[i] = PersonDraws.uniform(streams[i]) * perShare;
    }
    PersonDraws.laters(streams, trying, 1, streams);
    for (int i = 0; i < trying; i++) {
      waits[i] = Levels.Exponential.of(streams[i]) * meanHours;
    }
    ActivityClock.hoursAfter(segments.clocks(), segmentOf, hour, moments, waits, trying, dueHours);
    tries.addAll(dueHours, picked, trying);
  }

  /** All who noticed adopt, sooner or later. */
  private void adoptLater(int noticing) {
    for (int i = 0; i < noticing; i++) {
      draws.restart(segments.firstPerson() + picked[i], Purpose.DECISION, 0);
      double wait = wave.adoption().latentHours(draws);
      dueHours[i] = hour + (int) Math.min(wave.hours(), draws.uniform() + wait);
    }
    tries.addAll(dueHours, picked, noticing);
  }

  private void endActivity() {
    for (int segment = 0; segment < segments.count(); segment++) {
      booking.count(segment, Count.STOPPED, endings[hour * segments.count() + segment]);
    }
  }

  /** Adds the outputs wanted of each venue in this hour to a sum over shards. */
  void addDemand(long[] sum) {
    visits.ifPresent(of -> of.addDemand(sum));
  }

  /** Second phase: outputs are made, adopters pass it on. */
  void act(FleetHour[] byVenue) {
    if (visits.isPresent()) {
      visits.get().serve(byVenue);
    } else {
      tries.take(hour, this::adopt);
    }
    outbox.sort();
  }

  private void adopt(int[] adopters, int from, int count) {
    for (int i = 0; i < count; i++) {
      int person = adopters[from + i];
      int segment = segments.of(person);
      picked[i] = person;
      cohorts[i] = segments.cohort(segment);
      booking.count(segment, Count.ADOPTED, 1);
      int end = outbox.endOfActivity(segments.firstPerson() + person, hour);
      if (end < wave.hours()) {
        endings[end * segments.count() + segment]++;
      }
    }
    outbox.passOn(segments.firstPerson(), picked, cohorts, count, hour);
  }

  /** Third phase: takes in what the others have sent. */
  void receive(Shard[] all) {
    for (Shard other : all) {
      other.outbox.handOver(number, exposures);
    }
  }

  void flush(HourOfWave made, WaveResult result) {
    booking.flush(segments, made, result);
  }
}
