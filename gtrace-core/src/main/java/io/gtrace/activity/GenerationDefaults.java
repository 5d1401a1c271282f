package io.gtrace.activity;

/**
 * Sizes that a model uses when its caller names none.
 *
 * @param widthPx image or frame width in pixels
 * @param heightPx image or frame height in pixels
 * @param steps denoising steps
 * @param frames frames of a video
 * @param framesPerSecond frame rate of a video
 */
public record GenerationDefaults(
    int widthPx, int heightPx, int steps, int frames, double framesPerSecond) {

  /** One megapixel in 28 steps; five seconds at 16 frames a second: common open-model settings. */
  public static final GenerationDefaults COMMON = new GenerationDefaults(1024, 1024, 28, 81, 16);
}
