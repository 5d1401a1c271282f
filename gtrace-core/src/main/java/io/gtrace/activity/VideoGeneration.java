package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * Videos made.
 *
 * @param model the model as the caller names it
 * @param count videos put out
 * @param seconds length of one video; 0 to take {@code frames}, or the model's default
 * @param framesPerSecond frame rate; 0 for the model's default
 * @param frames frames of one video; 0 to take {@code seconds} times the frame rate
 * @param widthPx frame width in pixels; 0 for the model's default
 * @param heightPx frame height in pixels; 0 for the model's default
 * @param steps denoising steps; 0 for the model's default
 * @param context when, for whom, where
 */
public record VideoGeneration(
    String model,
    long count,
    double seconds,
    double framesPerSecond,
    int frames,
    int widthPx,
    int heightPx,
    int steps,
    Context context)
    implements Activity {

  private static final int MAX_FRAMES = 1_000_000;
  private static final double MAX_SECONDS = 36_000;
  private static final double MAX_FRAMES_PER_SECOND = 1_000;

  public VideoGeneration {
    Amount.model(model);
    Amount.count("count", count);
    Amount.quantity("seconds", seconds, MAX_SECONDS, "s");
    Amount.quantity("framesPerSecond", framesPerSecond, MAX_FRAMES_PER_SECOND, "frames/s");
    Amount.size("frames", frames, MAX_FRAMES);
    Amount.size("widthPx", widthPx, ImageGeneration.MAX_SIDE_PX);
    Amount.size("heightPx", heightPx, ImageGeneration.MAX_SIDE_PX);
    Amount.size("steps", steps, ImageGeneration.MAX_STEPS);
    if (frames > 0 && seconds > 0 && framesPerSecond > 0) {
      double implied = seconds * framesPerSecond;
      if (Math.abs(implied - frames) > Math.max(framesPerSecond, 2)) {
        throw new InvalidAmountException(
            "frames",
            "is "
                + frames
                + ", but seconds times framesPerSecond is "
                + implied
                + "; give two of the three");
      }
    }
  }

  /** One video of this length at the model's default size, frame rate and steps. */
  public static VideoGeneration of(String model, double seconds) {
    return new VideoGeneration(model, 1, seconds, 0, 0, 0, 0, 0, Context.UNKNOWN);
  }

  public VideoGeneration at(String place) {
    return in(context.at(Site.parse(place)));
  }

  @Override
  public VideoGeneration in(Context newContext) {
    return new VideoGeneration(
        model, count, seconds, framesPerSecond, frames, widthPx, heightPx, steps, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.VIDEO;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    double outputs = (double) count;
    double frameCount = frameCount(defaults);
    double width = widthPx == 0 ? defaults.widthPx() : widthPx;
    double height = heightPx == 0 ? defaults.heightPx() : heightPx;
    double stepCount = steps == 0 ? defaults.steps() : steps;
    double frameMegapixels = frameCount * width * height / 1e6;
    return new Volumes.Builder()
        .add(Driver.REQUESTS, outputs)
        .add(Driver.VIDEOS, outputs)
        .add(Driver.VIDEO_STEPS, outputs * stepCount)
        .add(Driver.FRAME_MEGAPIXELS, outputs * frameMegapixels)
        .add(Driver.FRAME_MEGAPIXEL_STEPS, outputs * frameMegapixels * stepCount)
        .add(
            Driver.FRAME_MEGAPIXEL_PAIR_STEPS,
            outputs * frameMegapixels * frameMegapixels * stepCount)
        .build();
  }

  /** Length of one video: as given, or its frames at its frame rate. */
  public double seconds(GenerationDefaults defaults) {
    return seconds > 0
        ? seconds
        : frameCount(defaults)
            / (framesPerSecond == 0 ? defaults.framesPerSecond() : framesPerSecond);
  }

  private double frameCount(GenerationDefaults defaults) {
    if (frames > 0) {
      return frames;
    }
    if (seconds > 0) {
      return seconds * (framesPerSecond == 0 ? defaults.framesPerSecond() : framesPerSecond);
    }
    return defaults.frames();
  }
}
