package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Architecture;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.Map;
import java.util.Set;

/**
 * Images and videos. Diffusion is steps times the work of a step: a linear part (two operations for
 * each latent token and active parameter) and an attention part that grows with the square of the
 * tokens, which is why video grows faster than its frames; then the decoder, by pixel. Models that
 * write an image token by token are priced by {@link TokenLaw}.
 *
 * <p>A latent token stands for 16 × 16 pixels of an image; of a video, for twice as many by twice
 * the frames (compression 8 × 8 in space and 4 in time, patches of 2 × 2: Wan 2.1 and HunyuanVideo
 * reports, 2024-2025).
 */
final class PixelEstimator implements Estimator {
  private static final double PIXELS_PER_MEGAPIXEL = 1e6;
  private static final double PIXELS_PER_IMAGE_TOKEN = 256;
  private static final double PIXELS_PER_VIDEO_TOKEN = 1_024;
  private static final double REFERENCE_FLOP_PER_S = 989e12;
  private static final double MINIMUM_EDGE_BATCH = 1;

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
          Driver.FRAME_MEGAPIXELS,
          Driver.FRAME_MEGAPIXEL_STEPS,
          Driver.FRAME_MEGAPIXEL_PAIR_STEPS);

  private final boolean video;
  private final boolean tokenByToken;
  private final Accelerator accelerator;
  private final ModelSize size;
  private final TokenLaw tokens;
  private final ServerOverhead overhead;
  private final Network network;
  private final Factor residual;
  private final Factor linear;
  private final Factor attention;
  private final Factor decoder;
  private final Factor imageStep;
  private final Factor imageBatch;
  private final Factor tokensPerMegapixel;
  private final Factor bytesPerOutput;

  PixelEstimator(FactorCatalogue catalogue, Model model, Deployment deployment, boolean video) {
    this.video = video;
    accelerator = deployment.accelerator();
    boolean edge = deployment instanceof Deployment.Edge;
    tokenByToken = model.architecture() == Architecture.AUTOREGRESSIVE;
    size = ModelSize.served(catalogue, model);
    tokens = new TokenLaw(catalogue, model, deployment);
    overhead = new ServerOverhead(catalogue, deployment);
    network = new Network(catalogue, deployment);
    String law = video ? "video-law-" : "image-law-";
    residual = TokenLaw.residual(catalogue, model, law + "residual");
    linear = catalogue.assumption(law + "linear");
    attention = catalogue.assumption(law + "attention-s");
    decoder = catalogue.assumption(law + "decoder-s");
    imageStep = catalogue.assumption("image-law-step-s");
    imageBatch = catalogue.assumption(edge ? "edge-batch" : "image-serving-batch");
    tokensPerMegapixel = catalogue.assumption("image-tokens-per-megapixel");
    bytesPerOutput =
        catalogue.assumption(video ? "network-bytes-per-video" : "network-bytes-per-image");
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
    if (tokenByToken) {
      return driver == Driver.MEGAPIXELS || driver == Driver.FRAME_MEGAPIXELS
          ? overhead.of(tokens.decodeJ(state) * state.of(tokensPerMegapixel), state)
          : UnitRate.NONE;
    }
    double seconds = dataSheetSeconds(driver, state);
    return overhead.of(accelerator.thermalDesignPowerW() * seconds * state.of(residual), state);
  }

  /** Energy of the accelerators alone for so much work, J. */
  double acceleratorJ(Volumes volumes, FactorState state) {
    double joules = 0;
    for (Map.Entry<Driver, Double> volume : volumes.asMap().entrySet()) {
      double seconds = dataSheetSeconds(volume.getKey(), state);
      joules +=
          volume.getValue() * accelerator.thermalDesignPowerW() * seconds * state.of(residual);
    }
    return joules;
  }

  private double dataSheetSeconds(Driver driver, FactorState state) {
    double flopPerS = accelerator.bf16Tflops() * 1e12;
    double slower = REFERENCE_FLOP_PER_S / flopPerS;
    return switch (driver) {
      case MEGAPIXEL_STEPS ->
          state.of(linear) * stepOperations(PIXELS_PER_IMAGE_TOKEN, state) / flopPerS;
      case FRAME_MEGAPIXEL_STEPS ->
          state.of(linear) * stepOperations(PIXELS_PER_VIDEO_TOKEN, state) / flopPerS;
      case MEGAPIXEL_PAIR_STEPS -> state.of(attention) * slower;
      case FRAME_MEGAPIXEL_PAIR_STEPS ->
          state.of(attention) * Math.pow(size.activeBillions(state), 0.6) * slower;
      case MEGAPIXELS, FRAME_MEGAPIXELS -> state.of(decoder) * slower;
      case IMAGE_STEPS -> state.of(imageStep) / Math.max(MINIMUM_EDGE_BATCH, state.of(imageBatch));
      default -> 0;
    };
  }

  private double stepOperations(double pixelsPerToken, FactorState state) {
    return 2 * size.activeParameters(state) * PIXELS_PER_MEGAPIXEL / pixelsPerToken;
  }

  @Override
  public String formula(Driver driver) {
    if (driver == Driver.IMAGES || driver == Driver.VIDEOS) {
      return Network.FORMULA;
    }
    if (tokenByToken) {
      return "image tokens of a megapixel × " + TokenLaw.DECODE + "; " + ServerOverhead.FORMULA;
    }
    String work =
        switch (driver) {
          case MEGAPIXEL_STEPS, FRAME_MEGAPIXEL_STEPS ->
              "k_linear × 2 × active parameters × latent tokens / rate";
          case MEGAPIXEL_PAIR_STEPS -> "k_attention × (H100 rate / rate)";
          case FRAME_MEGAPIXEL_PAIR_STEPS ->
              "k_attention × active parameters^0.6 × (H100 rate / rate)";
          case IMAGE_STEPS -> "k_step / batch";
          default -> "k_decoder × (H100 rate / rate)";
        };
    return "power × " + work + " × model residual; " + ServerOverhead.FORMULA;
  }
}
