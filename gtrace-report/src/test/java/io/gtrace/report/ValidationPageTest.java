package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.ModelKnowledge;
import io.gtrace.validation.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidationPageTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static List<Validation> validations(String model) {
    String csv =
        """
        model,gpu,total_params_b,active_params_b,avg_batch,energy_per_output_token_j
        Qwen/Qwen3-8B,H100,8,8,31,0.163
        %s,H100,500,500,64,9
        """
            .formatted(model);
    return new LawPredictions(
            CATALOGUE, Draws.standard(CATALOGUE.correlations()), ModelKnowledge.UNSEEN)
        .validate(
            MeasurementReader.read(CATALOGUE, csv, MeasurementColumns.OURS, Optional.empty())
                .usable());
  }

  @Test
  void thePageHoldsFiguresModelsAndNotes() {
    String page = ValidationPage.html(validations("acme-500b"), true, Instant.EPOCH);
    assertThat(page)
        .contains("Text: energy of an output token", "Qwen/Qwen3-8B", "acme-500b")
        .contains("extrapolated: 500 billion active parameters")
        .contains("was forgotten");
    assertThat(page).doesNotContain("<script src", "rel=\"stylesheet\"");
  }

  @Test
  void namesCannotRunInTheBrowserNorInASpreadsheet() {
    List<Validation> validations = validations("</script><script>alert(1)</script>");
    String page = ValidationPage.html(validations, false, Instant.EPOCH);
    assertThat(page).doesNotContain("<script>alert");
    assertThat(ValidationCsv.of(validations("=HYPERLINK(1)"))).contains("'=HYPERLINK(1)");
  }
}
