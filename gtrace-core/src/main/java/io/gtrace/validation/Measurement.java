package io.gtrace.validation;

import io.gtrace.activity.Modality;
import io.gtrace.factor.Accelerator;
import java.util.OptionalDouble;

/** The measured energy of accelerators for one unit of output under known conditions. */
public sealed interface Measurement {
  /** Line of the file, from 1. */
  long line();

  MeasuredModel model();

  Hardware hardware();

  /** Energy of all accelerators together for one unit of output, J, above 0. */
  double energyJ();

  Modality modality();

  /**
   * What ran the model.
   *
   * @param accelerator one of them
   * @param count how many together, 1 or more
   */
  record Hardware(Accelerator accelerator, int count) {}

  /**
   * Text: energy of one output token, prefill included.
   *
   * @param batch requests that shared a step, on average
   * @param outputTokens tokens that a request wrote, on average
   * @param inputTokens tokens that a request read, on average
   * @param task name of the workload; empty where not known
   */
  record Text(
      long line,
      MeasuredModel model,
      Hardware hardware,
      double batch,
      OptionalDouble outputTokens,
      OptionalDouble inputTokens,
      String task,
      double energyJ)
      implements Measurement {
    @Override
    public Modality modality() {
      return Modality.TEXT;
    }
  }

  /**
   * Energy of one image.
   *
   * @param batch images that shared a denoising step
   */
  record Image(
      long line,
      MeasuredModel model,
      Hardware hardware,
      double batch,
      int widthPx,
      int heightPx,
      int steps,
      double energyJ)
      implements Measurement {
    @Override
    public Modality modality() {
      return Modality.IMAGE;
    }
  }

  /**
   * Energy of one video.
   *
   * @param batch videos that shared a denoising step
   */
  record Video(
      long line,
      MeasuredModel model,
      Hardware hardware,
      double batch,
      int widthPx,
      int heightPx,
      int frames,
      int steps,
      double energyJ)
      implements Measurement {
    @Override
    public Modality modality() {
      return Modality.VIDEO;
    }
  }
}
