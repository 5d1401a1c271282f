package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * Music or sound generated.
 *
 * @param model the model as the caller names it
 * @param seconds length of the audio generated, 0 to 10^9 s
 * @param context when, for whom, where
 */
public record MusicGeneration(String model, double seconds, Context context) implements Activity {

  public MusicGeneration {
    Amount.model(model);
    Amount.quantity("seconds", seconds, 1e9, "s");
  }

  public static MusicGeneration of(String model, double seconds) {
    return new MusicGeneration(model, seconds, Context.UNKNOWN);
  }

  public MusicGeneration at(String place) {
    return in(context.at(Site.parse(place)));
  }

  @Override
  public MusicGeneration in(Context newContext) {
    return new MusicGeneration(model, seconds, newContext);
  }

  @Override
  public Modality modality() {
    return Modality.MUSIC;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    return new Volumes.Builder().add(Driver.REQUESTS, 1).add(Driver.MUSIC_SECONDS, seconds).build();
  }
}
