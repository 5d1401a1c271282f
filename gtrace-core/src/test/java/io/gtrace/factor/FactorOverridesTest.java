package io.gtrace.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.footprint.Footprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorOverridesTest {
  @TempDir Path folder;

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("own.yaml"), text);
  }

  private GTrace with(String text) throws IOException {
    return GTrace.of(FactorCatalogue.shippedWith(yaml(text)), Fallback.REFUSE);
  }

  @Test
  void anOwnDataCentreUsesItsOwnEfficiencyAndContract() throws IOException {
    GTrace own =
        with(
            """
            data_centres:
              - name: paris-1
                zone: FR
                pue: 1.05
                contract_g_per_kwh: 10
                accelerator: b200-sxm
            """);
    Footprint footprint = own.estimate(TextGeneration.of("gpt-4o", 500, 300).at("paris-1"));
    double marketKg = footprint.operationalMarketBasedKg().orElseThrow().median();
    assertThat(marketKg / footprint.energyKwh().median()).isCloseTo(0.010, within(1e-9));
    assertThat(footprint.waterOnSiteL().median()).isZero();
    assertThat(own.card().catalogue().factorSet())
        .isNotEqualTo(GTrace.standard().card().catalogue().factorSet());
  }

  @Test
  void aFieldIsLaidOverTheShippedRowAndANewRowIsAdded() throws IOException {
    GTrace own =
        with(
            """
            grid_intensities:
              - {zone: FR, year: 2024, quantity: average-lifecycle, g_per_kwh: 500,
                 tier: measured, source: own meter, licence: own}
            models:
              - id: our-7b
                provider: default
                name: Ours
                family: ours
                modality: text
                architecture: dense
                open_weights: yes
                total_params_b_low: 7
                total_params_b_high: 7
                active_params_b_low: 7
                active_params_b_high: 7
                params_tier: disclosed
                precision: bf16
                aliases: [acme/ours, ours-latest]
                source: own
                year: 2026
                licence: own
            """);
    Footprint footprint = own.estimate(TextGeneration.of("ours-latest", 500, 300).at("FR"));
    double kgPerKwh =
        footprint.operationalLocationBasedKg().median() / footprint.energyKwh().median();
    assertThat(kgPerKwh).isCloseTo(0.5, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'models:\n  - idd: a' | line 2, idd: models have no such field; did you mean id?",
        "'model:\n  - id: a' | line 1: there is no section 'model'",
        "'data_centres:\n  - name: a\n    zone: FR\n    pue: 0.9' | line 2: pue must be 1 to 5",
        "'data_centres:\n  - name: a\n    pue: 1.2' | line 2, zone: is missing",
        "'data_centres:\n  - {name: a, zone: FR, pue: low}' | pue: 'low' is not a number",
        "'data_centres:\n  - {name: a, zone: FR, pue: 1, contract_g_per_kwh: 9000}' | line 2: contract carbon must be 0 to 2",
        "'data_centres:\n  - {name: a, zone: FR, pue: 1, hourly_matched_shares: [1, 0]}' | line 2, hourly_matched_shares: must hold 24 shares, for the hours of the day in UTC, or 288, for those of each month from January, not 2",
        "'data_centres:\n  - {name: a, zone: FR, pue: 1, hourly_matched_shares: [solar]}' | line 2, hourly_matched_shares: must hold numbers alone",
        "'data_centres:\n  - {name: a, zone: FR, pue: 1, contract_g_per_kwh: 9, hourly_matched_shares: 1}' | line 2, hourly_matched_shares: contradicts contract_g_per_kwh",
        "'data_centres:\n  - {name: a, zone: FR, pue: 1, hourly_matched_file: none.csv}' | none.csv: there is no such file",
        "'grid_hourly_profiles:\n  - {zone: DE, month: 13}' | line 2, month: must be 1 to 12, not 13",
        "'a: [b' | is not YAML",
        "'models: 3' | must be a list",
        "'' | is empty"
      })
  void whatCannotBeUsedIsNamedWithLineAndField(String text, String complaint) {
    assertThatThrownBy(() -> with(text.replace("\\n", "\n")))
        .isInstanceOf(FactorFileException.class)
        .hasMessageContaining(complaint);
  }
}
