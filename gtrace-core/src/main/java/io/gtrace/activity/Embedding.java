package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * Text turned into vectors.
 *
 * @param model the model as the caller names it
 * @param requests texts embedded; attention runs within one text
 * @param inputTokens tokens of all texts together
 * @param context when, for whom, where
 */
public record Embedding(String model, long requests, long inputTokens, Context context)
    implements Activity {

  public Embedding {
    Amount.model(model);
    Amount.count("requests", requests);
    Amount.tokens("inputTokens", inputTokens, requests);
  }

  public static Embedding of(String model, long inputTokens) {
    return new Embedding(model, 1, inputTokens, Context.UNKNOWN);
  }

  public Embedding at(String place) {
    return in(context.at(Site.parse(place)));
  }

  @Override
  public Embedding in(Context newContext) {
    return new Embedding(model, requests, inputTokens, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.EMBEDDING;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    return TokenVolumes.of((double) requests, (double) inputTokens, 0, 0);
  }
}
