package io.gtrace.ledger.trend;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.XoRoShiRo128PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** A wave whose volume is known, and what signals and anchors would say of it. */
final class SyntheticTrend {
  static final Instant START = Instant.parse("2025-03-20T00:00:00Z");

  private final ZigguratSampler.NormalizedGaussian normal;
  private final double[] volumes;

  /** A rise and fall of random height and pace, and a random walk about it. */
  SyntheticTrend(long seed, int days, double changePerDay) {
    UniformRandomProvider random = new XoRoShiRo128PlusPlus(seed, 0x9E3779B97F4A7C15L);
    normal = ZigguratSampler.NormalizedGaussian.of(random);
    volumes = new double[days];
    double peak = days * (0.3 + 0.3 * random.nextDouble());
    double height = Math.log(1e6) + 3 * normal.sample();
    double walk = 0;
    for (int d = 0; d < days; d++) {
      walk += changePerDay * normal.sample();
      double off = (d - peak) / (0.25 * days);
      volumes[d] = Math.exp(height - 1.5 * Math.sqrt(1 + off * off) + walk);
    }
  }

  double[] volumes() {
    return volumes.clone();
  }

  double total() {
    return sum(0, volumes.length);
  }

  double sum(int from, int until) {
    double sum = 0;
    for (int d = from; d < until; d++) {
      sum += volumes[d];
    }
    return sum;
  }

  static Instant day(int day) {
    return START.plus(day, ChronoUnit.DAYS);
  }

  /** An index of whole numbers from 0 to 100, off by a drift and noise. */
  Signal index(String name, double noise, double drift) {
    double[] seen = disturbed(noise, drift);
    double largest = 0;
    for (double each : seen) {
      largest = Math.max(largest, each);
    }
    List<Observation> observations = new ArrayList<>();
    for (int d = 0; d < seen.length; d++) {
      double share = 100 * seen[d] / largest;
      Reading reading =
          share > 0 && share < 0.5 ? Reading.below(1) : Reading.rounded(Math.rint(share));
      observations.add(new Observation(day(d), day(d + 1), reading, false));
    }
    return new Signal(name, SignalKind.INDEX, Granularity.DAY, "made", observations);
  }

  /** Counts that are a share of the volume, off by a drift and noise. */
  Signal counts(String name, double share, double noise, double drift) {
    double[] seen = disturbed(noise, drift);
    List<Observation> observations = new ArrayList<>();
    for (int d = 0; d < seen.length; d++) {
      observations.add(
          new Observation(day(d), day(d + 1), Reading.exactly(Math.rint(share * seen[d])), false));
    }
    return new Signal(name, SignalKind.COUNT, Granularity.DAY, "made", observations);
  }

  private double[] disturbed(double noise, double drift) {
    double[] seen = new double[volumes.length];
    double kept = Math.exp(-1 / LinearPath.DRIFT_DAYS);
    double strays = drift * normal.sample();
    for (int d = 0; d < seen.length; d++) {
      strays = kept * strays + drift * Math.sqrt(1 - kept * kept) * normal.sample();
      seen[d] = volumes[d] * Math.exp(strays + noise * normal.sample());
    }
    return seen;
  }

  /** A known sum of some days, off by an error of its own. */
  Anchor anchor(int from, int until, double logSd) {
    double said = sum(from, until) * Math.exp(logSd * normal.sample());
    double half = Math.exp(1.645 * logSd);
    return Anchor.of(
        day(from), day(until), new StatedFigure(said, said / half, said * half), "images", "made");
  }
}
