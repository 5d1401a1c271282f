package io.gtrace.factor;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.GTrace;
import io.gtrace.activity.Modality;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.site.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all rows of the factor files. */
class FactorFilesTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static Model model(String name) {
    return CATALOGUE.findModel(name).orElseThrow();
  }

  @Test
  void thereAreModelsCountriesRegionsAndAccelerators() {
    assertThat(CATALOGUE.models()).hasSizeGreaterThanOrEqualTo(300);
    assertThat(CATALOGUE.zones().stream().filter(zone -> zone.kind().equals("country")))
        .hasSizeGreaterThanOrEqualTo(200);
    assertThat(CATALOGUE.regions()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(CATALOGUE.accelerators()).hasSizeGreaterThanOrEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "EMBEDDING, 40",
    "SPEECH_TO_TEXT, 20",
    "TEXT_TO_SPEECH, 20",
    "MUSIC, 10",
    "IMAGE, 100",
    "VIDEO, 50"
  })
  void everyModalityIsCovered(Modality modality, int least) {
    assertThat(CATALOGUE.models().stream().filter(model -> model.modality() == modality))
        .hasSizeGreaterThanOrEqualTo(least);
  }

  @Test
  void noNameMeansTwoModels() {
    Map<String, String> ids = new HashMap<>();
    for (Model model : CATALOGUE.models()) {
      for (String name : namesOf(model)) {
        String other = ids.putIfAbsent(name.toLowerCase(Locale.ROOT), model.id());
        assertThat(other).as(name).isIn(null, model.id());
      }
    }
  }

  /** Readings of logged names compare spellings, so these must tell sizes apart. */
  @Test
  void namesSpelledAlikeMeanModelsOfOneSize() {
    Map<String, Model> models = new HashMap<>();
    for (Model model : CATALOGUE.models()) {
      for (String name : namesOf(model)) {
        Model other = models.putIfAbsent(Spelling.of(name), model);
        if (other != null) {
          assertThat(other.totalParametersB()).as(name).isEqualTo(model.totalParametersB());
        }
      }
    }
  }

  private static List<String> namesOf(Model model) {
    return Stream.concat(Stream.of(model.id()), model.aliases().stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accelerators",
        "assumptions",
        "cloud_regions",
        "grid_hourly_profiles",
        "grid_impacts",
        "grid_intensities",
        "grid_zones",
        "law_correlations",
        "law_misfits",
        "models",
        "providers"
      })
  void everyRowHasASourceAndADocumentedLicence(String file) throws IOException {
    Set<String> documented = documentedLicences();
    assertThat(documented).hasSizeBetween(10, 25);
    for (NamedCsvRecord row : rows(file)) {
      String where = file + ".csv, line " + row.getStartingLineNumber();
      assertThat(row.getField("source")).as(where).isNotBlank();
      assertThat(documented).as(where).contains(row.getField("licence").split("; ", -1));
      if (row.getHeader().contains("year")) {
        assertThat(Integer.parseInt(row.getField("year"))).as(where).isBetween(1990, 2030);
      }
    }
  }

  private static List<NamedCsvRecord> rows(String file) throws IOException {
    try (InputStream in = FactorCatalogue.class.getResourceAsStream(file + ".csv")) {
      return CsvReader.builder()
          .ofNamedCsvRecord(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .stream()
          .toList();
    }
  }

  /** The first column of the table of licences in the documentation. */
  private static Set<String> documentedLicences() throws IOException {
    return Files.readAllLines(Path.of("../docs/architecture.md")).stream()
        .dropWhile(line -> !line.equals("## Licences of factors"))
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .collect(Collectors.toSet());
  }

  @Test
  void ownEstimatesAreMarked() throws IOException {
    for (NamedCsvRecord row : rows("models")) {
      if (row.getField("licence").equals("own estimate")) {
        assertThat(row.getField("params_tier")).as(row.getField("id")).isEqualTo("modelled");
        assertThat(row.getField("source"))
            .as(row.getField("id"))
            .containsAnyOf("own estimate", "G-TRACE prior");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      names = {"EMBEDDING", "SPEECH_TO_TEXT", "TEXT_TO_SPEECH", "MUSIC", "IMAGE"})
  void everyModelCanBePriced(Modality modality) {
    for (Model model : CATALOGUE.models()) {
      if (model.modality() != modality) {
        continue;
      }
      CardRow row =
          GTrace.standard()
              .card()
              .rowOfYear(model.id(), modality, Site.parse("FR"), OptionalInt.empty());
      double kwh =
          row.drivers().stream()
              .mapToDouble(driver -> row.perUnit(driver, Impact.ENERGY_KWH))
              .sum();
      assertThat(kwh).as(model.id()).isPositive().isFinite();
    }
  }

  @Test
  void siblingsThatDifferByTheirDateAreOfOneSize() {
    Range size = model("gpt-4o-realtime-preview-2024-12-17").totalParametersB();
    assertThat(model("gpt-4o-realtime-preview-2024-10-01").totalParametersB()).isEqualTo(size);
    assertThat(model("gpt-4o-audio-preview-2024-10-01").totalParametersB()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemini-2.5-flash-image",
        "gemini-3-pro-image-preview",
        "gemini-3.1-flash-image-preview",
        "gpt-image-1",
        "gpt-4o-mini-tts"
      })
  void whatWritesPicturesOrSoundTokenByTokenIsAutoregressive(String name) {
    assertThat(model(name).architecture()).isEqualTo(Architecture.AUTOREGRESSIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "flux.1-dev, 28, 1, 11.9",
    "hidream-i1-full, 50, 2, 12.0",
    "hidream-i1-dev, 28, 1, 12.0",
    "hidream-i1-fast, 16, 1, 12.0"
  })
  void aDenoiserRunsWithTheStepsOfItsCardAndTheParametersThatAct(
      String name, int steps, int passes, double parametersB) {
    Model model = model(name);
    assertThat(model.defaults().steps()).isEqualTo(steps);
    assertThat(model.denoiser().orElseThrow().passesPerStep()).isEqualTo(passes);
    assertThat(model.denoiser().orElseThrow().parametersB()).isEqualTo(parametersB);
    assertThat(model.activeParametersB().high()).isBetween(parametersB, parametersB * 1.02);
  }

  /** Figures that another method makes of the same tables must not pass for those of before. */
  @Test
  void anotherMethodIsAnotherFactorSet() {
    FactorTables tables = FactorTables.shipped();
    assertThat(tables.digest()).isEqualTo(tables.digest(FactorTables.METHOD_VERSION));
    assertThat(tables.digest(FactorTables.METHOD_VERSION + 1)).isNotEqualTo(tables.digest());
  }
}
