package io.gtrace.app;

import io.gtrace.activity.Amortisation;
import io.gtrace.activity.Context;
import io.gtrace.activity.InvalidAmountException;
import io.gtrace.activity.Training;
import io.gtrace.site.Site;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The share of its model's training that an activity is charged with; none by default. */
final class AmortisationOptions {
  @Option(
      names = "--training-hours",
      paramLabel = "HOURS",
      defaultValue = "0",
      description =
          "Charge a share of the training: accelerator hours that it took. Needs --served-requests.")
  private double hours;

  @Option(
      names = "--training-accelerator",
      paramLabel = "DEVICE",
      defaultValue = "h100-sxm",
      description = "Accelerator that it was trained on (default: ${DEFAULT-VALUE}).")
  private String accelerator = "";

  @Option(
      names = "--training-region",
      paramLabel = "PLACE",
      defaultValue = "",
      description = "Where it was trained.")
  private String place = "";

  @Option(
      names = "--served-requests",
      paramLabel = "COUNT",
      defaultValue = "0",
      description = "Requests that the model serves in its life, to spread the training over.")
  private double servedRequests;

  /**
   * @throws IllegalArgumentException if only one half of it is given, or an absurd amount
   */
  Optional<Amortisation> amortisation() {
    if (hours == 0 && servedRequests == 0) {
      return Optional.empty();
    }
    if (hours == 0 || servedRequests == 0) {
      throw new IllegalArgumentException("--training-hours and --served-requests go together");
    }
    try {
      Training.Work work = new Training.AcceleratorTime(1, hours, Training.USUAL_UTILISATION);
      Training training =
          new Training("training", accelerator, work, Context.UNKNOWN.at(Site.parse(place)));
      return Optional.of(new Amortisation(training, servedRequests));
    } catch (InvalidAmountException invalid) {
      boolean ofServing = invalid.field().equals("servedRequests");
      throw new IllegalArgumentException(
          OptionNames.complaint(
              invalid, ofServing ? "--served-requests" : "--training-" + invalid.field()),
          invalid);
    }
  }
}
