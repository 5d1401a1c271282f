package io.gtrace.estimate;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;

/** Finds the estimator for a model or a training run on a deployment. */
public final class Estimators {
  private final FactorCatalogue catalogue;

  public Estimators(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @throws IllegalArgumentException if the model does not fit into the memory of an edge device
   */
  public Estimator of(Model model, Deployment deployment) {
    return switch (model.modality()) {
      case TEXT, EMBEDDING, TRAINING, INFERENCE -> new TokenEstimator(catalogue, model, deployment);
      case IMAGE -> new PixelEstimator(catalogue, model, deployment, false);
      case VIDEO -> new PixelEstimator(catalogue, model, deployment, true);
      case SPEECH_TO_TEXT, TEXT_TO_SPEECH, MUSIC ->
          new AudioEstimator(catalogue, model, deployment);
    };
  }

  /** Training, or a metered run, on the accelerators of a deployment. */
  public Estimator ofHardware(Deployment deployment) {
    return new TrainingEstimator(catalogue, deployment);
  }
}
