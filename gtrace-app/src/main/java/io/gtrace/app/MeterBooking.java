package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.MeteredEnergy;
import io.gtrace.activity.MeteredInference;
import io.gtrace.activity.Training;
import io.gtrace.meter.Machine;
import io.gtrace.meter.Metering;
import io.gtrace.meter.counter.Component;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a measured command is, for whom it runs, and the ledger that takes it. */
final class MeterBooking {
  /** Where neither a GPU nor the processor has a name. */
  private static final String UNNAMED = "processor";

  /** What a run does with a model. */
  enum Kind {
    training,
    inference
  }

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "training",
      description = "What the command does: training or inference (default: training).")
  private Kind kind = Kind.training;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "What is trained or used (default: the name of the program).")
  private Optional<String> model = Optional.empty();

  @Option(names = "--team", paramLabel = "NAME", description = "Whom it is booked to.")
  private String team = "";

  @Option(names = "--app", paramLabel = "NAME", description = "The application it belongs to.")
  private String app = "";

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      description = "Book the run in this ledger, once; it is made where there is none.")
  private Optional<Path> ledger = Optional.empty();

  Optional<Path> ledger() {
    return ledger;
  }

  /** The run as an activity. */
  Activity activity(Machine machine, Metering metering, MeterPrices prices, String program) {
    String accelerator = prices.device().orElseGet(() -> accelerator(machine, metering));
    Context context =
        new Context(
            Optional.of(metering.from()), new Attribution(team, app, ""), prices.site(accelerator));
    MeteredEnergy energy = new MeteredEnergy(metering.measured().kwh(), metering.modelled().kwh());
    String name = model.orElseGet(() -> String.valueOf(Path.of(program).getFileName()));
    return kind == Kind.training
        ? new Training(name, accelerator, energy, context)
        : new MeteredInference(name, accelerator, energy, context);
  }

  /** The GPU that took the most, else the processor. */
  private static String accelerator(Machine machine, Metering metering) {
    return metering.parts().stream()
        .filter(part -> part.component() == Component.GPU && part.tally().own().joules() > 0)
        .reduce(
            (one, other) -> other.tally().own().joules() > one.tally().own().joules() ? other : one)
        .map(part -> part.name().substring(part.name().indexOf(':') + 1).strip())
        .orElseGet(() -> machine.processor().isBlank() ? UNNAMED : machine.processor());
  }
}
