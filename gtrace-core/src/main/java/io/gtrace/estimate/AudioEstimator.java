package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.Set;

/**
 * Speech and music by {@link TokenLaw}: a second of sound is so many tokens read (speech to text)
 * or written (text to speech, music).
 */
final class AudioEstimator implements Estimator {
  private final Modality modality;
  private final TokenLaw law;
  private final ServerOverhead overhead;
  private final Network network;
  private final Factor heardPerSecond;
  private final Factor writtenPerSecond;
  private final Factor bytesPerSecond;

  AudioEstimator(FactorCatalogue catalogue, Model model, Deployment deployment) {
    modality = model.modality();
    law = new TokenLaw(catalogue, model, deployment);
    overhead = new ServerOverhead(catalogue, deployment);
    network = new Network(catalogue, deployment);
    heardPerSecond = catalogue.assumption("speech-tokens-heard-per-second");
    writtenPerSecond =
        catalogue.assumption(
            switch (modality) {
              case SPEECH_TO_TEXT -> "speech-tokens-transcribed-per-second";
              case MUSIC -> "music-tokens-per-second";
              default -> "speech-tokens-spoken-per-second";
            });
    bytesPerSecond = catalogue.assumption("network-bytes-per-audio-second");
  }

  @Override
  public Set<Driver> drivers() {
    return Set.of(second());
  }

  private Driver second() {
    return switch (modality) {
      case SPEECH_TO_TEXT -> Driver.AUDIO_INPUT_SECONDS;
      case MUSIC -> Driver.MUSIC_SECONDS;
      default -> Driver.SPEECH_SECONDS;
    };
  }

  @Override
  public UnitRate rate(Driver driver, FactorState state) {
    if (driver != second()) {
      return UnitRate.NONE;
    }
    double joules = law.decodeJ(state) * state.of(writtenPerSecond);
    if (modality == Modality.SPEECH_TO_TEXT) {
      joules += law.prefillJ(state) * state.of(heardPerSecond);
    }
    return overhead
        .of(joules, state)
        .withNetworkKwh(network.carrying(bytesPerSecond, state).networkKwh());
  }

  @Override
  public String formula(Driver driver) {
    String written = "tokens written a second × " + TokenLaw.DECODE;
    return modality == Modality.SPEECH_TO_TEXT
        ? "tokens heard a second × " + TokenLaw.PREFILL + " + " + written
        : written + "; " + ServerOverhead.FORMULA;
  }
}
