package io.gtrace.factor;

import java.util.Optional;

/**
 * What the arithmetic of a diffusion model follows from: its denoiser runs once or twice a step
 * over a grid of tokens, each of which stands for a patch of the picture.
 *
 * @param parametersB parameters of the denoiser alone, in 10^9, without text encoder and
 *     autoencoder
 * @param passesPerStep forward passes of the denoiser in one step, 1 to 8: 2 with classifier-free
 *     guidance (one with the prompt, one without), 1 when guidance is distilled into the weights
 * @param pixelsPerToken pixels of an output frame that one token stands for: (downsampling of the
 *     autoencoder · patch size)², so 256 for 8 and 2, 1024 for 32 and 1. A U-Net has no patches;
 *     for it these are the pixels of one latent position, 64, which no law uses
 * @param framesPerToken output frames that one token stands for: downsampling of the autoencoder in
 *     time · patch size in time; 1 for images. A video of n frames has 1 + (n - 1) / framesPerToken
 *     frames of tokens where the autoencoder is causal, as those of 2024 and later are
 * @param attention how tokens see each other
 * @param blocks its transformer blocks, where it has any and they are published
 * @param textTokens tokens of the prompt, padding included, that go through the blocks beside those
 *     of the picture; 0 where blocks only look at the prompt
 */
public record DenoiserShape(
    double parametersB,
    int passesPerStep,
    int pixelsPerToken,
    double framesPerToken,
    Attention attention,
    Optional<Blocks> blocks,
    int textTokens) {

  public DenoiserShape {
    if (!(parametersB > 0 && parametersB < 10_000)) {
      throw new IllegalArgumentException(
          "denoiser_params_b must be above 0 and below 10,000, not " + parametersB);
    }
    if (passesPerStep < 1 || passesPerStep > 8) {
      throw new IllegalArgumentException("denoising_passes must be 1 to 8, not " + passesPerStep);
    }
    if (pixelsPerToken < 1 || !(framesPerToken >= 1)) {
      throw new IllegalArgumentException(
          "pixels_per_latent_token and frames_per_latent_frame must be at least 1, not "
              + pixelsPerToken
              + " and "
              + framesPerToken);
    }
    if (textTokens < 0 || textTokens > 100_000) {
      throw new IllegalArgumentException(
          "denoiser_text_tokens must be 0 to 100,000, not " + textTokens);
    }
  }

  /** How the tokens of a picture see each other. */
  public enum Attention {
    /** Every token sees every other. */
    FULL,
    /** Through a summary of fixed size: work grows with tokens, not with their square. */
    LINEAR,
    /** Within a frame or along time only. */
    FACTORISED,
    /** Convolutions over a pyramid of sizes, attention at its coarse levels. */
    UNET
  }

  /** Equal transformer blocks, so many, so wide. */
  public record Blocks(int layers, int width) {
    public Blocks {
      if (layers < 1 || layers > 10_000 || width < 1 || width > 1_000_000) {
        throw new IllegalArgumentException(
            "denoiser_layers and denoiser_width must both be above 0 or both be left empty, not "
                + layers
                + " and "
                + width);
      }
    }
  }

  /** Frames of tokens of so many output frames. */
  public double latentFrames(int frames) {
    return 1 + (frames - 1) / framesPerToken;
  }
}
