package io.gtrace.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorCatalogue;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementReaderTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static Measurements read(String csv) {
    return MeasurementReader.read(CATALOGUE, csv, MeasurementColumns.OURS, Optional.empty());
  }

  @Test
  void theModalityIsToldFromTheColumns() {
    Measurements text =
        read("model,gpu,gpus,avg_batch,energy_per_output_token_j\nx/Y-8B,H100,2,31.9,0.25\n");
    assertThat(text.usable())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.modality()).isEqualTo(Modality.TEXT);
          assertThat(each.energyJ()).isEqualTo(0.25);
          assertThat(each.hardware().accelerator().id()).isEqualTo("h100-sxm");
          assertThat(each.hardware().count()).isEqualTo(2);
        });
    assertThat(
            read("model,gpu,width_px,height_px,steps,energy_per_image_j\nx,B200,512,512,20,90\n")
                .usable()
                .get(0)
                .modality())
        .isEqualTo(Modality.IMAGE);
  }

  @Test
  void aBadRowIsRefusedByLineAndFieldAndTheRestIsKept() {
    Measurements read =
        read(
            """
            model,gpu,avg_batch,energy_per_output_token_j
            a,H100,8,0.5
            a,H100,8,0
            a,H100,-1,0.5
            a,XPU-9000,8,0.5
            ,H100,8,0.5
            a,H100,8,much
            a,H100,8,0.5
            a,H100,16,5e9
            b,H100,8,0.5
            """);
    assertThat(read.usable()).extracting(Measurement::line).containsExactly(2L, 10L);
    assertThat(read.refused())
        .extracting(Measurements.RefusedRow::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(read.refused().get(0).toString()).contains("energy_per_output_token_j", "joules");
    assertThat(read.refused().get(2).toString()).contains("gpu", "XPU-9000", "nearest");
    assertThat(read.refused().get(5).toString()).contains("the same as line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RTX 4090", "NVIDIA GeForce RTX 4090", "rtx-4090", "Apple M3 Max"})
  void anAcceleratorIsKnownByTheNameThatItsToolsAndItsMakerUse(String gpu) {
    assertThat(
            read("model,gpu,avg_batch,energy_per_output_token_j\na," + gpu + ",1,0.5\n").usable())
        .hasSize(1);
  }

  @Test
  void aMappingNamesTheColumnsOfAnotherFile() {
    Measurements read =
        MeasurementReader.read(
            CATALOGUE,
            "Model,Batch,Wh per token\nllama,8,0.0001\n",
            new MeasurementColumns(
                Map.of(
                    "model", "Model",
                    "avg_batch", "Batch",
                    "energy_per_output_token_j", "Wh per token"),
                Map.of("gpu", "H100"),
                Map.of("energy_per_output_token_j", 3600.0)),
            Optional.empty());
    assertThat(read.usable())
        .singleElement()
        .extracting(Measurement::energyJ)
        .isEqualTo(0.0001 * 3600);
  }

  @Test
  void aMappingFileIsReadAndWhatItGetsWrongIsNamed() {
    assertThat(
            MeasurementColumns.parse(
                """
                columns:
                  model: Model
                  avg_batch: Batch
                constants: {gpu: H100}
                factors:
                  energy_per_output_token_j: 3600
                """))
        .isEqualTo(
            new MeasurementColumns(
                Map.of("model", "Model", "avg_batch", "Batch"),
                Map.of("gpu", "H100"),
                Map.of("energy_per_output_token_j", 3600.0)));
    assertThatThrownBy(() -> MeasurementColumns.parse("columns:\n  modle: x\n"))
        .hasMessageContaining("columns, modle")
        .hasMessageContaining("model");
    assertThatThrownBy(() -> MeasurementColumns.parse("fields: {}"))
        .hasMessageContaining("no section 'fields'");
    assertThatThrownBy(() -> MeasurementColumns.parse("factors: {batch: -1}"))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> MeasurementColumns.parse("columns: [a"))
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> MeasurementColumns.parse("")).hasMessageContaining("sections");
  }

  @Test
  void aFileOfSomethingElseIsRefusedInOneSentence() {
    assertThatThrownBy(() -> read("a,b\n1,2\n")).hasMessageContaining("energy_per_image_j");
    assertThatThrownBy(() -> read("model,energy_per_image_j\nx,2\n"))
        .hasMessageContaining("lacks the columns gpu, width_px");
    assertThatThrownBy(() -> read("model,energy_per_image_j\n")).hasMessageContaining("no row");
    assertThatThrownBy(() -> read("")).hasMessageContaining("no row");
  }
}
