package io.gtrace.simulation.serving;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Driver;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.PixelEnergy;
import io.gtrace.estimate.TextEnergy;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Architecture;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Model;

/**
 * What one output costs the accelerators that make it, by the laws that the rate card rests on,
 * with every factor at its median. Time follows from energy and the power that is drawn meanwhile.
 */
sealed interface OutputLaw {
  /**
   * Energy of one output, J.
   *
   * @param accelerators how many make it together, at least 1
   * @param batch outputs that share its steps, at least 1
   */
  double joules(int accelerators, double batch);

  /** Time in which a batch is made, s; parameters as those of {@link #joules}. */
  double seconds(int accelerators, double batch);

  /** Accelerators that the rate card takes to make an output together. */
  int cardAccelerators();

  /** Outputs that the rate card takes to share a step. */
  double cardBatch();

  /**
   * The law of a typical output.
   *
   * @param output text, an image or a video; sizes that it leaves open are the model's. A model
   *     that is not known is taken as the nearest that is: prices refuse it where that is wanted.
   */
  static OutputLaw of(FactorCatalogue catalogue, Activity output, Accelerator accelerator) {
    Model model = catalogue.model(output.model(), output.modality(), Fallback.ALLOW);
    if (output instanceof ImageGeneration image) {
      return model.architecture() == Architecture.AUTOREGRESSIVE
          ? Tokens.ofImage(catalogue, model, accelerator, image)
          : Pixels.ofImage(catalogue, model, accelerator, image);
    }
    if (output instanceof VideoGeneration video) {
      return Pixels.ofVideo(catalogue, model, accelerator, video);
    }
    if (output instanceof TextGeneration text) {
      return Tokens.ofText(catalogue, model, accelerator, text);
    }
    throw new IllegalArgumentException(
        "a fleet makes text, images or videos, not " + output.modality().label());
  }

  /**
   * Images and videos by diffusion. What an output costs less in the largest batches than in a
   * small one is the energy of accelerators that wait for the launch of a step, which draw the most
   * that idle ones do; the rest is spent at the most that accelerators draw in steady state, whose
   * mean holds some waiting too. Against the ML.ENERGY v3 measurements this comes nearer in time
   * than the static power share of the law, which is fitted to energy.
   */
  final class Pixels implements OutputLaw {
    /** So many outputs share a step that its launch no longer counts. */
    private static final double ENDLESS_BATCH = 1e9;

    private final PixelEnergy energy;
    private final double steps;
    private final int cardAccelerators;
    private final double cardBatch;
    private final double busyW;
    private final double waitingW;

    private Pixels(
        FactorCatalogue catalogue,
        PixelEnergy energy,
        double steps,
        Accelerator accelerator,
        String kind) {
      this.energy = energy;
      this.steps = steps;
      cardAccelerators =
          (int) Math.rint(catalogue.assumption(kind + "-serving-accelerators").median());
      cardBatch = catalogue.assumption(kind + "-serving-batch").median();
      double powerW = accelerator.thermalDesignPowerW();
      busyW = powerW * catalogue.assumption("load-power-share").scatter().high();
      waitingW = powerW * catalogue.assumption("idle-power-share").scatter().high();
    }

    static Pixels ofImage(
        FactorCatalogue catalogue, Model model, Accelerator accelerator, ImageGeneration image) {
      int widthPx = image.widthPx() == 0 ? model.defaults().widthPx() : image.widthPx();
      int heightPx = image.heightPx() == 0 ? model.defaults().heightPx() : image.heightPx();
      // A given image is attended to like a further one of the output's size.
      int attendedPx = heightPx * (1 + image.inputImages());
      return new Pixels(
          catalogue,
          PixelEnergy.ofImage(catalogue, model, accelerator, widthPx, attendedPx),
          image.steps() == 0 ? model.defaults().steps() : image.steps(),
          accelerator,
          "image");
    }

