package io.gtrace.estimate;

import io.gtrace.activity.Volumes;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;

/**
 * Energy of the accelerators alone, for images or videos from one model on hardware and under a
 * load that are known, as in a measurement.
 */
public final class PixelEnergy {
  private static final String BATCH = "image-serving-batch";

  private final PixelEstimator estimator;

  /**
   * @param video whether it makes videos and not images
   */
  public PixelEnergy(
      FactorCatalogue catalogue, Model model, Accelerator accelerator, boolean video) {
    estimator = new PixelEstimator(catalogue, model, new Deployment.DataCentre(accelerator), video);
  }

  /**
   * Energy of so much work, J.
   *
   * @param batch outputs that share a denoising step, above 0
   */
  public double joules(Volumes volumes, double batch, FactorState state) {
    return estimator.acceleratorJ(
        volumes, factor -> factor.id().equals(BATCH) ? batch : state.of(factor));
  }
}
