package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * Speech transcribed or translated.
 *
 * @param model the model as the caller names it
 * @param seconds length of the audio read, 0 to 10^9 s
 * @param context when, for whom, where
 */
public record SpeechToText(String model, double seconds, Context context) implements Activity {

  public SpeechToText {
    Amount.model(model);
    Amount.quantity("seconds", seconds, 1e9, "s");
  }

  public static SpeechToText of(String model, double seconds) {
    return new SpeechToText(model, seconds, Context.UNKNOWN);
  }

  public SpeechToText at(String place) {
    return in(context.at(Site.parse(place)));
  }

  @Override
  public SpeechToText in(Context newContext) {
    return new SpeechToText(model, seconds, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.SPEECH_TO_TEXT;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    return new Volumes.Builder()
        .add(Driver.REQUESTS, 1)
        .add(Driver.AUDIO_INPUT_SECONDS, seconds)
        .build();
  }
}
