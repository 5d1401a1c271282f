package io.gtrace.simulation.contact;

import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;

/**
 * A fixed directed contact structure: each person reaches a heavy-tailed number of others, some of
 * the own community, some of the own country, some anywhere. A tie is a hash of the person and the
 * number of the tie, so that a billion people with a hundred ties each need no memory, and the same
 * tie leads to the same person whenever it is followed.
 */
public final class SocialTies implements ContactStructure {
  private static final int WORLD_STEPS = 4096;
  private static final double KINDS = 0x1.0p16;

  private final Population population;
  private final Shape shape;
  private final long seed;
  private final int[] cohortOfWorld;
  private final long[] first;
  private final long[] people;
  private final double communities;
  private final int communityBelow;
  private final int worldBelow;
  private final Levels.Lognormal audiences;

  /**
   * How ties lie.
   *
   * @param meanTies ties of a person on average, 1 to 10,000
   * @param tiesLogSd spread of the logarithm of their number; 0 gives everyone the same
   * @param communityPeople people of a community, at least 2
   * @param communityShare share of ties within it, 0 to 1
   * @param worldShare share of ties to anyone anywhere, 0 to 1; the rest stays in the country
   */
  public record Shape(
      double meanTies,
      double tiesLogSd,
      int communityPeople,
      double communityShare,
      double worldShare) {
    public Shape {
      require(meanTies >= 1 && meanTies <= 10_000, "mean ties must be 1 to 10,000", meanTies);
      require(tiesLogSd >= 0 && tiesLogSd <= 5, "spread of ties must be 0 to 5", tiesLogSd);
      require(communityPeople >= 2, "people of a community must be at least 2", communityPeople);
      require(
          communityShare >= 0 && worldShare >= 0 && communityShare + worldShare <= 1,
          "shares of ties must be at least 0 and at most 1 together",
          communityShare + worldShare);
    }

    private static void require(boolean holds, String what, double found) {
      if (!holds) {
        throw new IllegalArgumentException(what + ", not " + found);
      }
    }
  }

  /**
   * @param seed another seed gives other ties of the same shape
   */
  public SocialTies(Population population, Shape shape, long seed) {
    this.population = population;
    this.shape = shape;
    this.seed = seed;
    audiences = new Levels.Lognormal(shape.tiesLogSd());
    cohortOfWorld = cohortsOfWorld(population);
    int cohorts = population.cohorts().size();
    first = new long[cohorts];
    people = new long[cohorts];
    for (int c = 0; c < cohorts; c++) {
      first[c] = population.first(c);
      people[c] = population.cohorts().get(c).people();
    }
    communities = 1.0 / shape.communityPeople();
    communityBelow = (int) (shape.communityShare() * KINDS);
    worldBelow = communityBelow + (int) (shape.worldShare() * KINDS);
  }

  /** Countries in the proportion of their people. */
  private static int[] cohortsOfWorld(Population population) {
    int[] cohorts = new int[WORLD_STEPS];
    double people = (double) population.people();
    for (int step = 0; step < WORLD_STEPS; step++) {
      cohorts[step] = population.cohortOf((long) ((step + 0.5) / WORLD_STEPS * people));
    }
    return cohorts;
  }

  @Override
  public Reach reach() {
    return new Ties();
  }

  /** The ties of some people. */
  private final class Ties implements Reach {
    private final long[] person = new long[PEOPLE];
    private final long[] ties = new long[PEOPLE];
    private final long[] firstOfCountry = new long[PEOPLE];
    private final long[] peopleOfCountry = new long[PEOPLE];
    private final long[] fromCommunity = new long[PEOPLE];
    private final long[] moreInCommunity = new long[PEOPLE];

    @Override
    public double turnTo(int place, long to, int cohort, int level, long stream) {
      double audience = audiences.at(level, stream);
      long inCountry = people[cohort];
      // A division would take longer than all the rest.
      long community = (long) ((to - first[cohort]) * communities);
      long from = community * shape.communityPeople();
      person[place] = to;
      ties[place] = Math.max(1, (long) (shape.meanTies() * audience + 0.5));
      firstOfCountry[place] = first[cohort];
      peopleOfCountry[place] = inCountry;
      fromCommunity[place] = from;
      moreInCommunity[place] =
          Math.max(1, Math.min(shape.communityPeople(), inCountry - from)) - inCountry;
      return audience;
    }

    /** Follows one of the ties of each, by its number. */
    @Override
    public void contacts(int[] places, long[] random, int count, long[] reached) {
      for (int i = 0; i < count; i++) {
        int place = places[i];
        random[i] = PersonDraws.key(seed, person[place], scaled(random[i], ties[place]));
      }
      PersonDraws.hashes(random, count, random);
      for (int i = 0; i < count; i++) {
        reached[i] = reached(places[i], random[i]);
      }
    }

    private long reached(int place, long hash) {
      int kind = (int) (hash >>> 48);
      // Masks of all ones or none: a branch would be guessed wrong.
      long community = ((long) kind - communityBelow) >> (Long.SIZE - 1);
      long world = (((long) kind - worldBelow) >> (Long.SIZE - 1)) & ~community;
      int country = cohortOfWorld[kind * 61 + (int) (hash & 63) & WORLD_STEPS - 1];
      long from = firstOfCountry[place] + (fromCommunity[place] & community);
      long below = peopleOfCountry[place] + (moreInCommunity[place] & community);
      from += (first[country] - from) & world;
      below += (people[country] - below) & world;
      long self = person[place];
      long reached = from + scaled(hash << 16, below);
      return reached != self ? reached : (self + 1) % population.people();
    }
  }

  private static long scaled(long random, long below) {
    return Math.multiplyHigh(random >>> 1, below << 1);
  }
}
