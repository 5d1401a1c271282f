package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * Speech generated from text.
 *
 * @param model the model as the caller names it
 * @param seconds length of the audio generated, 0 to 10^9 s
 * @param context when, for whom, where
 */
public record TextToSpeech(String model, double seconds, Context context) implements Activity {

  public TextToSpeech {
    Amount.model(model);
    Amount.quantity("seconds", seconds, 1e9, "s");
  }

  public static TextToSpeech of(String model, double seconds) {
    return new TextToSpeech(model, seconds, Context.UNKNOWN);
  }

  public TextToSpeech at(String place) {
    return in(context.at(Site.parse(place)));
  }

  @Override
  public TextToSpeech in(Context newContext) {
    return new TextToSpeech(model, seconds, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.TEXT_TO_SPEECH;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    return new Volumes.Builder()
        .add(Driver.REQUESTS, 1)
        .add(Driver.SPEECH_SECONDS, seconds)
        .build();
  }
}
