package io.gtrace.simulation.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

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
  private final ZigguratSampler.NormalizedGaussian gaussian;
  private final ZigguratSampler.Exponential exponential;
  private long state;

  /**
   * @param seed another seed gives another world
   */
  public PersonDraws(long seed) {
    for (int p = 0; p < saltByPurpose.length; p++) {
      saltByPurpose[p] = mixed(mixed(seed) + (p + 1) * GOLDEN_GAMMA);
    }
    gaussian = ZigguratSampler.NormalizedGaussian.of(this);
    exponential = ZigguratSampler.Exponential.of(this);
  }

  /** Starts the stream of a person for a purpose on an occasion, such as an hour. */
  public PersonDraws restart(long person, Purpose purpose, long occasion) {
    begin(person, purpose, occasion);
    return this;
  }

  /** Starts a stream and returns its first 64 random bits. */
  public long begin(long person, Purpose purpose, long occasion) {
    state =
        mixed(saltByPurpose[purpose.ordinal()] + person * GOLDEN_GAMMA + occasion * OCCASION_GAMMA);
    return state;
  }

  /**
   * Goes on with a stream.
   *
   * @param first what {@link #begin} has returned for it
   */
  public void goOn(long first) {
    state = first;
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

  /** Standard normal. */
  public double normal() {
    return gaussian.sample();
  }

  /** Exponential with mean 1. */
  public double exponential() {
    return exponential.sample();
  }

  /** A number that follows from three others and looks like chance: for what must never change. */
  public static long hash(long a, long b, long c) {
    return mixed(a + b * GOLDEN_GAMMA + c * OCCASION_GAMMA);
  }

  /** Scrambles the bits of a number so that near numbers end far apart. */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