    static Pixels ofVideo(
        FactorCatalogue catalogue, Model model, Accelerator accelerator, VideoGeneration video) {
      int widthPx = video.widthPx() == 0 ? model.defaults().widthPx() : video.widthPx();
      int heightPx = video.heightPx() == 0 ? model.defaults().heightPx() : video.heightPx();
      double megapixels = (double) widthPx * heightPx / 1e6;
      Volumes volumes = video.volumes(model.defaults());
      double frameMegapixels = volumes.get(Driver.FRAME_MEGAPIXELS) / volumes.get(Driver.VIDEOS);
      int frames = (int) Math.max(1, Math.rint(frameMegapixels / megapixels));
      return new Pixels(
          catalogue,
          PixelEnergy.ofVideo(catalogue, model, accelerator, widthPx, heightPx, frames),
          video.steps() == 0 ? model.defaults().steps() : video.steps(),
          accelerator,
          "video");
    }

    @Override
    public double joules(int accelerators, double batch) {
      return energy.joules(steps, accelerators, batch, FactorState.medians());
    }

    @Override
    public double seconds(int accelerators, double batch) {
      double busyJ = joules(accelerators, ENDLESS_BATCH);
      double waitingJ = Math.max(0, joules(accelerators, batch) - busyJ);
      return batch * (busyJ / busyW + waitingJ / waitingW) / accelerators;
    }

    @Override
    public int cardAccelerators() {
      return cardAccelerators;
    }

    @Override
    public double cardBatch() {
      return cardBatch;
    }
  }

  /** Text, and images that are written token by token: at the mean power of steady state. */
  final class Tokens implements OutputLaw {
    private final FactorCatalogue catalogue;
    private final Model model;
    private final Accelerator accelerator;
    private final double inputTokens;
    private final double outputTokens;
    private final double loadPowerW;

    private Tokens(
        FactorCatalogue catalogue,
        Model model,
        Accelerator accelerator,
        double inputTokens,
        double outputTokens) {
      this.catalogue = catalogue;
      this.model = model;
      this.accelerator = accelerator;
      this.inputTokens = inputTokens;
      this.outputTokens = outputTokens;
      loadPowerW =
          accelerator.thermalDesignPowerW() * catalogue.assumption("load-power-share").median();
    }

    /** Tokens from a cache are read anew. */
    static Tokens ofText(
        FactorCatalogue catalogue, Model model, Accelerator accelerator, TextGeneration text) {
      double requests = (double) text.requests();
      double written = (double) (text.outputTokens() + text.reasoningTokens()) / requests;
      if (!(written > 0)) {
        throw new IllegalArgumentException("outputTokens of a typical answer must be above 0");
      }
      double read = (double) (text.inputTokens() + text.cachedInputTokens()) / requests;
      return new Tokens(catalogue, model, accelerator, read, written);
    }

    /** The prompt counts for nothing beside the tokens of the image. */
    static Tokens ofImage(
        FactorCatalogue catalogue, Model model, Accelerator accelerator, ImageGeneration image) {
      double megapixels =
          image.volumes(model.defaults()).get(Driver.MEGAPIXELS) / (double) image.count();
      double perMegapixel = catalogue.assumption("image-tokens-per-megapixel").median();
      return new Tokens(catalogue, model, accelerator, 0, megapixels * perMegapixel);
    }

    @Override
    public double joules(int accelerators, double batch) {
      TextEnergy energy = new TextEnergy(catalogue, model, accelerator, accelerators);
      TextEnergy.Load load = new TextEnergy.Load(batch, inputTokens, outputTokens, 0);
      return outputTokens * energy.outputTokenJ(load, FactorState.medians());
    }

    @Override
    public double seconds(int accelerators, double batch) {
      return batch * joules(accelerators, batch) / (accelerators * loadPowerW);
    }

    @Override
    public int cardAccelerators() {
      return TextEnergy.acceleratorsOfOneCopy(catalogue, model, accelerator);
    }

    @Override
    public double cardBatch() {
      return catalogue.assumption("serving-batch").median();
    }
  }
}
