package io.gtrace.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.activity.Driver;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device runs what fits into its memory with 4-bit weights, whatever the model makes. */
class EdgeMemoryTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static Estimator on(String device, String model) {
    Model known = CATALOGUE.findModel(model).orElseThrow();
    return new Estimators(CATALOGUE).of(known, new Deployment.Edge(CATALOGUE.accelerator(device)));
  }

  @ParameterizedTest
  @CsvSource({
    "flux.1-dev, IMAGE_STEPS",
    "llama-3.1-8b-instruct, OUTPUT_TOKENS",
    "cogvideox-5b, VIDEO_STEPS"
  })
  void whatFitsIsPriced(String model, Driver driver) {
    assertThat(on("rtx-4090", model).rate(driver, FactorState.medians()).acceleratorKwh())
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource({"flux.2-dev", "llama-3.1-405b-instruct", "hunyuanimage-3.0"})
  void whatDoesNotFitIsRefusedWithWhatItNeeds(String model) {
    assertThatThrownBy(() -> on("rtx-3060", model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4-bit weights")
        .hasMessageContaining("12 GB");
  }

  @Test
  void aDenoiserAsksNothingOfTheLawOfTokens() {
    FactorState.Recording recording = new FactorState.Recording();
    on("rtx-4090", "flux.1-dev").rate(Driver.MEGAPIXEL_STEPS, recording);
    assertThat(recording.asked()).noneMatch(factor -> factor.id().startsWith("token-law"));
  }
}
