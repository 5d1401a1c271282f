package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import java.util.Set;

/**
 * Training and fine-tuning: accelerators times hours times power, where power runs from idle to
 * thermal design power with utilisation; or, where only the compute is known, the hours that it
 * takes at the share of the data-sheet rate that training reaches; or, where a meter told the
 * energy, that energy as it is, but for the error of the meter.
 */
final class TrainingEstimator implements Estimator {
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Accelerator accelerator;
  private final ServerOverhead overhead;
  private final Factor idlePowerShare;
  private final Factor modelFlopUtilisation;
  private final Factor trainingPowerShare;
  private final Factor counterError;
  private final Factor modelError;

  TrainingEstimator(FactorCatalogue catalogue, Deployment deployment) {
    accelerator = deployment.accelerator();
    overhead = new ServerOverhead(catalogue, deployment);
    idlePowerShare = catalogue.assumption("idle-power-share");
    modelFlopUtilisation = catalogue.assumption("training-flop-utilisation");
    trainingPowerShare = catalogue.assumption("training-power-share");
    counterError = catalogue.assumption("meter-counter-error");
    modelError = catalogue.assumption("meter-model-error");
  }

  @Override
  public Set<Driver> drivers() {
    return Set.of(
        Driver.ACCELERATOR_HOURS,
        Driver.UTILISED_ACCELERATOR_HOURS,
        Driver.TRAINING_EXAFLOPS,
        Driver.METERED_KWH,
        Driver.MODELLED_KWH);
  }

  @Override
  public UnitRate rate(Driver driver, FactorState state) {
    double power = accelerator.thermalDesignPowerW();
    return switch (driver) {
      case ACCELERATOR_HOURS ->
          overhead.of(idlePowerW(state) * SECONDS_PER_HOUR, SECONDS_PER_HOUR, state);
      case UTILISED_ACCELERATOR_HOURS ->
          overhead.of((power - idlePowerW(state)) * SECONDS_PER_HOUR, 0, state);
      case TRAINING_EXAFLOPS -> {
        double flopPerSecond = accelerator.bf16Tflops() * 1e12 * state.of(modelFlopUtilisation);
        double seconds = 1e18 / flopPerSecond;
        yield overhead.of(power * state.of(trainingPowerShare) * seconds, seconds, state);
      }
      case METERED_KWH -> new UnitRate(state.of(counterError), 0, 0, 0, 0);
      case MODELLED_KWH -> new UnitRate(state.of(modelError), 0, 0, 0, 0);
      default -> UnitRate.NONE;
    };
  }

  private double idlePowerW(FactorState state) {
    return accelerator.idlePowerW().orElse(0) > 0
        ? accelerator.idlePowerW().getAsDouble()
        : accelerator.thermalDesignPowerW() * state.of(idlePowerShare);
  }

  @Override
  public String formula(Driver driver) {
    return switch (driver) {
      case ACCELERATOR_HOURS -> "idle power × 1 h; " + ServerOverhead.FORMULA;
      case UTILISED_ACCELERATOR_HOURS ->
          "(thermal design power − idle power) × 1 h; " + ServerOverhead.FORMULA;
      case TRAINING_EXAFLOPS ->
          "10^18 FLOP / (data-sheet rate × FLOP utilisation) × thermal design power × power share; "
              + ServerOverhead.FORMULA;
      case METERED_KWH -> "energy that counters told × error of counters";
      case MODELLED_KWH -> "energy that was modelled × error of the model";
      default -> "";
    };
  }
}
