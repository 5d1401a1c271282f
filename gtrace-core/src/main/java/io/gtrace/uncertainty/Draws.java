package io.gtrace.uncertainty;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32C;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.XoRoShiRo128PlusPlus;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * K joint realisations of all factors.
 *
 * <p>Each factor is a dimension, known by its id. Its K scores are the midpoints of K equally
 * likely slices of the standard normal distribution, in an order shuffled by a generator seeded
 * with the id: a Latin hypercube (McKay, Beckman and Conover 1979, Technometrics 21:2) with as many
 * dimensions as there are factors and none that needs to know of the others. So the same factor has
 * the same draws in every rate, site, figure, process and machine, whatever the order or the thread
 * in which they are asked for; every factor's marginal distribution is matched evenly; and distinct
 * factors are independent but for chance of order 1/√K. Factors that are known to err together are
 * mixed from such scores.
 *
 * <p>Scrambled Sobol points would spread more evenly in a few dimensions, but number their
 * dimensions: a new factor would shift all others.
 */
public final class Draws {
  /** Realisations of {@link #standard}. */
  public static final int STANDARD_COUNT = 512;

  /** Many times the factors there are; further ones are of made-up names, and drawn each time. */
  private static final int MOST_KEPT = 20_000;

  private static final long STANDARD_SEED = 0x67747261636541L;

  private final int count;
  private final long seed;
  private final Correlations correlations;
  private final double[] orderedScores;
  private final ConcurrentMap<String, double[]> scoresById = new ConcurrentHashMap<>();

  /**
   * @param count realisations, 2 to 65,536
   * @param seed another seed gives other draws of the same distributions
   */
  public Draws(int count, long seed) {
    this(count, seed, Correlations.NONE);
  }

  /**
   * @param correlations factors that err together
   */
  public Draws(int count, long seed, Correlations correlations) {
    if (count < 2 || count > 65_536) {
      throw new IllegalArgumentException("draws must be 2 to 65,536, not " + count);
    }
    this.count = count;
    this.seed = seed;
    this.correlations = correlations;
    NormalDistribution normal = NormalDistribution.of(0, 1);
    orderedScores = new double[count];
    for (int k = 0; k < count; k++) {
      orderedScores[k] = normal.inverseCumulativeProbability((k + 0.5) / count);
    }
  }

  /** The 512 draws that every figure uses unless told otherwise. */
  public static Draws standard(Correlations correlations) {
    return new Draws(STANDARD_COUNT, STANDARD_SEED, correlations);
  }

  public int count() {
    return count;
  }

  /** The realisations of a factor with this id and scatter. */
  public double[] of(String factorId, Scatter scatter) {
    double[] values = new double[count];
    double[] scores = scores(factorId);
    for (int k = 0; k < count; k++) {
      values[k] = scatter.at(scores[k]);
    }
    return values;
  }

  /** The one realisation {@code k} of a factor, 0 to {@link #count} - 1. */
  public double of(String factorId, Scatter scatter, int k) {
    return scatter.isExact() ? scatter.median() : scatter.at(scores(factorId)[k]);
  }

  private double[] scores(String factorId) {
    double[] known = scoresById.get(factorId);
    if (known != null) {
      return known;
    }
    return scoresById.size() < MOST_KEPT
        ? scoresById.computeIfAbsent(factorId, this::mixedScores)
        : mixedScores(factorId);
  }

  private double[] mixedScores(String factorId) {
    List<Correlations.Part> parts = correlations.parts(factorId);
    if (parts.size() == 1) {
      return shuffledScores(parts.get(0).factor());
    }
    double[] scores = new double[count];
    for (Correlations.Part part : parts) {
      double[] independent = shuffledScores(part.factor());
      for (int k = 0; k < count; k++) {
        scores[k] += part.weight() * independent[k];
      }
    }
    return scores;
  }

  private double[] shuffledScores(String factorId) {
    int[] order = PermutationSampler.natural(count);
    PermutationSampler.shuffle(generator(factorId), order);
    double[] scores = new double[count];
    for (int k = 0; k < count; k++) {
      scores[k] = orderedScores[order[k]];
    }
    return scores;
  }

  private UniformRandomProvider generator(String factorId) {
    byte[] bytes = factorId.getBytes(StandardCharsets.UTF_8);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    long first = seed ^ (checksum.getValue() << 32 | bytes.length);
    long second = 0x9E3779B97F4A7C15L;
    for (byte b : bytes) {
      second = (second ^ b) * 0x100000001B3L;
    }
    return new XoRoShiRo128PlusPlus(first, second);
  }
}
