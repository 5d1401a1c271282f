package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.estimate.PixelLaw.Serving;
import io.gtrace.estimate.PixelLaw.Size;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;

/**
 * Energy of the accelerators alone, for one image or video of a known size on hardware and under a
 * load that are known, as in a measurement.
 */
public final class PixelEnergy {
  /** The law of images, as factor files name it. */
  public static final String IMAGE_LAW = PixelLaw.IMAGE_LAW;

  /** The law of videos, as factor files name it. */
  public static final String VIDEO_LAW = PixelLaw.VIDEO_LAW;

  private final PixelLaw law;
  private final Accelerator accelerator;
  private final double frameMegapixels;
  private final boolean video;

  private PixelEnergy(
      FactorCatalogue catalogue, Model model, Accelerator accelerator, Size size, boolean video) {
    law = new PixelLaw(catalogue, model, accelerator, size, video);
    this.accelerator = accelerator;
    this.video = video;
    frameMegapixels = size.megapixels() * size.frames();
  }

  /** Of an image of so many pixels. */
  public static PixelEnergy ofImage(
      FactorCatalogue catalogue, Model model, Accelerator accelerator, int widthPx, int heightPx) {
    Size size = new Size((double) widthPx * heightPx / 1e6, 1);
    return new PixelEnergy(catalogue, model, accelerator, size, false);
  }

  /** Of a video of so many frames of so many pixels. */
  public static PixelEnergy ofVideo(
      FactorCatalogue catalogue,
      Model model,
      Accelerator accelerator,
      int widthPx,
      int heightPx,
      int frames) {
    Size size = new Size((double) widthPx * heightPx / 1e6, frames);
    return new PixelEnergy(catalogue, model, accelerator, size, true);
  }

  /**
   * Energy of one output, J.
   *
   * @param steps denoising steps, above 0
   * @param accelerators how many make it together, at least 1
   * @param batch outputs that share a step, at least 1
   */
  public double joules(double steps, int accelerators, double batch, FactorState state) {
    Serving serving = new Serving(accelerators, batch);
    double byStep = law.seconds(video ? Driver.VIDEO_STEPS : Driver.IMAGE_STEPS, serving, state);
    double byToken =
        law.seconds(video ? Driver.FRAME_MEGAPIXEL_STEPS : Driver.MEGAPIXEL_STEPS, serving, state);
    double byPair =
        law.seconds(
            video ? Driver.FRAME_MEGAPIXEL_PAIR_STEPS : Driver.MEGAPIXEL_PAIR_STEPS,
            serving,
            state);
    double byPixel =
        law.seconds(video ? Driver.FRAME_MEGAPIXELS : Driver.MEGAPIXELS, serving, state);
    return accelerator.thermalDesignPowerW()
        * (steps * (byStep + frameMegapixels * (byToken + frameMegapixels * byPair))
            + frameMegapixels * byPixel);
  }

  /** The law's misfit of the model as if nothing of it had been measured. */
  public Factor unmeasuredResidual() {
    return law.unmeasuredResidual();
  }
}
