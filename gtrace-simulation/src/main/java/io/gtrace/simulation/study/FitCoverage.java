package io.gtrace.simulation.study;

import java.util.List;

/**
 * How often the intervals of fits held a truth that was known: of 90 % intervals nine in ten
 * should.
 *
 * @param fits how many truths were drawn from the prior and fitted
 * @param inputs the inputs and in how many fits the posterior held the truth
 * @param heldOut counts and periods that were held out, over all fits
 * @param heldOutCovered of them how many lay where the fitted study expected them
 */
public record FitCoverage(int fits, List<OfInput> inputs, int heldOut, int heldOutCovered) {
  public FitCoverage {
    inputs = List.copyOf(inputs);
  }

  /**
   * An input.
   *
   * @param pointer where the study says it
   * @param covered fits in which the 90 % interval held the truth
   * @param narrowedTo width of the posterior interval over that of the prior, mean of all fits
   */
  public record OfInput(String pointer, int covered, double narrowedTo) {}
}
