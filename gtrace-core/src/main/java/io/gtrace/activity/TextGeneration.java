package io.gtrace.activity;

import io.gtrace.site.Site;
import java.time.Instant;

/**
 * Text from a language model: chat, completion, code, agents' steps, multimodal input alike.
 *
 * @param model the model as the caller names it
 * @param requests calls that the tokens belong to; 1 for a single call, more for a metered bucket
 * @param inputTokens tokens read and not found in a prompt cache
 * @param cachedInputTokens tokens read from a prompt cache, in addition to {@code inputTokens}
 * @param outputTokens visible tokens generated
 * @param reasoningTokens hidden tokens generated while thinking, in addition to {@code
 *     outputTokens}
 * @param context when, for whom, where
 */
public record TextGeneration(
    String model,
    long requests,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    Context context)
    implements Activity {

  public TextGeneration {
    Amount.model(model);
    Amount.count("requests", requests);
    Amount.tokens("inputTokens", inputTokens, requests);
    Amount.tokens("cachedInputTokens", cachedInputTokens, requests);
    Amount.tokens("outputTokens", outputTokens, requests);
    Amount.tokens("reasoningTokens", reasoningTokens, requests);
  }

  /** One call that read and wrote so many tokens, nothing else known. */
  public static TextGeneration of(String model, long inputTokens, long outputTokens) {
    return new TextGeneration(model, 1, inputTokens, 0, outputTokens, 0, Context.UNKNOWN);
  }

  public TextGeneration at(String place) {
    return at(Site.parse(place));
  }

  public TextGeneration at(Site site) {
    return in(context.at(site));
  }

  public TextGeneration on(Instant when) {
    return in(context.on(when));
  }

  @Override
  public TextGeneration in(Context newContext) {
    return new TextGeneration(
        model, requests, inputTokens, cachedInputTokens, outputTokens, reasoningTokens, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.TEXT;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    return TokenVolumes.of(
        (double) requests,
        (double) inputTokens,
        (double) cachedInputTokens,
        (double) outputTokens + (double) reasoningTokens);
  }
}
