package io.gtrace.simulation.study;

import io.gtrace.factor.UnknownNameException;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.Clocks;
import io.gtrace.simulation.people.Population;
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
 * Runs a study again and again, each time in another state of the world; what is the same in all of
 * them is looked up once. Safe for use by many threads.
 */
final class MemberRuns {
  private final Study study;
  private final Clocks clocks;
  private final RateCard card;
  private final StudyRun.Settings settings;
  private final OutputPrices prices;
  private final Footprint nothing;

  MemberRuns(Study study, World world, RateCard card, StudyRun.Settings settings) {
    this.study = study;
    this.card = card;
    this.settings = settings;
    clocks = new Clocks(world, study.start(), study.hours());
    prices = new OutputPrices(card);
    nothing = card.newSum().footprint();
  }

  /** What is run in one state of the world. */
  private record Prepared(
      Population population, Optional<Workplaces> workplaces, WaveSimulation simulation) {}

  /**
   * Finds what is wrong with the study before anything is run.
   *
   * @throws StudyException if it cannot be run; the message says why, where, and what to do
   */
  void require() {
    prepared(new StudyNumbers(study.tree(), StudyNumbers.State.MEDIANS));
  }

  /**
   * @param numbers of the study in one state of the world
   * @param goOn hears the share that is done, 0 to 1, after each hour; returns whether to go on
   */
  Member run(StudyNumbers numbers, long seed, int threads, DoublePredicate goOn) {
    Prepared prepared = prepared(numbers);
    Population population = prepared.population();
    int hours = study.hours();
    Optional<Venues> venues = prepared.workplaces().map(Workplaces::venues);
    OutputSums sums = new OutputSums(hours, venues.map(of -> of.all().size()).orElse(0));
    Optional<WavePricing> pricing =
        prepared
            .workplaces()
            .map(places -> new WavePricing(card, places, prices, population, study.start(), hours));
    WaveResult result =
        prepared
            .simulation()
            .run(
                seed,
                threads,
                made -> {
                  sums.add(made);
                  pricing.ifPresent(of -> of.add(made));
                  return goOn.test((made.hour() + 1.0) / hours);
                });
    return Member.of(result, venues, sums, pricing, nothing, numbers.of("/use/counted-share", 1));
  }

  private Prepared prepared(StudyNumbers numbers) {
    Wave wave = new StudyCompiler(study, numbers, clocks, card, settings.scale()).wave();
    MemoryNeed.of(wave, settings).require(study.tree());
    Optional<Workplaces> workplaces =
        wave.use()
            .map(use ->
                new Workplaces(
                    card,
                    new Venues(use),
                    models(study),
                    new Outputs(study.tree(), numbers),
                    study.start()));
    workplaces.ifPresent(this::requirePrices);
    WaveSimulation simulation =
        workplaces
            .map(places ->
                new WaveSimulation(
                    wave,
                    places,
                    new FleetCompiler(study, numbers, card.catalogue(), settings.scale()).fleets()))
            .orElseGet(() -> WaveSimulation.ofAdoption(wave));
    return new Prepared(wave.population(), workplaces, simulation);
  }

  /** A model that makes something else is told with the place where the study names it. */
  private void requirePrices(Workplaces workplaces) {
    if (workplaces.year() < card.catalogue().firstYear()) {
      throw study
          .tree()
          .fault(
              "/start", "grids are known from " + card.catalogue().firstYear() + " on, not before");
    }
    List<String> models = models(study);
    for (int venue = 0; venue < models.size(); venue++) {
      try {
        for (int kind = 0; kind < workplaces.kinds(); kind++) {
          workplaces.row(venue, kind, Workplaces.ANYWHERE);
        }
      } catch (UnknownNameException unknown) {
        throw unknown;
      } catch (IllegalArgumentException wrong) {
        throw new StudyException(
            study.tree().placeOf(models.get(venue)).orElse(study.id()) + ": " + wrong.getMessage());
      }
    }
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
}
