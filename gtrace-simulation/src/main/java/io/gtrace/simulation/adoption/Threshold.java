package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;
import io.gtrace.simulation.random.PersonDraws;
import java.util.List;

/**
 * Social reinforcement (Granovetter 1978; Watts 2002): a person notices only after so many
 * exposures, and people differ in how many they need.
 *
 * @param spread how adopters expose others
 * @param shareNeeding share of people who need 1, 2, 3 ... exposures; 1 to 63 shares that add up to
 *     1
 */
public record Threshold(SelfExciting spread, List<Double> shareNeeding) implements AdoptionModel {
  private static final int MOST = 63;

  public Threshold {
    shareNeeding = List.copyOf(shareNeeding);
    Within.require("numbers of exposures", shareNeeding.size(), 1, MOST);
    Within.requireWhole("shares needing", shareNeeding);
  }

  @Override
  public Spreading spreading(int hours) {
    return spread.spreading(hours);
  }

  @Override
  public double meanExposures(int hours) {
    return spread.meanExposures(hours);
  }

  @Override
  public int exposuresNeeded(PersonDraws draws) {
    double left = draws.uniform();
    int needed = 0;
    do {
      left -= shareNeeding.get(needed);
      needed++;
    } while (left >= 0 && needed < shareNeeding.size());
    return needed;
  }
}
