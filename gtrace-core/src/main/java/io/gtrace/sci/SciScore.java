package io.gtrace.sci;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TextToSpeech;
import io.gtrace.activity.Training;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import java.util.OptionalDouble;

/**
 * A Software Carbon Intensity: SCI = (E × I + M) / R, where E is energy, I the location-based
 * carbon of the grid (contracts and offsets do not count), M the embodied share and R how many
 * functional units the activity had.
 *
 * @param unit what the score is for one of
 * @param units how many of them, above 0
 * @param footprint what all of them cost
 */
public record SciScore(FunctionalUnit unit, double units, Footprint footprint) {
  public SciScore {
    if (!(units > 0 && units < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a score needs at least one " + unit.label() + ", not " + units);
    }
  }

  /**
   * The score of an activity, in the unit that SCI for AI prescribes for what it makes.
   *
   * @param defaults sizes that the caller left open
   * @param footprint what the activity costs; of a consumer's activity without any training
   * @param parameters all parameters of the model that is trained, where they are known
   * @throws IllegalArgumentException if it has nothing of that unit, as a training known only by
   *     its hours of a model whose parameters are not known
   */
  public static SciScore of(
      Activity activity,
      GenerationDefaults defaults,
      Footprint footprint,
      OptionalDouble parameters) {
    if (activity instanceof TextGeneration text) {
      double tokens =
          (double) text.inputTokens()
              + (double) text.cachedInputTokens()
              + (double) text.outputTokens()
              + (double) text.reasoningTokens();
      return new SciScore(FunctionalUnit.TOKEN, tokens, footprint);
    }
    if (activity instanceof Embedding embedding) {
      return new SciScore(FunctionalUnit.TOKEN, (double) embedding.inputTokens(), footprint);
    }
    if (activity instanceof ImageGeneration image) {
      return new SciScore(FunctionalUnit.IMAGE, (double) image.count(), footprint);
    }
    if (activity instanceof VideoGeneration video) {
      return new SciScore(
          FunctionalUnit.SECOND_OF_VIDEO,
          (double) video.count() * video.seconds(defaults),
          footprint);
    }
    if (activity instanceof SpeechToText speech) {
      return new SciScore(FunctionalUnit.SECOND_OF_AUDIO, speech.seconds(), footprint);
    }
    if (activity instanceof TextToSpeech speech) {
      return new SciScore(FunctionalUnit.SECOND_OF_AUDIO, speech.seconds(), footprint);
    }
    if (activity instanceof MusicGeneration music) {
      return new SciScore(FunctionalUnit.SECOND_OF_AUDIO, music.seconds(), footprint);
    }
    if (activity instanceof Training training) {
      return ofTraining(training, footprint, parameters);
    }
    throw new IllegalArgumentException(
        "a score needs to know what was made, which a meter does not tell");
  }

  private static SciScore ofTraining(
      Training training, Footprint footprint, OptionalDouble parameters) {
    if (training.work() instanceof Training.Compute compute) {
      return new SciScore(FunctionalUnit.FLOP, compute.flop(), footprint);
    }
    if (training.work() instanceof Training.TokensTimesParameters product) {
      return new SciScore(FunctionalUnit.TRAINING_TOKEN, product.tokens(), footprint);
    }
    if (parameters.isPresent()) {
      return new SciScore(FunctionalUnit.PARAMETER, parameters.getAsDouble(), footprint);
    }
    throw new IllegalArgumentException(
        "a provider's score is for a FLOP, a training token or a parameter: give the training as"
            + " compute, or as tokens and parameters, or by its hours with a model whose size is"
            + " known");
  }

  /** The score, kgCO2e for one unit. */
  public Quantity kgPerUnit() {
    return footprint.times(1 / units).carbonKg();
  }

  /** E × I / R, kgCO2e for one unit. */
  public Quantity operationalKgPerUnit() {
    return footprint.times(1 / units).operationalLocationBasedKg();
  }

  /** M / R, kgCO2e for one unit. */
  public Quantity embodiedKgPerUnit() {
    return footprint.times(1 / units).embodiedKg();
  }
}
