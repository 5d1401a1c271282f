package io.gtrace.ledger.trend;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A signal beside the estimate.
 *
 * @param signal the signal
 * @param isVolume whether it was taken to be the volume itself
 * @param noise of each period, as standard deviation of the logarithm; 0 if it is the volume
 * @param drift how far it strays from the volume for days, likewise
 * @param byCell its figure in each cell of the grid: an index as it is, a count by cell; empty
 *     where it says nothing
 */
public record FittedSignal(
    Signal signal, boolean isVolume, double noise, double drift, List<OptionalDouble> byCell) {
  public FittedSignal {
    byCell = List.copyOf(byCell);
  }
}
