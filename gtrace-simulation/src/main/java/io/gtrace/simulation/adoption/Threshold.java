package io.gtrace.simulation.adoption;

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
  private static final double TOLERANCE = 1e-6;

  public Threshold {
    shareNeeding = List.copyOf(shareNeeding);
    Check.within("numbers of exposures", shareNeeding.size(), 1, MOST);
    shareNeeding.forEach(share -> Check.within("share", share, 0, 1));
    double sum = shareNeeding.stream().mapToDouble(Double::doubleValue).sum();
    Check.within("sum of the shares", sum, 1 - TOLERANCE, 1 + TOLERANCE);
  }

  @Override
  public double expose(double audience, double hoursLeft, PersonDraws draws, Exposures exposures) {
    return spread.expose(audience, hoursLeft, draws, exposures);
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
