package io.gtrace.ledger.trend;

import java.time.Instant;
import java.util.Optional;

/**
 * What is estimated.
 *
 * @param from nothing before it counts; empty for all
 * @param until nothing from then on counts; empty for all
 * @param step cells of the estimate; empty for hours where the signals tell them apart
 * @param volumeSignal part of the name of the signal that counts the volume itself; empty if
 *     anchors alone give the scale
 * @param baseline a time without the trend, of which the level is taken off; empty for none
 */
public record EstimateOptions(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<TimeGrid.Step> step,
    Optional<String> volumeSignal,
    Optional<Baseline> baseline) {
  /** Everything that the signals cover. */
  public static final EstimateOptions ALL =
      new EstimateOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
