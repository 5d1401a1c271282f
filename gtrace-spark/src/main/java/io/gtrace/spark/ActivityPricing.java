package io.gtrace.spark;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Prices tokens activity by activity: what intervals of single events need. */
record ActivityPricing(Broadcast<SharedCard> shared, PricedImpact asked) implements TokenPricing {

  @Override
  public @Nullable Double price(
      @Nullable UTF8String model,
      @Nullable UTF8String region,
      long inputTokens,
      long outputTokens,
      long momentUs,
      long cachedInputTokens,
      long reasoningTokens,
      long requests) {
    RateCard card = shared.value().card();
    Optional<Activity> activity =
        activity(
            card,
            model == null ? null : model.toString(),
            region == null ? null : region.toString(),
            inputTokens,
            outputTokens,
            momentUs,
            cachedInputTokens,
            reasoningTokens,
            requests);
    try {
      return activity.isEmpty() ? null : price(card, activity.get(), asked);
    } catch (IllegalArgumentException notPriced) {
      return null;
    }
  }

  /** What was done; empty where that is no usage. Arguments as those of {@link #price}. */
  static Optional<Activity> activity(
      RateCard card,
      @Nullable String model,
      @Nullable String region,
      long inputTokens,
      long outputTokens,
      long momentUs,
      long cachedInputTokens,
      long reasoningTokens,
      long requests) {
    if (model == null || (inputTokens == ABSENT && outputTokens == ABSENT)) {
      return Optional.empty();
    }
    try {
      Context context =
          new Context(
              momentUs == ABSENT
                  ? Optional.empty()
                  : Optional.of(Instant.EPOCH.plus(momentUs, ChronoUnit.MICROS)),
              Attribution.NONE,
              Site.parse(region == null ? "" : region));
      long calls = TokenPricing.or(requests, 1);
      return Optional.of(
          modality(card, model) == Modality.EMBEDDING
              ? new Embedding(model, calls, TokenPricing.or(inputTokens, 0), context)
              : new TextGeneration(
                  model,
                  calls,
                  TokenPricing.or(inputTokens, 0),
                  TokenPricing.or(cachedInputTokens, 0),
                  TokenPricing.or(outputTokens, 0),
                  TokenPricing.or(reasoningTokens, 0),
                  context));
    } catch (IllegalArgumentException noUsage) {
      return Optional.empty();
    }
  }

  /** What tokens of a model are of: text, unless it is known to make vectors. */
  static Modality modality(RateCard card, String model) {
    return card.catalogue().modalityOf(model).filter(Modality.EMBEDDING::equals).isPresent()
        ? Modality.EMBEDDING
        : Modality.TEXT;
  }

  /**
   * @throws IllegalArgumentException if the card cannot price the activity
   */
  static @Nullable Double price(RateCard card, Activity activity, PricedImpact asked) {
    CardRow row = card.row(activity);
    return asked.of(row.price(activity.volumes(row.defaults())));
  }
}
