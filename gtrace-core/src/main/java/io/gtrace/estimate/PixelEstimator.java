package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.estimate.PixelLaw.Serving;
import io.gtrace.estimate.PixelLaw.Size;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Architecture;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.Optional;
import java.util.Set;

/**
 * Images and videos: diffusion by {@link PixelLaw}; models that write an image token by token by
 * {@link TokenLaw}. A device keeps weights in 4 bits, as it does for text, and multiplies them in
 * 16 bits; the pixel law has no term for streaming weights, so diffusion costs the same in both.
 */
final class PixelEstimator implements Estimator {
  private static final Set<Driver> IMAGE_DRIVERS =
      Set.of(
          Driver.IMAGES,
          Driver.IMAGE_STEPS,
          Driver.MEGAPIXELS,
          Driver.MEGAPIXEL_STEPS,
          Driver.MEGAPIXEL_PAIR_STEPS);
  private static final Set<Driver> VIDEO_DRIVERS =
      Set.of(
          Driver.VIDEOS,
          Driver.VIDEO_STEPS,
          Driver.FRAME_MEGAPIXELS,
          Driver.FRAME_MEGAPIXEL_STEPS,
          Driver.FRAME_MEGAPIXEL_PAIR_STEPS);

  private final boolean video;
  private final Accelerator accelerator;
  private final PixelLaw law;
  private final Optional<TokenLaw> tokens;
  private final ServerOverhead overhead;
  private final Network network;
  private final Factor sharing;
  private final Factor batch;
  private final Factor tokensPerMegapixel;
  private final Factor bytesPerOutput;

  PixelEstimator(FactorCatalogue catalogue, Model model, Deployment deployment, boolean video) {
    this.video = video;
    accelerator = deployment.accelerator();
    boolean edge = deployment instanceof Deployment.Edge;
    GenerationDefaults defaults = model.defaults();
    double megapixels = (double) defaults.widthPx() * defaults.heightPx() / 1e6;
    law =
        new PixelLaw(
            catalogue,
            model,
            accelerator,
            new Size(megapixels, video ? defaults.frames() : 1),
            video);
    tokens =
        model.architecture() == Architecture.AUTOREGRESSIVE
            ? Optional.of(new TokenLaw(catalogue, model, deployment))
            : Optional.empty();
    if (edge) {
      ModelSize.quantised(catalogue, model).requireFit(accelerator);
    }
    overhead = new ServerOverhead(catalogue, deployment);
    network = new Network(catalogue, deployment);
    String kind = video ? "video" : "image";
    sharing = catalogue.assumption(edge ? "edge-batch" : kind + "-serving-accelerators");
    batch = catalogue.assumption(edge ? "edge-batch" : kind + "-serving-batch");
    tokensPerMegapixel = catalogue.assumption("image-tokens-per-megapixel");
    bytesPerOutput = catalogue.assumption("network-bytes-per-" + kind);
  }

  @Override
  public Set<Driver> drivers() {
    return video ? VIDEO_DRIVERS : IMAGE_DRIVERS;
  }

  @Override
  public UnitRate rate(Driver driver, FactorState state) {
    if (driver == Driver.IMAGES || driver == Driver.VIDEOS) {
      return network.carrying(bytesPerOutput, state);
    }
    if (tokens.isPresent()) {
      return driver == Driver.MEGAPIXELS || driver == Driver.FRAME_MEGAPIXELS
          ? overhead.of(tokens.get().decodeJ(state) * state.of(tokensPerMegapixel), state)
          : UnitRate.NONE;
    }
    Serving serving = new Serving(Math.max(1, state.of(sharing)), Math.max(1, state.of(batch)));
    double seconds = law.seconds(driver, serving, state);
    return overhead.of(accelerator.thermalDesignPowerW() * seconds, state);
  }

  @Override
  public String formula(Driver driver) {
    if (driver == Driver.IMAGES || driver == Driver.VIDEOS) {
      return Network.FORMULA;
    }
    if (tokens.isPresent()) {
      return "image tokens of a megapixel × " + TokenLaw.DECODE + "; " + ServerOverhead.FORMULA;
    }
    return "power × (" + PixelLaw.formula(driver) + ") × model residual; " + ServerOverhead.FORMULA;
  }
}
