package io.gtrace.simulation.contact;

import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;

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
  private final int[] world;
  private final long[] first;
  private final long[] people;
  private final double communities;
  private final int communityBelow;
  private final int worldBelow;

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
    world = cohortsOfWorld(population);
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
  public double audience(long person, PersonDraws draws) {
    draws.restart(person, Purpose.AUDIENCE, 0);
    return draws.lognormal(shape.tiesLogSd());
  }

  @Override
  public long contact(long person, int cohort, double audience, PersonDraws draws) {
    long ties = Math.max(1, Math.round(shape.meanTies() * audience));
    return tie(person, cohort, (long) (draws.uniform() * ties));
  }

  /** Follows one of the ties of a person, by its number. */
  private long tie(long person, int cohort, long number) {
    long hash = PersonDraws.hash(seed, person, number);
    int kind = (int) (hash >>> 48);
    long which = hash << 16;
    long reached;
    if (kind < communityBelow) {
      reached = inCommunity(person, cohort, which);
    } else if (kind < worldBelow) {
      int country = world[kind * 61 + (int) (hash & 63) & WORLD_STEPS - 1];
      reached = first[country] + scaled(which, people[country]);
    } else {
      reached = first[cohort] + scaled(which, people[cohort]);
    }
    return reached != person ? reached : (person + 1) % population.people();
  }

  private long inCommunity(long person, int cohort, long which) {
    // A division would take longer than all the rest.
    long community = (long) ((person - first[cohort]) * communities);
    long start = community * shape.communityPeople();
    long size = Math.min(shape.communityPeople(), people[cohort] - start);
    return first[cohort] + start + scaled(which, Math.max(1, size));
  }

  private static long scaled(long random, long below) {
    return Math.multiplyHigh(random >>> 1, below << 1);
  }
}
