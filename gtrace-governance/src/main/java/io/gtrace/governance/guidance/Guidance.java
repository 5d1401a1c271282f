package io.gtrace.governance.guidance;

import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.simulation.study.StudyOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What levers do, for one audience: in a simulated wave, and in the ledger of one organisation
 * where there is one.
 *
 * @param entries what avoids most in the wave first; those that the study does not show last
 */
public record Guidance(Audience audience, List<Entry> entries) {
  public Guidance {
    entries = List.copyOf(entries);
  }

  /**
   * One lever.
   *
   * @param inWave what it does to the wave; empty if no scenario of the study shows it
   * @param insight what it lets people know; empty if it is no matter of knowing
   * @param inLedger its indicator in the ledger of an organisation; empty without one
   */
  public record Entry(
      Lever lever,
      Optional<Effect> inWave,
      Optional<Insight> insight,
      Optional<IndicatorResult> inLedger) {

    /** What it avoids, by which levers are put in order. */
    private double avoidedKg() {
      return inWave
          .map(effect -> effect.avoidedCarbonKg().value())
          .or(() -> insight.map(known -> known.worthKg().value()))
          .orElse(Double.NEGATIVE_INFINITY);
    }
  }

  /**
   * Guidance for an audience.
   *
   * @param wave a study that was run with its scenarios
   * @param organisation an assessment of one organisation; empty for none
   */
  public static Guidance of(
      Audience audience, List<Lever> levers, StudyOutcome wave, Optional<Assessment> organisation) {
    return new Guidance(
        audience,
        levers.stream()
            .filter(lever -> lever.audiences().contains(audience))
            .map(lever ->
                new Entry(
                    lever,
                    Effect.of(wave, lever),
                    Insight.of(wave, lever),
                    organisation.flatMap(each -> result(each, lever.indicator()))))
            .sorted(Comparator.comparingDouble(entry -> -entry.avoidedKg()))
            .toList());
  }

  private static Optional<IndicatorResult> result(Assessment assessment, String id) {
    return assessment.indicators().filter(each -> each.indicator().id().equals(id)).findFirst();
  }
}
