package io.gtrace.simulation.study;

import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a study, at its full size: a run at a scale of 1:100 is multiplied by a hundred.
 *
 * @param study what was run
 * @param settings how it was asked for
 * @param peopleSimulated people of a run
 * @param hours hours that were simulated: fewer than asked for if the run was stopped
 * @param runs that were made: fewer than asked for if they were stopped
 * @param factorSet digest of the factors behind the figures
 * @param figures of the whole wave
 * @param idle of the whole what fleets took in hours in which they made nothing; part of no country
 * @param localShare share of the outputs that were made on devices of people's own, 0 to 1
 * @param countries where the users are, the largest energy first
 * @param venues where the outputs were made, in the order of the study
 * @param series hour by hour
 * @param spread how the wave went round the world, step by step
 * @param inputs the uncertain inputs, the most telling first; empty for a single run
 * @param training what it took to train the model; empty if the study does not say
 * @param scenarios the same world with something changed; those that were reached if it was stopped
 * @param localChoices each device beside each service, country by country; empty if the study does
 *     not ask for it
 */
public record StudyOutcome(
    Study study,
    StudyRun.Settings settings,
    long peopleSimulated,
    int hours,
    int runs,
    String factorSet,
    Figures figures,
    Footprint idle,
    Quantity localShare,
    List<Group> countries,
    List<Group> venues,
    List<Hour> series,
    Spread spread,
    List<Input> inputs,
    Optional<TrainingOutcome> training,
    List<ScenarioOutcome> scenarios,
    List<LocalChoice> localChoices) {
  public StudyOutcome {
    countries = List.copyOf(countries);
    venues = List.copyOf(venues);
    series = List.copyOf(series);
    inputs = List.copyOf(inputs);
    scenarios = List.copyOf(scenarios);
    localChoices = List.copyOf(localChoices);
  }

  /** Whether all that was asked for was done: nobody stopped it. */
  public boolean isWhole() {
    return hours >= study.hours()
        && runs == settings.runs()
        && scenarios.size() == study.scenarioCount();
  }

  /**
   * Figures of a wave.
   *
   * @param noticed people who noticed
   * @param searched people among them who looked it up
   * @param adopters people who took part
   * @param newUsers people among them who were new to the service
   * @param outputs outputs made
   * @param refused outputs asked for and refused
   * @param countedOutputs outputs that belong to what is studied
   * @param footprint of all outputs; of one run with every uncertain factor drawn, of many with
   *     every uncertain input as well
   * @param counted footprint of what is studied
   * @param ofOneOutput footprint of one output, the average of all; nothing if there are none
   */
  public record Figures(
      Quantity noticed,
      Quantity searched,
      Quantity adopters,
      Quantity newUsers,
      Quantity outputs,
      Quantity refused,
      Quantity countedOutputs,
      Footprint footprint,
      Footprint counted,
      Footprint ofOneOutput) {}

  /**
   * A part of the wave.
   *
   * @param id country, region of a service, or device
   * @param name for people
   * @param adopters people who took part; 0 where it is not told
   * @param outputs outputs made
   * @param energyPerOutputKwh energy of one of them on average; 0 if there are none
   * @param position where it is on the map; empty for a device, and where it is not known
   */
  public record Group(
      String id,
      String name,
      double adopters,
      double outputs,
      Footprint footprint,
      Quantity energyPerOutputKwh,
      Optional<Position> position) {}

  /**
   * The wave in a few steps that can be looked at one by one.
   *
   * @param stepHours length of a step; the last may be shorter
   * @param steps totals, step by step
   * @param countries in the order of {@link StudyOutcome#countries}
   */
  public record Spread(int stepHours, List<Step> steps, List<CountrySteps> countries) {
    public Spread {
      steps = List.copyOf(steps);
      countries = List.copyOf(countries);
    }
  }

  /**
   * What has come about from the begin of the wave to the end of a step; energy and carbon at the
   * medians of the rate card.
   *
   * @param from begin of the step
   * @param until end of the step
   */
  public record Step(
      Instant from,
      Instant until,
      Quantity noticed,
      Quantity adopters,
      Quantity outputs,
      Quantity energyKwh,
      Quantity carbonKg) {}

  /**
   * A country, step by step; medians of the runs.
   *
   * @param id as in {@link Group}
   * @param people who can be reached
   * @param adoptersSoFar people who have taken part by the end of each step
   * @param outputs outputs made in each step
   */
  public record CountrySteps(
      String id, double people, List<Double> adoptersSoFar, List<Double> outputs) {
    public CountrySteps {
      adoptersSoFar = List.copyOf(adoptersSoFar);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * One hour of the wave; figures are those of all outputs, at the medians of the rate card.
   *
   * @param at its begin
   * @param active people who take part at its end
   */
  public record Hour(
      Instant at,
      Quantity noticed,
      Quantity searched,
      Quantity adopted,
      Quantity newUsers,
      Quantity active,
      Quantity outputs,
      Quantity refused,
      Quantity energyKwh,
      Quantity carbonKg,
      Quantity waterL) {}

  /**
   * An uncertain input of the study, or a mean of its runs that hangs on the factors.
   *
   * @param pointer where the study says it; {@link #ENERGY_OF_AN_OUTPUT} and {@link
   *     #CARBON_OF_A_KWH} for what follows from the factors
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
      double carbonKgIfHigh) {
    /** Energy of one output on average, kWh. */
    public static final String ENERGY_OF_AN_OUTPUT = "factors/energy-of-an-output";

    /** Carbon, embodied carbon included, of one kWh on average, kg. */
    public static final String CARBON_OF_A_KWH = "factors/carbon-of-a-kwh";
  }

  /**
   * The training of the model beside its use.
   *
   * @param footprint of the training
   * @param overtakenShare share of the draws in which the energy of use overtook that of training
   *     within the run, 0 to 1
   * @param hours from the start until then, in those draws; empty if there are none
   * @param overtakenShareByHour share of the draws in which it had by the end of each hour, from 0
   *     to {@code overtakenShare}
   */
  public record TrainingOutcome(
      Footprint footprint,
      double overtakenShare,
      Optional<Quantity> hours,
      List<Double> overtakenShareByHour) {
    public TrainingOutcome {
      overtakenShareByHour = List.copyOf(overtakenShareByHour);
    }
  }

  /**
   * A scenario beside the study as it stands.
   *
   * @param moves where it moves people to; empty if it does something else
   * @param localShare share of the outputs that were made on devices of people's own, 0 to 1
   * @param avoidedCarbonKg carbon of the study less that of the scenario, run by run and draw by
   *     draw, so that what both share cancels
   * @param avoidedByCostKg of it what comes of outputs that cost less, if as many were made as
   *     before
   * @param avoidedByNumberKg of it what comes of fewer outputs; below zero for rebound, where more
   *     were made
   * @param asManyKg carbon if as many outputs were made as before, at the cost of the scenario
   */
  public record ScenarioOutcome(
      String id,
      String title,
      Optional<Study.Move> moves,
      Figures figures,
      Quantity localShare,
      Quantity avoidedEnergyKwh,
      Quantity avoidedCarbonKg,
      Quantity avoidedByCostKg,
      Quantity avoidedByNumberKg,
      Quantity asManyKg,
      Quantity avoidedWaterL) {}
}
