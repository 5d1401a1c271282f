package io.gtrace.simulation.serving;

import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.random.Purpose;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Small replicas for tests. An output takes 1,000 J, half as much for its host, and 2 s alone. */
final class Replicas {
  static final double ALONE_S = 2;
  static final double ALONE_J = 1_000;

  private Replicas() {}

  /**
   * @param together 0 where a batch takes as long as its outputs one after the other, 1 where it
   *     takes no longer than one of them; energy alike
   */
  static Replica sharing(int largestBatch, double together) {
    BatchCurve curve =
        BatchCurve.of(
            largestBatch,
            batch -> ALONE_J * Math.pow(batch, -together),
            batch -> ALONE_S * Math.pow(batch, 1 - together));
    return new Replica(1, curve, 0.5, 200, 1_700);
  }

  static ContinuousSampler exponential(long seed, double mean) {
    return ZigguratSampler.Exponential.of(randomness(seed), mean);
  }

  static UniformRandomProvider randomness(long seed) {
    return new PersonDraws(seed).restart(0, Purpose.SESSION, 0);
  }
}
