package io.gtrace.simulation.contact;

import io.gtrace.simulation.random.PersonDraws;

/**
 * Everyone reaches everyone alike: the complete graph of the mean-field limits.
 *
 * @param people at least 2
 */
public record WellMixed(long people) implements ContactStructure {
  public WellMixed {
    if (people < 2) {
      throw new IllegalArgumentException("people must be at least 2, not " + people);
    }
  }

  @Override
  public Reach reach() {
    return new Everyone(people - 1);
  }

  /** Everyone but the person. */
  private static final class Everyone implements Reach {
    private final long others;
    private long person;

    Everyone(long others) {
      this.others = others;
    }

    @Override
    public double turnTo(long to, int cohort, int level, PersonDraws draws) {
      person = to;
      return 1;
    }

    @Override
    public long contact(PersonDraws draws) {
      long other = Math.multiplyHigh(draws.nextLong() >>> 1, others << 1);
      return other < person ? other : other + 1;
    }
  }
}
