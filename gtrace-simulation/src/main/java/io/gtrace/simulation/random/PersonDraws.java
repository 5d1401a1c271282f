package io.gtrace.simulation.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A stream of random numbers that starts anew for each person, purpose and occasion.
 *
 * <p>Streams are those of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA), started at a hash of
 * what they are for. Generators of libraries are made to be seeded once and then run; here a new
 * stream starts for every few numbers, a billion times, and must cost no more than the numbers.
 * Samplers of the library draw from it. Not for sharing between threads.
 */
public final class PersonDraws implements UniformRandomProvider {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long OCCASION_GAMMA = 0xD1B54A32D192ED03L;

  private final long[] saltByPurpose = new long[Purpose.values().length];
  private long state;

  /**
   * @param seed another seed gives another world
   */
  public PersonDraws(long seed) {
    for (int p = 0; p < saltByPurpose.length; p++) {
      saltByPurpose[p] = mixed(mixed(seed) + (p + 1) * GOLDEN_GAMMA);
    }
  }

  /** Starts the stream of a person for a purpose on an occasion, such as an hour. */
  public PersonDraws restart(long person, Purpose purpose, long occasion) {
    begin(person, purpose, occasion);
    return this;
  }

  /** Starts a stream and returns its first 64 random bits. */
  public long begin(long person, Purpose purpose, long occasion) {
    state = first(origin(purpose, occasion, 0), person);
    return state;
  }

  /**
   * What the streams of people for a purpose on an occasion begin from: for loops over many people,
   * in which {@link #firsts} and {@link #laters} draw for several at once.
   *
   * @param firstPerson what is added to the numbers of the people
   */
  public long origin(Purpose purpose, long occasion, long firstPerson) {
    return saltByPurpose[purpose.ordinal()]
        + occasion * OCCASION_GAMMA
        + firstPerson * GOLDEN_GAMMA;
  }

  /** The first 64 random bits of the stream of a person. */
  public static long first(long origin, long person) {
    return mixed(origin + person * GOLDEN_GAMMA);
  }

  /** Fills a column with the first 64 random bits of the streams of as many people. */
  public static void firsts(long origin, int[] people, int count, long[] streams) {
    for (int i = 0; i < count; i++) {
      streams[i] = mixed(origin + people[i] * GOLDEN_GAMMA);
    }
  }

  /**
   * Random bits of a stream further on.
   *
   * @param first its first
   * @param number how many numbers later, at least 1
   */
  public static long later(long first, int number) {
    return mixed(first + number * GOLDEN_GAMMA);
  }

  /** Fills a column with random bits of as many streams further on. */
  public static void laters(long[] firsts, int count, int number, long[] bits) {
    long further = number * GOLDEN_GAMMA;
    for (int i = 0; i < count; i++) {
      bits[i] = mixed(firsts[i] + further);
    }
  }

  /** Fills a column with what follows from as many keys and looks like chance. */
  public static void hashes(long[] keys, int count, long[] hashes) {
    for (int i = 0; i < count; i++) {
      hashes[i] = mixed(keys[i]);
    }
  }

  /** What {@link #hashes} makes a number of that follows from three others. */
  public static long key(long a, long b, long c) {
    return a + b * GOLDEN_GAMMA + c * OCCASION_GAMMA;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** From 0 to just below 1. */
  public double uniform() {
    return uniform(nextLong());
  }

  /** From 0 to just below 1, of the higher 53 of 64 random bits. */
  public static double uniform(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** A whole number from 0 to just below a bound, which is above 0. */
  public int below(int bound) {
    return scaled(nextLong() >>> Integer.SIZE, bound);
  }

  /**
   * Draws whole numbers.
   *
   * @param numbers takes them; of even length
   * @param count how many; of an odd number one more is written
   * @param from the least of them
   * @param bound how many there are to choose from, above 0
   */
  public void fillBelow(int[] numbers, int count, int from, int bound) {
    for (int i = 0; i < count; i += 2) {
      long bits = nextLong();
      numbers[i] = from + scaled(bits >>> Integer.SIZE, bound);
      numbers[i + 1] = from + scaled(bits & 0xFFFFFFFFL, bound);
    }
  }

  private static int scaled(long half, int bound) {
    return (int) ((half * bound) >>> Integer.SIZE);
  }

  /** Exponential with mean 1. */
  public double exponential() {
    return Levels.Exponential.of(nextLong());
  }

  /** Scrambles the bits of a number so that near numbers end far apart. */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
