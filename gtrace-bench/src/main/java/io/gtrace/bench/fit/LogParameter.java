package io.gtrace.bench.fit;

/**
 * A positive constant of a law and what is thought of it before any measurement.
 *
 * @param id its row in assumptions.csv
 * @param prior middle of the prior
 * @param priorLogSd log standard deviation of the prior
 */
public record LogParameter(String id, double prior, double priorLogSd) {
  double priorLog() {
    return Math.log(prior);
  }
}
