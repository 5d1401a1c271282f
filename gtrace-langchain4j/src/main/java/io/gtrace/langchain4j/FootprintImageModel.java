package io.gtrace.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import io.gtrace.activity.Context;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.call.CallAccounting;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * An image model whose calls are accounted: LangChain4j has no listeners for these. Images count at
 * the model's usual size and steps unless told otherwise.
 */
public final class FootprintImageModel implements ImageModel {
  private final ImageModel model;
  private final ImageGeneration one;
  private final CallAccounting accounting;
  private final CallContext context;

  /**
   * @param model makes the images
   * @param one what one image is: its model's name, and size and steps where they are known
   * @param accounting prices the calls and hands them on
   * @param context for whom a call is and where its model runs; a call without a moment is one of
   *     now
   */
  public FootprintImageModel(
      ImageModel model, ImageGeneration one, CallAccounting accounting, Supplier<Context> context) {
    this(model, one, accounting, context, InstantSource.system());
  }

  FootprintImageModel(
      ImageModel model,
      ImageGeneration one,
      CallAccounting accounting,
      Supplier<Context> context,
      InstantSource clock) {
    this.model = model;
    this.one = one;
    this.accounting = accounting;
    this.context = new CallContext(context, clock);
  }

  @Override
  public Response<Image> generate(String prompt) {
    Response<Image> made = model.generate(prompt);
    account(1, one);
    return made;
  }

  @Override
  public Response<List<Image>> generate(String prompt, int n) {
    Response<List<Image>> made = model.generate(prompt, n);
    account(made.content().size(), one);
    return made;
  }

  @Override
  public Response<Image> edit(Image image, String prompt) {
    Response<Image> made = model.edit(image, prompt);
    account(1, one.asEdit());
    return made;
  }

  @Override
  public Response<Image> edit(Image image, Image mask, String prompt) {
    Response<Image> made = model.edit(image, mask, prompt);
    account(1, one.asEdit());
    return made;
  }

  private void account(int images, ImageGeneration each) {
    if (images > 0) {
      accounting.account(
          new ImageGeneration(
              each.model(),
              images,
              each.widthPx(),
              each.heightPx(),
              each.steps(),
              each.inputImages(),
              context.now()));
    }
  }
}
