package io.gtrace.simulation.contact;

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
    private final long[] person = new long[PEOPLE];

    Everyone(long others) {
      this.others = others;
    }

    @Override
    public double turnTo(int place, long to, int cohort, int level, long stream) {
      person[place] = to;
      return 1;
    }

    @Override
    public void contacts(int[] places, long[] random, int count, long[] reached) {
      long[] self = person;
      for (int i = 0; i < count; i++) {
        long other = Math.multiplyHigh(random[i] >>> 1, others << 1);
        reached[i] = other < self[places[i]] ? other : other + 1;
      }
    }
  }
}
