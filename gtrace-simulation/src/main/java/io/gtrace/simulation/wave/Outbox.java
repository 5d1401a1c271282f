package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.contact.ContactStructure;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import java.util.Arrays;

/**
 * Exposures on their way from the adopters of one shard to the people of all: noted down one after
 * the other, then sorted by shard.
 */
final class Outbox implements AdoptionModel.Exposures {
  private static final int LOCAL_BITS = 24;
  private static final int LOCAL_MASK = (1 << LOCAL_BITS) - 1;
  private static final int SHARD_SHIFT = 48;

  private final Shards shards;
  private final int hours;
  private final AdoptionModel.Spreading spreading;
  private final ContactStructure.Reach reach;
  private final PersonDraws draws;
  private final LongList written = new LongList();
  private final int[] end;
  private long[] sorted = {};
  private int hour;
  private double moment;

  Outbox(Wave wave, AdoptionModel.Spreading spreading, Shards shards, PersonDraws draws) {
    this.shards = shards;
    this.spreading = spreading;
    this.draws = draws;
    hours = wave.hours();
    reach = wave.contacts().reach();
    end = new int[shards.count() + 1];
  }

  /** Draws whom a new adopter exposes; returns in how many hours the adopter stops doing so. */
  double passOn(long person, int cohort, int now) {
    hour = now;
    long bits = draws.begin(person, Purpose.SPREAD, 0);
    moment = PersonDraws.uniform(bits);
    double audience = reach.turnTo(person, cohort, Levels.of(bits), draws);
    double activeHours = spreading.expose(audience, hours - now, draws, this);
    return Math.max(1, moment + activeHours);
  }

  @Override
  public void after(double delayHours) {
    // At least one hour, as this one is over.
    int wait = Math.max(1, (int) (moment + delayHours));
    if (wait < hours - hour) {
      long reached = reach.contact(draws);
      written.add(
          (long) shards.shardOf(reached) << SHARD_SHIFT
              | (long) (hour + wait) << LOCAL_BITS
              | shards.within(reached));
    }
  }

  /** Sorts what was written in the hour by shard, each in the order in which it was written. */
  void sort() {
    int size = written.size();
    Arrays.fill(end, 0);
    for (int i = 0; i < size; i++) {
      end[shardOf(written.get(i)) + 1]++;
    }
    for (int shard = 1; shard < end.length; shard++) {
      end[shard] += end[shard - 1];
    }
    if (sorted.length < size) {
      sorted = new long[size + (size >> 2)];
    }
    // Each entry starts as the begin of its shard and is the end when all is sorted.
    for (int i = 0; i < size; i++) {
      long event = written.get(i);
      sorted[end[shardOf(event)]++] = event;
    }
    written.clear();
  }

  private static int shardOf(long event) {
    return (int) (event >>> SHARD_SHIFT);
  }

  /** Hands over what was sent to a shard; once after each sorting. */
  void handOver(int shard, EventCalendar exposures) {
    for (int i = shard == 0 ? 0 : end[shard - 1]; i < end[shard]; i++) {
      exposures.add((int) (sorted[i] >>> LOCAL_BITS) & LOCAL_MASK, (int) sorted[i] & LOCAL_MASK);
    }
  }
}
