package io.gtrace.ledger.trend;

import java.util.Collections;
import java.util.List;

/**
 * How large the errors and changes of a model are, as standard deviations of logarithms.
 *
 * @param change of the volume from one day to the next
 * @param noise of each period of each signal, independent
 * @param drift of each group of signals: how far it strays from the volume for a while
 */
record NoiseScales(double change, List<Double> noise, List<Double> drift) {
  NoiseScales {
    noise = List.copyOf(noise);
    drift = List.copyOf(drift);
  }

  /** Own estimate: trends change by a third a day, give or take. */
  static final double USUAL_CHANGE = 0.3;

  /** Own estimate: sampling and day-to-day disturbances of an index or count. */
  static final double USUAL_NOISE = 0.1;

  /**
   * Two trackers counted 150 and 200 million users of the same app in the same week of March 2025
   * (Similarweb and Sensor Tower, by the press): ln(4/3)/√2.
   */
  static final double USUAL_DRIFT = 0.2;

  /** How unsure the logarithms of the above are. */
  static final double LOG_SD_CHANGE = 1;

  static final double LOG_SD_NOISE = 1;
  static final double LOG_SD_DRIFT = 0.7;

  static NoiseScales usual(int signals, int groups) {
    return new NoiseScales(
        USUAL_CHANGE,
        Collections.nCopies(signals, USUAL_NOISE),
        Collections.nCopies(groups, USUAL_DRIFT));
  }
}
