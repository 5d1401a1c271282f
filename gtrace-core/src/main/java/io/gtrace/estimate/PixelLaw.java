package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.DenoiserShape;
import io.gtrace.factor.DenoiserShape.Attention;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;
import java.util.Optional;

/**
 * Accelerator energy of diffusion, for images and videos alike.
 *
 * <p>A denoiser runs over a grid of tokens, step after step. Each pass multiplies every token with
 * the weights of every block, lets every token see every other, and carries the tokens to and from
 * memory between the operations of a block. Where accelerators share an output they exchange tokens
 * in every block, grow slower by the logarithm of their number, and each of them holds the tokens
 * of the prompt unless these divide evenly. A step cannot be faster than the launch of its blocks;
 * while it waits, accelerators draw their static power. Then the autoencoder decodes the pixels, on
 * each accelerator anew. Each term is thermal design power times data-sheet time times a fitted
 * constant; above the rate of an H100 all terms grow by a power of that rate, as data sheets of
 * larger accelerators promise more than kernels reach.
 *
 * <p>Waiting is the one part that is not linear in the size of the picture. It is taken at one
 * size, that of the output in a measurement and the model's default size in a rate card, and
 * charged by the step.
 *
 * <p>The constants are fitted to the ML.ENERGY v3 measurements by the bench module.
 */
final class PixelLaw {
  static final String IMAGE_LAW = "image-law";
  static final String VIDEO_LAW = "video-law";

  private static final String UNPUBLISHED = " × spread of an unpublished denoiser";
  private static final double PIXELS_PER_MEGAPIXEL = 1e6;
  private static final double OPERATIONS_PER_PARAMETER = 2;
  private static final double OPERATIONS_PER_PAIR_AND_WIDTH = 4;
  private static final double BYTES_PER_NUMBER = 2;
  private static final double H100_FLOP_PER_S = 989e12;

  /** Of a block, in squares of its width: attention 4, its view of the prompt 2, feed-forward 8. */
  private static final double BLOCK_PARAMETERS_PER_WIDTH_SQUARED = 14;

  /**
   * Pixels for which a U-Net does as many operations as a transformer of its parameters for a
   * token: Stable Diffusion 1.5 does 0.34 · 10^12 multiply-additions on 512 × 512 pixels, SDXL 2.98
   * · 10^12 on 1024 × 1024 (Podell et al. 2023 and published profiles).
   */
  private static final double U_NET_PIXELS_PER_TOKEN = 800;

  private static final DenoiserShape USUAL_IMAGE =
      new DenoiserShape(1, 2, 256, 1, Attention.FULL, Optional.empty(), 256);
  private static final DenoiserShape USUAL_VIDEO =
      new DenoiserShape(1, 2, 256, 4, Attention.FULL, Optional.empty(), 256);

  /** How sharply the longer of computing and launching hides the other. */
  private static final double OVERLAP = 4;

  private final Accelerator accelerator;
  private final DenoiserShape shape;
  private final Size at;
  private final Factor parametersB;
  private final Factor widthOverLayers;
  private final Factor linear;
  private final Factor attention;
  private final Factor activation;
  private final Factor linearAttention;
  private final Factor decoderS;
  private final Factor scale;
  private final Factor staticShare;
  private final Factor layerStepS;
  private final Factor layerStepShared;
  private final Factor exchange;
  private final Optional<Factor> unpublished;
  private final Factor residual;
  private final Factor unmeasuredResidual;

  /** One output: megapixels of a frame, and frames; 1 frame for an image. */
  record Size(double megapixels, double frames) {}

  /**
   * How outputs are made.
   *
   * @param accelerators how many make one output together, at least 1
   * @param batch outputs that share a step, at least 1
   */
  record Serving(double accelerators, double batch) {}

