package io.gtrace.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was timed, or one ratio or size that goes with it.
 *
 * @param what what was measured
 * @param unit of all values, such as {@code ns}
 * @param samples one value for each run, at least one
 * @param limit the most that is wanted; empty where the figure is there to be compared with
 */
record Timing(String what, String unit, List<Double> samples, Optional<Double> limit) {
  Timing {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(what + ": nothing was measured");
    }
    samples = samples.stream().sorted().toList();
  }

  static Timing of(String what, String unit, double... samples) {
    return new Timing(what, unit, Arrays.stream(samples).boxed().toList(), Optional.empty());
  }

  Timing atMost(double most) {
    return new Timing(what, unit, samples, Optional.of(most));
  }

  /** The figure with the least disturbance by whatever else the machine did. */
  double min() {
    return samples.get(0);
  }

  double median() {
    int middle = samples.size() / 2;
    return samples.size() % 2 == 1
        ? samples.get(middle)
        : (samples.get(middle - 1) + samples.get(middle)) / 2;
  }

  double max() {
    return samples.get(samples.size() - 1);
  }
}
