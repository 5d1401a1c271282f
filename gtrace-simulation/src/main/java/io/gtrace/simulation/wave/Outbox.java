package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.contact.ContactStructure;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;

/** Exposures on their way from the adopters of one shard to the people of all. */
final class Outbox implements AdoptionModel.Exposures {
  private static final int LOCAL_BITS = 24;
  private static final int LOCAL_MASK = (1 << LOCAL_BITS) - 1;

  private final Shards shards;
  private final int hours;
  private final AdoptionModel.Spreading spreading;
  private final ContactStructure.Reach reach;
  private final PersonDraws draws;
  private final LongList[] toShard;
  private int hour;
  private double moment;

  Outbox(Wave wave, AdoptionModel.Spreading spreading, Shards shards, PersonDraws draws) {
    this.shards = shards;
    this.spreading = spreading;
    this.draws = draws;
    hours = wave.hours();
    reach = wave.contacts().reach();
    toShard = new LongList[shards.count()];
    for (int i = 0; i < toShard.length; i++) {
      toShard[i] = new LongList();
    }
  }

  /** Draws whom a new adopter exposes; returns in how many hours the adopter stops doing so. */
  double passOn(long person, int cohort, int now) {
    hour = now;
    double audience = reach.turnTo(person, cohort, draws);
    moment = PersonDraws.uniform(draws.begin(person, Purpose.SPREAD, 0));
    double activeHours = spreading.expose(audience, hours - now, draws, this);
    return Math.max(1, moment + activeHours);
  }

  @Override
  public void after(double delayHours) {
    // At least one hour, as this one is over.
    int wait = Math.max(1, (int) (moment + delayHours));
    if (wait < hours - hour) {
      long reached = reach.contact(draws);
      toShard[shards.shardOf(reached)].add(
          (long) (hour + wait) << LOCAL_BITS | shards.within(reached));
    }
  }

  /** Hands over what was sent to a shard. */
  void empty(int shard, EventCalendar exposures) {
    LongList sent = toShard[shard];
    for (int i = 0; i < sent.size(); i++) {
      long event = sent.get(i);
      exposures.add((int) (event >>> LOCAL_BITS), (int) event & LOCAL_MASK);
    }
    sent.clear();
  }
}
