package io.gtrace.simulation.study;

import io.gtrace.activity.Context;
import io.gtrace.activity.Training;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.study.StudyOutcome.TrainingOutcome;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The training of a study's model beside the energy of its use. */
final class TrainingComparison {
  private static final String HOURS = "/training/accelerator-hours";

  private final Study study;
  private final StudyNumbers medians;
  private final RateCard card;

  TrainingComparison(Study study, StudyNumbers medians, RateCard card) {
    this.study = study;
    this.medians = medians;
    this.card = card;
  }

  /**
   * @param use energy of the outputs of each hour with every factor at its median, kWh
   * @param all footprint of all outputs
   */
  Optional<TrainingOutcome> beside(List<Double> use, Footprint all) {
    if (!study.hasTraining()) {
      return Optional.empty();
    }
    double[] usedKwh = all.draws(Impact.ENERGY_KWH);
    double usedMedianKwh = all.median(Impact.ENERGY_KWH);
    Footprint training = training();
    double[] trainingKwh = training.draws(Impact.ENERGY_KWH);
    List<Double> hours = new ArrayList<>();
    int[] overtakenIn = new int[use.size()];
    for (int k = 0; k < usedKwh.length; k++) {
      double ratio = usedKwh[k] / usedMedianKwh;
      double sum = 0;
      for (int hour = 0; hour < use.size(); hour++) {
        sum += use.get(hour) * ratio;
        if (sum >= trainingKwh[k % trainingKwh.length]) {
          hours.add(hour + 1.0);
          overtakenIn[hour]++;
          break;
        }
      }
    }
    double[] overtaken = hours.stream().mapToDouble(Double::doubleValue).toArray();
    Optional<Quantity> after =
        overtaken.length == 0 ? Optional.empty() : Optional.of(Quantities.of(overtaken));
    return Optional.of(
        new TrainingOutcome(
            training,
            (double) overtaken.length / usedKwh.length,
            after,
            sharesSoFar(overtakenIn, usedKwh.length)));
  }

  private static List<Double> sharesSoFar(int[] counts, int all) {
    List<Double> shares = new ArrayList<>();
    int soFar = 0;
    for (int count : counts) {
      soFar += count;
      shares.add((double) soFar / all);
    }
    return shares;
  }

  private Footprint training() {
    double medianHours = medians.of(HOURS);
    Footprint footprint =
        card.price(
            new Training(
                study.id(),
                study.text("/training/accelerator").orElseThrow(),
                new Training.AcceleratorTime(1, medianHours, Training.USUAL_UTILISATION),
                Context.UNKNOWN.at(Site.parse(study.text("/training/site").orElseThrow()))));
    int count = footprint.draws(Impact.ENERGY_KWH).length;
    Scatter scatter =
        medians.uncertain().stream()
            .filter(input -> input.pointer().equals(HOURS))
            .findFirst()
            .map(StudyNumbers.Uncertain::scatter)
            .orElse(Scatter.exactly(medianHours));
    double[] ratios = new Draws(count, StudyRun.INPUT_SEED).of(HOURS, scatter);
    for (int k = 0; k < ratios.length; k++) {
      ratios[k] /= medianHours;
    }
    return footprint.times(1, ratios);
  }
}