  /**
   * @param at the size at which waiting is taken
   */
  PixelLaw(
      FactorCatalogue catalogue, Model model, Accelerator accelerator, Size at, boolean video) {
    this.accelerator = accelerator;
    this.at = at;
    shape = model.denoiser().orElse(video ? USUAL_VIDEO : USUAL_IMAGE);
    parametersB = parameters(model);
    widthOverLayers = catalogue.assumption("denoiser-width-over-layers");
    linear = catalogue.assumption("pixel-law-linear");
    attention = catalogue.assumption("pixel-law-attention");
    activation = catalogue.assumption("pixel-law-activation");
    linearAttention = catalogue.assumption("pixel-law-linear-attention");
    decoderS = catalogue.assumption("pixel-law-" + (video ? "video" : "image") + "-decoder-s");
    scale = catalogue.assumption("pixel-law-scale-exponent");
    staticShare = catalogue.assumption("pixel-law-static-power-share");
    layerStepS = catalogue.assumption("pixel-law-layer-step-s");
    layerStepShared = catalogue.assumption("pixel-law-layer-step-shared");
    exchange = catalogue.assumption("pixel-law-exchange");
    unpublished = unpublished(catalogue, model, video);
    String law = video ? VIDEO_LAW : IMAGE_LAW;
    residual = LawResidual.of(catalogue, model, accelerator, law);
    unmeasuredResidual = LawResidual.unmeasured(catalogue, model, accelerator, law);
  }

  /** What a denoiser of which nothing but its size is known costs over the usual one. */
  private static Optional<Factor> unpublished(
      FactorCatalogue catalogue, Model model, boolean video) {
    if (model.denoiser().isPresent()) {
      return Optional.empty();
    }
    Factor spread =
        catalogue.assumption("unpublished-" + (video ? "video" : "image") + "-denoiser");
    return Optional.of(
        Factor.of(
            spread.id() + ":" + model.id(),
            spread.meaning() + ", " + model.name(),
            "",
            spread.scatter(),
            spread.provenance()));
  }

  private static Factor parameters(Model model) {
    Optional<DenoiserShape> known = model.denoiser();
    Scatter scatter =
        known.isPresent()
            ? Scatter.exactly(known.get().parametersB())
            : model.activeParametersB().scatter();
    Provenance source = model.provenance();
    return Factor.of(
            "size:" + model.id(),
            "parameters of the denoiser of " + model.name(),
            "10^9",
            scatter,
            known.isPresent()
                ? new Provenance(Tier.DISCLOSED, source.source(), source.year(), source.licence())
                : source)
        .withNotes(model.notes());
  }

  /** The model residual that holds where nothing of the model was measured. */
  Factor unmeasuredResidual() {
    return unmeasuredResidual;
  }

  /** Seconds at thermal design power that one unit of a driver costs, model residual included. */
  double seconds(Driver driver, Serving serving, FactorState state) {
    return terms(driver, serving, state)
        * unpublished.map(state::of).orElse(1.0)
        * state.of(residual);
  }

  private double terms(Driver driver, Serving serving, FactorState state) {
    double passes = shape.passesPerStep();
    return switch (driver) {
      case IMAGE_STEPS, VIDEO_STEPS ->
          passes * promptTokens(serving) * tokenS(serving, state) + waitingS(serving, state);
      case MEGAPIXEL_STEPS, FRAME_MEGAPIXEL_STEPS ->
          passes * tokensPerUnit() * (tokenS(serving, state) + shape.textTokens() * pairS(state));
      case MEGAPIXEL_PAIR_STEPS, FRAME_MEGAPIXEL_PAIR_STEPS ->
          passes * tokensPerUnit() * tokensPerUnit() * pairS(state) / seenApart();
      case MEGAPIXELS, FRAME_MEGAPIXELS ->
          state.of(decoderS) / rateOverH100() * beyondH100(state) * serving.accelerators();
      default -> 0;
    };
  }

  /** Tokens of one megapixel of an image, or of one frame of a megapixel. */
  private double tokensPerUnit() {
    double pixelsPerToken =
        shape.attention() == Attention.UNET ? U_NET_PIXELS_PER_TOKEN : shape.pixelsPerToken();
    return PIXELS_PER_MEGAPIXEL
        / pixelsPerToken
        * shape.latentFrames((int) Math.max(1, Math.round(at.frames())))
        / Math.max(1, at.frames());
  }

  private double tokens() {
    return tokensPerUnit() * at.megapixels() * Math.max(1, at.frames());
  }

  /**
   * Tokens of the prompt that go through the blocks, over all accelerators. In production their
   * number is a draw of its mean, no whole one: whether they divide is told by the nearest.
   */
  private double promptTokens(Serving serving) {
    double text = shape.textTokens();
    boolean divides = text % Math.rint(serving.accelerators()) == 0;
    return divides ? text : text * serving.accelerators();
  }

  /** In factorised attention a token sees those of its own frame only, or those behind it. */
  private double seenApart() {
    return shape.attention() == Attention.FACTORISED
        ? shape.latentFrames((int) Math.max(1, Math.round(at.frames())))
        : 1;
  }

