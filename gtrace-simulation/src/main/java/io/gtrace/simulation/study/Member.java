package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.wave.Venues;
import io.gtrace.simulation.wave.Wave;
import io.gtrace.simulation.wave.WaveResult;
import io.gtrace.simulation.wave.WaveSimulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * One run of a study and its prices.
 *
 * @param result what happened
 * @param prices what it cost; empty where a study is about adoption alone
 * @param nothing what no output at all costs
 * @param countedShare share of the outputs that belongs to what is studied
 */
record Member(
    WaveResult result, Optional<WavePricing> prices, Footprint nothing, double countedShare) {

  static Member run(
      Study study,
      StudyNumbers numbers,
      World world,
      RateCard card,
      StudyRun.Settings settings,
      long seed,
      int threads,
      DoublePredicate goOn) {
    Wave wave = new StudyCompiler(study, numbers, world, card.catalogue(), settings.scale()).wave();
    MemoryNeed.of(wave, settings).require();
    Optional<Workplaces> workplaces =
        wave.use()
            .map(use ->
                new Workplaces(
                    card,
                    new Venues(use),
                    models(study),
                    new Outputs(study.tree(), numbers),
                    study.start()));
    WaveSimulation simulation =
        workplaces
            .map(places ->
                new WaveSimulation(
                    wave,
                    places,
                    new FleetCompiler(study, numbers, card.catalogue(), settings.scale()).fleets()))
            .orElseGet(() -> WaveSimulation.ofAdoption(wave));
    WaveResult result =
        simulation.run(seed, threads, hour -> goOn.test((hour + 1.0) / wave.hours()));
    return new Member(
        result,
        workplaces.map(places -> new WavePricing(card, places, result, study.start())),
        card.newSum().footprint(),
        numbers.of("/use/counted-share", 1));
  }

  /** The model of each venue: of a service in all its regions, then of each device. */
  private static List<String> models(Study study) {
    StudyTree tree = study.tree();
    List<String> models = new ArrayList<>();
    for (int s = 0; s < tree.at("/services").size(); s++) {
      String pointer = "/services/" + s;
      for (int r = 0; r < tree.at(pointer + "/regions").size(); r++) {
        models.add(tree.at(pointer + "/model").stringValue());
      }
    }
    for (int d = 0; d < tree.at("/devices").size(); d++) {
      models.add(tree.at("/devices/" + d + "/model").stringValue());
    }
    return models;
  }

  Footprint total() {
    return prices.map(WavePricing::total).orElse(nothing);
  }

  Footprint ofCohort(int cohort) {
    return prices.map(of -> of.ofCohort(cohort)).orElse(nothing);
  }

  Footprint ofVenue(int venue) {
    return prices.map(of -> of.ofVenue(venue)).orElse(nothing);
  }
}
