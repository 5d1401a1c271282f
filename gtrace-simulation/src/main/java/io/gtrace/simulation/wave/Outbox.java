package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.contact.ContactStructure;
import io.gtrace.simulation.contact.ContactStructure.Reach;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import java.util.Arrays;

/**
 * Exposures on their way from the adopters of one shard to the people of all. Adopters are taken a
 * few at a time: first it is drawn when they expose others, then whom, so that neither waits for
 * the other. What is written is sorted by shard when the hour is over.
 */
final class Outbox implements AdoptionModel.Exposures {
  private static final int PENDING = 1024;
  private static final int LOCAL_BITS = 24;
  private static final int LOCAL_MASK = (1 << LOCAL_BITS) - 1;
  private static final int SHARD_SHIFT = 48;

  private final Shards shards;
  private final int hours;
  private final AdoptionModel.Spreading spreading;
  private final Reach reach;
  private final PersonDraws draws;
  private final double[] audiences = new double[Reach.PEOPLE];
  private final long[] streams = new long[Reach.PEOPLE];
  private final int[] pendingAdopter = new int[PENDING];
  private final double[] pendingHours = new double[PENDING];
  private final long[] pendingStream = new long[PENDING];
  private final long[] reached = new long[PENDING];
  private int pending;
  private long[] written = new long[PENDING];
  private int size;
  private final int[] ends;
  private long[] sorted = {};
  private int hour;
  private int adopter;

  Outbox(
      ContactStructure contacts,
      int hours,
      AdoptionModel.Spreading spreading,
      Shards shards,
      PersonDraws draws) {
    this.shards = shards;
    this.spreading = spreading;
    this.draws = draws;
    this.hours = hours;
    reach = contacts.reach();
    ends = new int[shards.count() + 1];
  }

  /**
   * Draws whom new adopters expose.
   *
   * @param firstPerson what is added to the numbers of the people
   * @param cohorts of each of them
   * @param count how many
   */
  void passOn(long firstPerson, int[] people, int[] cohorts, int count, int now) {
    hour = now;
    for (int from = 0; from < count; from += Reach.PEOPLE) {
      expose(firstPerson, people, cohorts, from, Math.min(Reach.PEOPLE, count - from));
    }
  }

  private void expose(long firstPerson, int[] people, int[] cohorts, int from, int count) {
    long origin = draws.origin(Purpose.SPREAD, 0, firstPerson);
    for (int i = 0; i < count; i++) {
      int person = people[from + i];
      long stream = PersonDraws.first(origin, person);
      streams[i] = stream;
      audiences[i] =
          reach.turnTo(i, firstPerson + person, cohorts[from + i], Levels.of(stream), stream);
    }
    for (int i = 0; i < count; i++) {
      adopter = i;
      spreading.expose(audiences[i], hours - hour, streams[i], this);
    }
    send();
  }

  /** The hour in which a new adopter stops passing it on; may lie beyond the run. */
  int endOfActivity(long person, int now) {
    long stream = draws.begin(person, Purpose.SPREAD, 0);
    double active = PersonDraws.uniform(stream) + spreading.activeHours(stream);
    return now + (int) Math.min(hours, Math.max(1, active));
  }

  @Override
  public void after(double at, long stream, int counts) {
    if (pending == PENDING) {
      send();
    }
    pendingHours[pending] = at;
    pendingAdopter[pending] = adopter;
    pendingStream[pending] = stream;
    pending += counts;
  }

  /** Draws who is reached. */
  private void send() {
    int count = pending;
    pending = 0;
    if (written.length < size + count) {
      written = Arrays.copyOf(written, size + count + (size >> 1));
    }
    PersonDraws.laters(pendingStream, count, 2, pendingStream);
    spreading.delays(pendingHours, count);
    reach.contacts(pendingAdopter, pendingStream, count, reached);
    long[] to = written;
    int end = size;
    int left = hours - hour;
    for (int i = 0; i < count; i++) {
      // At least one hour, as this one is over.
      double moment = PersonDraws.uniform(streams[pendingAdopter[i]]);
      int wait = Math.max(1, (int) (moment + pendingHours[i]));
      long person = reached[i];
      to[end] =
          (long) shards.shardOf(person) << SHARD_SHIFT
              | (long) (hour + wait) << LOCAL_BITS
              | shards.within(person);
      // What comes after the run is written over.
      end += wait < left ? 1 : 0;
    }
    size = end;
  }

  /** Sorts what was written in the hour by shard, each in the order in which it was written. */
  void sort() {
    Arrays.fill(ends, 0);
    for (int i = 0; i < size; i++) {
      ends[shardOf(written[i]) + 1]++;
    }
    for (int shard = 1; shard < ends.length; shard++) {
      ends[shard] += ends[shard - 1];
    }
    if (sorted.length < size) {
      sorted = new long[size + (size >> 2)];
    }
    // Each entry starts as the begin of its shard and is the end when all is sorted.
    for (int i = 0; i < size; i++) {
      long event = written[i];
      sorted[ends[shardOf(event)]++] = event;
    }
    size = 0;
  }

  private static int shardOf(long event) {
    return (int) (event >>> SHARD_SHIFT);
  }

  /** Hands over what was sent to a shard; once after each sorting. */
  void handOver(int shard, EventCalendar exposures) {
    for (int i = shard == 0 ? 0 : ends[shard - 1]; i < ends[shard]; i++) {
      exposures.add((int) (sorted[i] >>> LOCAL_BITS) & LOCAL_MASK, (int) sorted[i] & LOCAL_MASK);
    }
  }
}