  /** One token through all blocks: weights, memory, exchange. */
  private double tokenS(Serving serving, FactorState state) {
    double multiplied =
        state.of(linear) * OPERATIONS_PER_PARAMETER * parametersOfToken(state) / flopPerS();
    double bytes = BYTES_PER_NUMBER * layers(state) * width(state);
    double carried =
        state.of(activation)
            * (shape.attention() == Attention.LINEAR ? state.of(linearAttention) : 1)
            * bytes;
    double exchanged = state.of(exchange) * bytes * Math.log(serving.accelerators()) / Math.log(2);
    return (multiplied + (carried + exchanged) / bandwidthBytesPerS()) * beyondH100(state);
  }

  /** One token seeing one other in all blocks. */
  private double pairS(FactorState state) {
    if (shape.attention() == Attention.LINEAR) {
      return 0;
    }
    return state.of(attention)
        * OPERATIONS_PER_PAIR_AND_WIDTH
        * layers(state)
        * width(state)
        / flopPerS()
        * beyondH100(state);
  }

  /** Static energy of accelerators that wait for the launch of a step, by output. */
  private double waitingS(Serving serving, FactorState state) {
    double tokens = tokens();
    double work =
        shape.passesPerStep()
            * ((tokens + promptTokens(serving)) * tokenS(serving, state)
                + tokens * (tokens / seenApart() + shape.textTokens()) * pairS(state));
    double computing = work * serving.batch() / serving.accelerators();
    double launching =
        layers(state)
            * state.of(layerStepS)
            * (1 + state.of(layerStepShared) * (1 - 1 / serving.accelerators()));
    double step =
        Math.pow(Math.pow(computing, OVERLAP) + Math.pow(launching, OVERLAP), 1 / OVERLAP);
    return state.of(staticShare) * (step - computing) * serving.accelerators() / serving.batch();
  }

  /**
   * Parameters that one token of the picture meets. Published sizes count those of the prompt's own
   * weights and of the conditioning on time, which it does not meet.
   */
  private double parametersOfToken(FactorState state) {
    double all = state.of(parametersB) * 1e9;
    return shape
        .blocks()
        .map(blocks ->
            Math.min(
                all,
                BLOCK_PARAMETERS_PER_WIDTH_SQUARED
                    * blocks.layers()
                    * (double) blocks.width()
                    * blocks.width()))
        .orElse(all);
  }

  private double layers(FactorState state) {
    return shape
        .blocks()
        .map(blocks -> (double) blocks.layers())
        .orElseGet(() -> usualLayers(state));
  }

  private double width(FactorState state) {
    return shape
        .blocks()
        .map(blocks -> (double) blocks.width())
        .orElseGet(() -> usualLayers(state) * state.of(widthOverLayers));
  }

  private double usualLayers(FactorState state) {
    double ratio = state.of(widthOverLayers);
    return Math.cbrt(
        state.of(parametersB) * 1e9 / (BLOCK_PARAMETERS_PER_WIDTH_SQUARED * ratio * ratio));
  }

  private double beyondH100(FactorState state) {
    return Math.pow(Math.max(1, rateOverH100()), state.of(scale));
  }

  private double rateOverH100() {
    return flopPerS() / H100_FLOP_PER_S;
  }

  private double flopPerS() {
    return accelerator.bf16Tflops() * 1e12;
  }

  private double bandwidthBytesPerS() {
    return accelerator.memoryBandwidthGbPerS() * 1e9;
  }

  static String formula(Driver driver) {
    return switch (driver) {
      case IMAGE_STEPS, VIDEO_STEPS ->
          "(passes × prompt tokens × cost of a token + static share × (time of a step − time at"
              + " work) × accelerators / batch)"
              + UNPUBLISHED;
      case MEGAPIXEL_STEPS, FRAME_MEGAPIXEL_STEPS ->
          "passes × tokens × ((k_linear × 2 × parameters / rate + (k_activation × k_linear"
              + " attention + k_exchange × log2 accelerators) × 2 × layers × width / bandwidth)"
              + " × k_scale + prompt tokens × cost of a pair)"
              + UNPUBLISHED;
      case MEGAPIXEL_PAIR_STEPS, FRAME_MEGAPIXEL_PAIR_STEPS ->
          "passes × tokens² × k_attention × 4 × layers × width / rate × k_scale / frames seen"
              + " apart"
              + UNPUBLISHED;
      default -> "k_decoder × (H100 rate / rate) × accelerators × k_scale" + UNPUBLISHED;
    };
  }
}
