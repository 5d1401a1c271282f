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
  public long contact(long person, int cohort, double audience, PersonDraws draws) {
    long other = Math.multiplyHigh(draws.nextLong() >>> 1, (people - 1) << 1);
    return other < person ? other : other + 1;
  }

  @Override
  public double audience(long person, PersonDraws draws) {
    return 1;
  }
}
