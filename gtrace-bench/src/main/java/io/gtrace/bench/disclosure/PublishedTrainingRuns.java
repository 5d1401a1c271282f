package io.gtrace.bench.disclosure;

import io.gtrace.activity.Context;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Training;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Deployment;
import io.gtrace.estimate.Estimator;
import io.gtrace.estimate.Estimators;
import io.gtrace.estimate.FactorState;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was published of training runs. A run whose compute is known is estimated from it alone:
 * compute is the one input that no publisher's energy enters. One whose hours are known is
 * estimated from them where its power was metered, or where nothing else is known; hours times the
 * power of the data sheet are no measurement to compare a power with.
 */
final class PublishedTrainingRuns {
  private static final double KWH_PER_MWH = 1000;
  private static final double KG_PER_T = 1000;

  private final FactorCatalogue catalogue;
  private final Factor powerShare;

  PublishedTrainingRuns(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
    powerShare = catalogue.assumption("training-power-share");
  }

  /** All figures of the shipped rows, in their order. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (PublishedRow row : PublishedRow.of(PublishedRow.TRAINING_RUNS)) {
      add(figures, row);
    }
    return figures;
  }

  private void add(List<Figure> figures, PublishedRow row) {
    String model = row.required("model");
    Accelerator accelerator = catalogue.accelerator(row.required("accelerator"));
    Estimator estimator =
        new Estimators(catalogue).ofHardware(new Deployment.DataCentre(accelerator));
    Facility facility = Facility.of(catalogue, row, model);
    Optional<Training.Work> compute = compute(row);
    compute.ifPresent(work -> {
      Volumes volumes = volumes(model, accelerator, work);
      add(figures, row, "compute", new Work(estimator, state -> volumes), facility);
    });
    OptionalDouble hours = row.number("accelerator_hours");
    boolean metered = row.text("power").equals("metered");
    if (hours.isPresent() && (metered || compute.isEmpty())) {
      Function<FactorState, Volumes> volumes =
          state ->
              volumes(
                  model,
                  accelerator,
                  new Training.AcceleratorTime(
                      1, hours.getAsDouble(), utilisation(accelerator, state)));
      add(figures, row, "hours", new Work(estimator, volumes), facility);
    }
  }

  private void add(
      List<Figure> figures, PublishedRow row, String from, Work work, Facility facility) {
    String model = row.required("model");
    String citation = row.required("citation");
    if (row.has("energy_mwh")) {
      figures.add(
          new Figure(
              model,
              from,
              citation,
              row.requiredNumber("energy_mwh"),
              "MWh",
              state -> facility.kwh(work.in(state), state) / KWH_PER_MWH));
    } else if (row.has("carbon_t")) {
      figures.add(
          new Figure(
              model,
              from,
              citation,
              row.requiredNumber("carbon_t"),
              "t",
              state -> facility.carbonKg(work.in(state), state) / KG_PER_T));
    } else {
      figures.add(
          new Figure(
              model,
              from,
              citation,
              row.requiredNumber("accelerator_hours"),
              "h",
              hours(row, work)));
    }
  }

  /** Accelerator hours behind the energy of the accelerators. */
  private ToDoubleFunction<FactorState> hours(PublishedRow row, Work work) {
    double kw = catalogue.accelerator(row.required("accelerator")).thermalDesignPowerW() / 1000;
    return state -> work.in(state).acceleratorKwh() / (kw * state.of(powerShare));
  }

  /** Share of the power above idle at which an accelerator draws what training draws. */
  private double utilisation(Accelerator accelerator, FactorState state) {
    double full = accelerator.thermalDesignPowerW();
    double idle = accelerator.idlePowerW().orElse(0);
    double drawn = full * state.of(powerShare);
    return Math.clamp((drawn - idle) / (full - idle), 0, 1);
  }

  private static Optional<Training.Work> compute(PublishedRow row) {
    if (row.has("training_flop")) {
      return Optional.of(new Training.Compute(row.requiredNumber("training_flop")));
    }
    if (row.has("tokens")) {
      return Optional.of(
          new Training.TokensTimesParameters(
              row.requiredNumber("tokens"), row.requiredNumber("active_params_b") * 1e9));
    }
    return Optional.empty();
  }

  private static Volumes volumes(String model, Accelerator accelerator, Training.Work work) {
    return new Training(model, accelerator.id(), work, Context.UNKNOWN)
        .volumes(GenerationDefaults.COMMON);
  }
}
