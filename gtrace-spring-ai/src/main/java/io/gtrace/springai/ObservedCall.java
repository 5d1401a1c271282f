package io.gtrace.springai;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.micrometer.observation.Observation;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.ImageModelObservationContext;

/** Reads what Spring AI observes of a call. */
final class ObservedCall {
  /** Providers whose input tokens leave out those that were found in a cache. */
  private static final Set<String> CACHED_APART = Set.of("anthropic", "bedrock_converse");

  private ObservedCall() {}

  /**
   * The call that was observed; empty if it failed, or its usage is not told.
   *
   * @param context for whom it was and where its model runs
   */
  static Optional<Activity> of(Observation.Context observed, Context context) {
    if (observed instanceof ChatModelObservationContext chat) {
      return chat(chat, context);
    }
    if (observed instanceof EmbeddingModelObservationContext embedding) {
      return embedding(embedding, context);
    }
    return observed instanceof ImageModelObservationContext image
        ? image(image, context)
        : Optional.empty();
  }

  private static Optional<Activity> chat(ChatModelObservationContext chat, Context context) {
    @Nullable ChatResponse response = chat.getResponse();
    if (response == null) {
      return Optional.empty();
    }
    Usage usage = response.getMetadata().getUsage();
    @Nullable ChatOptions options = chat.getRequest().getOptions();
    return name(response.getMetadata().getModel(), options == null ? null : options.getModel())
        .filter(model -> count(usage.getTotalTokens()) > 0)
        .map(model -> {
          long input = count(usage.getPromptTokens());
          long cached = count(usage.getCacheReadInputTokens());
          if (!CACHED_APART.contains(chat.getOperationMetadata().provider())) {
            cached = Math.min(cached, input);
            input -= cached;
          }
          return new TextGeneration(
              model, 1, input, cached, count(usage.getCompletionTokens()), 0, context);
        });
  }

  private static Optional<Activity> embedding(
      EmbeddingModelObservationContext embedding, Context context) {
    @Nullable EmbeddingResponse response = embedding.getResponse();
    if (response == null) {
      return Optional.empty();
    }
    long input = count(response.getMetadata().getUsage().getPromptTokens());
    @Nullable EmbeddingOptions options = embedding.getRequest().getOptions();
    return name(response.getMetadata().getModel(), options == null ? null : options.getModel())
        .filter(model -> input > 0)
        .map(model -> new Embedding(model, 1, input, context));
  }

  private static Optional<Activity> image(ImageModelObservationContext image, Context context) {
    @Nullable ImageResponse response = image.getResponse();
    @Nullable ImageOptions options = image.getRequest().getOptions();
    if (response == null || options == null || response.getResults().isEmpty()) {
      return Optional.empty();
    }
    return name(options.getModel(), null)
        .map(model ->
            ImageGeneration.of(model, response.getResults().size())
                .sized((int) count(options.getWidth()), (int) count(options.getHeight()))
                .in(context));
  }

  private static Optional<String> name(@Nullable String answered, @Nullable String asked) {
    return Stream.of(Optional.ofNullable(answered), Optional.ofNullable(asked))
        .flatMap(Optional::stream)
        .filter(model -> !model.isBlank())
        .findFirst();
  }

  private static long count(@Nullable Number amount) {
    return amount == null ? 0 : amount.longValue();
  }
}
