package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a study, at its full size: a run at a scale of 1:100 is multiplied by a hundred.
 *
 * @param study what was run
 * @param settings how
 * @param peopleSimulated people of a run
 * @param hours hours that were simulated: fewer than asked for if the run was stopped
 * @param factorSet digest of the factors behind the figures
 * @param figures of the whole wave
 * @param countries where the users are, the largest energy first
 * @param venues where the outputs were made, in the order of the study
 * @param series hour by hour
 * @param inputs the uncertain inputs, the most telling first; empty for a single run
 * @param training what it took to train the model; empty if the study does not say
 * @param scenarios the same world with something changed
 */
public record StudyOutcome(
    Study study,
    StudyRun.Settings settings,
    long peopleSimulated,
    int hours,
    String factorSet,
    Figures figures,
    List<Group> countries,
    List<Group> venues,
    List<Hour> series,
    List<Input> inputs,
    Optional<TrainingOutcome> training,
    List<ScenarioOutcome> scenarios) {
  public StudyOutcome {
    countries = List.copyOf(countries);
    venues = List.copyOf(venues);
    series = List.copyOf(series);
    inputs = List.copyOf(inputs);
    scenarios = List.copyOf(scenarios);
  }

  /**
   * Figures of a wave.
   *
   * @param noticed people who noticed
   * @param adopters people who took part
   * @param newUsers people among them who were new to the service
   * @param outputs outputs made
   * @param refused outputs asked for and refused
   * @param countedOutputs outputs that belong to what is studied
   * @param footprint of all outputs; of one run with every uncertain factor drawn, of many with
   *     every uncertain input as well
   * @param counted footprint of what is studied
   */
  public record Figures(
      Quantity noticed,
      Quantity adopters,
      Quantity newUsers,
      Quantity outputs,
      Quantity refused,
      Quantity countedOutputs,
      Footprint footprint,
      Footprint counted) {}

  /**
   * A part of the wave.
   *
   * @param id country, region of a service, or device
   * @param name for people
   * @param adopters people who took part; 0 where it is not told
   * @param outputs outputs made
   */
  public record Group(
      String id, String name, double adopters, double outputs, Footprint footprint) {}

  /**
   * One hour of the wave; figures are those of all outputs, at the medians of the rate card.
   *
   * @param at its begin
   * @param active people who take part at its end
   */
  public record Hour(
      Instant at,
      Quantity noticed,
      Quantity adopted,
      Quantity newUsers,
      Quantity active,
      Quantity outputs,
      Quantity refused,
      Quantity energyKwh,
      Quantity carbonKg,
      Quantity waterL) {}

  /**
   * An uncertain input of the study.
   *
   * @param pointer where the study says it
   * @param low of its 90 % interval
   * @param rankCorrelation with the carbon of what is studied, -1 to 1
   * @param carbonKgIfLow median carbon of the runs in which the input was in its lowest third
   * @param carbonKgIfHigh the same for its highest third
   */
  public record Input(
      String pointer,
      double low,
      double median,
      double high,
      String source,
      double rankCorrelation,
      double carbonKgIfLow,
      double carbonKgIfHigh) {}

  /**
   * The training of the model beside its use.
   *
   * @param footprint of the training
   * @param overtakenShare share of the draws in which the energy of use overtook that of training
   *     within the run, 0 to 1
   * @param hours from the start until then, in those draws; empty if there are none
   */
  public record TrainingOutcome(
      Footprint footprint, double overtakenShare, Optional<Quantity> hours) {}

  /**
   * A scenario beside the study as it stands.
   *
   * @param avoidedCarbonKg carbon of the study less that of the scenario, run by run and draw by
   *     draw, so that what both share cancels
   */
  public record ScenarioOutcome(
      String id,
      String title,
      Figures figures,
      Quantity avoidedEnergyKwh,
      Quantity avoidedCarbonKg,
      Quantity avoidedWaterL) {}
}
