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
    state =
        saltByPurpose[purpose.ordinal()] ^ mixed(person * GOLDEN_GAMMA + occasion * OCCASION_GAMMA);
    return this;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** From 0 to just below 1. */
  public double uniform() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A whole number from 0 to just below a bound, which is above 0. */
  public int below(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Standard normal. */
  public double normal() {
    return gaussian.sample();
  }

  /** Exponential with mean 1. */
  public double exponential() {
    return exponential.sample();
  }

  /** Lognormal with mean 1. */
  public double lognormal(double logSd) {
    return logSd == 0 ? 1 : Math.exp(logSd * (normal() - logSd / 2));
  }

  /** Geometric on 0, 1, 2 ... with that mean, at least 0. */
  public int geometric(double mean) {
    return mean <= 0 ? 0 : (int) Math.min(1e6, exponential() / Math.log(1 + 1 / mean));
  }

  /** A number that follows from three others and looks like chance: for what must never change. */
  public static long hash(long a, long b, long c) {
    return mixed(mixed(a + b * GOLDEN_GAMMA) + c * OCCASION_GAMMA);
  }

  /** Scrambles the bits of a number so that near numbers end far apart. */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
