package io.gtrace.validation;

/** A measurement and what a law says of it. */
public record Comparison(Measurement measurement, Prediction prediction) {
  /** (predicted - measured) / measured. */
  public double signedError() {
    return prediction.medianJ() / measurement.energyJ() - 1;
  }

  /** The size of {@link #signedError}. */
  public double absoluteError() {
    return Math.abs(signedError());
  }
}
