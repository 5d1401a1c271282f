package io.gtrace.validation;

/** What an estimate may know of the model that it is held against. */
public enum ModelKnowledge {
  /** All that the estimates of the product know. */
  MEASURED,
  /**
   * Nothing that came from measurements of the model, or of any other model with its backbone: the
   * law's constants are those of a fit without them, and its misfit is that of an unmeasured model.
   */
  UNSEEN
}
