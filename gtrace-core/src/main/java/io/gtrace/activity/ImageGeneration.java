package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * Images made or edited.
 *
 * @param model the model as the caller names it
 * @param count images put out
 * @param widthPx width in pixels, 1 to 16,384; 0 for the model's default
 * @param heightPx height in pixels, 1 to 16,384; 0 for the model's default
 * @param steps denoising steps, 1 to 1,000; 0 for the model's default
 * @param inputImages images given to each generation to edit or follow; each is attended to like a
 *     further image of the output's size
 * @param context when, for whom, where
 */
public record ImageGeneration(
    String model,
    long count,
    int widthPx,
    int heightPx,
    int steps,
    int inputImages,
    Context context)
    implements Activity {

  static final int MAX_SIDE_PX = 16_384;
  static final int MAX_STEPS = 1_000;
  private static final int MAX_INPUT_IMAGES = 64;

  public ImageGeneration {
    Amount.model(model);
    Amount.count("count", count);
    Amount.size("widthPx", widthPx, MAX_SIDE_PX);
    Amount.size("heightPx", heightPx, MAX_SIDE_PX);
    Amount.size("steps", steps, MAX_STEPS);
    Amount.size("inputImages", inputImages, MAX_INPUT_IMAGES);
  }

  /** Images at the model's default size and steps. */
  public static ImageGeneration of(String model, long count) {
    return new ImageGeneration(model, count, 0, 0, 0, 0, Context.UNKNOWN);
  }

  public ImageGeneration at(String place) {
    return in(context.at(Site.parse(place)));
  }

  public ImageGeneration sized(int newWidthPx, int newHeightPx) {
    return new ImageGeneration(model, count, newWidthPx, newHeightPx, steps, inputImages, context);
  }

  public ImageGeneration withSteps(int newSteps) {
    return new ImageGeneration(model, count, widthPx, heightPx, newSteps, inputImages, context);
  }

  /** The same as an edit of one given image. */
  public ImageGeneration asEdit() {
    return new ImageGeneration(
        model, count, widthPx, heightPx, steps, Math.max(1, inputImages), context);
  }

  @Override
  public ImageGeneration in(Context newContext) {
    return new ImageGeneration(model, count, widthPx, heightPx, steps, inputImages, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.IMAGE;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    double outputs = (double) count;
    double width = widthPx == 0 ? defaults.widthPx() : widthPx;
    double height = heightPx == 0 ? defaults.heightPx() : heightPx;
    double stepCount = steps == 0 ? defaults.steps() : steps;
    double megapixels = width * height / 1e6;
    double attended = megapixels * (1 + inputImages);
    return new Volumes.Builder()
        .add(Driver.REQUESTS, outputs)
        .add(Driver.IMAGES, outputs)
        .add(Driver.IMAGE_STEPS, outputs * stepCount)
        .add(Driver.MEGAPIXELS, outputs * megapixels)
        .add(Driver.MEGAPIXEL_STEPS, outputs * attended * stepCount)
        .add(Driver.MEGAPIXEL_PAIR_STEPS, outputs * attended * attended * stepCount)
        .build();
  }
}
