package io.gtrace.activity;

/**
 * One thing that generative AI was asked to do: who did what, on which model, where, when and how
 * much. Immutable; invalid amounts are refused at construction with an {@link
 * IllegalArgumentException} that names the field and the value.
 */
public sealed interface Activity
    permits TextGeneration,
        Embedding,
        ImageGeneration,
        VideoGeneration,
        SpeechToText,
        TextToSpeech,
        MusicGeneration,
        Training,
        MeteredInference {

  /** The model as the caller names it; the factor catalogue resolves aliases. */
  String model();

  /** What prices it: the model, or the hardware where {@link Modality#goesByHardware}. */
  default String subject() {
    return model();
  }

  Context context();

  Modality modality();

  /** The same activity in another context. */
  Activity in(Context context);

  /**
   * How much of each driver the activity used.
   *
   * @param defaults fills the sizes that the caller left open (image width, steps, ...)
   */
  Volumes volumes(GenerationDefaults defaults);
}
