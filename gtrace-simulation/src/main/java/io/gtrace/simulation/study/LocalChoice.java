package io.gtrace.simulation.study;

import io.gtrace.footprint.Quantity;
import java.util.List;

/**
 * A device of one's own beside a service, for the average output of a study. With {@code k} for the
 * energy at the device over that in the data centre, local inference draws from the user's grid
 * what causes less carbon where {@code k × carbon of the user's grid} is below {@code PUE × carbon
 * of the data centre's grid}: the law of break-even. Energy of machines on standby is part of
 * {@code k}; wear of hardware and the network come on top in what is said of all carbon. Figures
 * are those of the rate card at usual load, in the mean of a year.
 *
 * @param device id of the device
 * @param deviceModel what runs there
 * @param service id of the service
 * @param serviceModel what runs in the data centre: the service's own model, or the device's for
 *     the law of one and the same model
 * @param deviceKwh energy of one output at the device
 * @param energyRatio k: energy of one output at the device over that of the machines in the data
 *     centre, before the overhead of the facility
 * @param standbyShare share of the device's energy that it takes while it waits, 0 to 1
 * @param embodiedKg wear of the device by one output, kgCO2e
 * @param serviceKgPerKwh carbon of one kWh of the machines in the data centre: PUE times grid, over
 *     the regions of the service
 * @param serviceKg all carbon of one output by the service
 * @param breakEvenKgPerKwh grid of a user at which both cause the same, all carbon counted; below
 *     zero where the wear of the device alone is more than all of the service
 * @param countries in the order of {@link StudyOutcome#countries}
 */
public record LocalChoice(
    String device,
    String deviceModel,
    String service,
    String serviceModel,
    Quantity deviceKwh,
    Quantity energyRatio,
    double standbyShare,
    Quantity embodiedKg,
    Quantity serviceKgPerKwh,
    Quantity serviceKg,
    Quantity breakEvenKgPerKwh,
    List<InCountry> countries) {
  public LocalChoice {
    countries = List.copyOf(countries);
  }

  /**
   * The choice of the people of a country.
   *
   * @param id of the country
   * @param gridKgPerKwh carbon of their grid
   * @param localKg all carbon of one output at the device
   * @param lawHolds probability that k times their grid is below PUE times the data centre's
   * @param localWins probability that local inference causes less, all carbon counted
   * @param avoidedKgIfMoved carbon avoided if all outputs of the country in this study moved; in
   *     proportion if a part moved
   */
  public record InCountry(
      String id,
      String name,
      double outputs,
      Quantity gridKgPerKwh,
      Quantity localKg,
      double lawHolds,
      double localWins,
      Quantity avoidedKgIfMoved) {}

  /** Whether the data centre runs the model of the device. */
  public boolean sameModel() {
    return deviceModel.equals(serviceModel);
  }
}
