package io.gtrace.bench.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.ModelKnowledge;
import io.gtrace.validation.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the product says of measured models as if it had never seen them. */
class UnseenModelsTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static List<Measurement> measured(String modality) throws IOException {
    String file = modality + "_generation_gpu_energy.csv";
    try (InputStream in =
        Objects.requireNonNull(UnseenModelsTest.class.getResourceAsStream(file), file)) {
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return MeasurementReader.read(CATALOGUE, csv, MeasurementColumns.OURS, Optional.empty())
          .usable();
    }
  }

  private static Validation validated(String modality, ModelKnowledge knowledge)
      throws IOException {
    Draws draws = Draws.standard(CATALOGUE.correlations());
    return new LawPredictions(CATALOGUE, draws, knowledge).validate(measured(modality)).get(0);
  }

  @ParameterizedTest
  @CsvSource({"text,12", "image,15", "video,15"})
  void errorsAreSmallAndIntervalsHoldWhatTheyPromise(String modality, double most)
      throws IOException {
    Validation unseen = validated(modality, ModelKnowledge.UNSEEN);
    assertThat(unseen.medianAbsolutePercentageError()).isLessThan(most);
    assertThat(unseen.coverage90()).isBetween(0.85, 0.95);
    assertThat(unseen.coverage50()).isBetween(0.35, 0.65);
    assertThat(Math.abs(unseen.medianSignedError())).isLessThan(5);
    assertThat(unseen.medianIntervalRatio()).isLessThan(2.2);
  }

  @Test
  void aMeasuredModelIsKnownBetter() throws IOException {
    for (String modality : List.of("text", "image", "video")) {
      assertThat(validated(modality, ModelKnowledge.MEASURED).medianAbsolutePercentageError())
          .as(modality)
          .isLessThan(
              0.7 * validated(modality, ModelKnowledge.UNSEEN).medianAbsolutePercentageError());
    }
  }

  @Test
  void energiesInAnotherUnitAreTold() throws IOException {
    Measurement.Text joules = (Measurement.Text) measured("text").get(0);
    LawPredictions predictions =
        new LawPredictions(
            CATALOGUE, Draws.standard(CATALOGUE.correlations()), ModelKnowledge.MEASURED);
    assertThat(predictions.implausible(joules)).isEmpty();
    Measurement wattHours =
        new Measurement.Text(
            joules.line(),
            joules.model(),
            joules.hardware(),
            joules.batch(),
            joules.outputTokens(),
            joules.inputTokens(),
            joules.task(),
            joules.energyJ() / 3600);
    assertThat(predictions.implausible(wattHours))
        .hasValueSatisfying(reason -> assertThat(reason).contains("another unit"));
  }
}
