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
  private final int[] world;
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
  public Reach reach() {
    return new Ties();
  }

  /** The ties of one person. */
  private final class Ties implements Reach {
    private long person;
    private long ties;
    private long firstOfCountry;
    private long peopleOfCountry;
    private long fromCommunity;
    private long moreInCommunity;

    @Override
    public double turnTo(long to, int cohort, int level, PersonDraws draws) {
      person = to;
      double audience = audiences.at(level, draws);
      ties = Math.max(1, (long) (shape.meanTies() * audience + 0.5));
      firstOfCountry = first[cohort];
      peopleOfCountry = people[cohort];
      // A division would take longer than all the rest.
      long community = (long) ((to - firstOfCountry) * communities);
      fromCommunity = community * shape.communityPeople();
      moreInCommunity =
          Math.max(1, Math.min(shape.communityPeople(), peopleOfCountry - fromCommunity))
              - peopleOfCountry;
      return audience;
    }

    /** Follows one of the ties, by its number. */
    @Override
    public long contact(PersonDraws draws) {
      long number = scaled(draws.nextLong(), ties);
      long hash = PersonDraws.hash(seed, person, number);
      int kind = (int) (hash >>> 48);
      // All ones in the community, else none: a branch would be guessed wrong.
      long inCommunity = ((long) kind - communityBelow) >> (Long.SIZE - 1);
      long from = firstOfCountry + (fromCommunity & inCommunity);
      long below = peopleOfCountry + (moreInCommunity & inCommunity);
      if (kind >= communityBelow && kind < worldBelow) {
        int country = world[kind * 61 + (int) (hash & 63) & WORLD_STEPS - 1];
        from = first[country];
        below = people[country];
      }
      long reached = from + scaled(hash << 16, below);
      return reached != person ? reached : (person + 1) % population.people();
    }
  }

  private static long scaled(long random, long below) {
    return Math.multiplyHigh(random >>> 1, below << 1);
  }
}
