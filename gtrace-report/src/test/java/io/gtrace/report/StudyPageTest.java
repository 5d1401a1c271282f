package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.footprint.Impact;
import io.gtrace.simulation.study.LocalChoice;
import io.gtrace.simulation.study.StudyOutcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class StudyPageTest {
  private static final Instant MADE = Instant.parse("2025-06-01T10:00:00Z");
  private static final StudyOutcome WEEK = SampleStudies.week();

  private static String page(StudyOutcome outcome) {
    return StudyPage.html(outcome, MADE).replace('\u00a0', ' ');
  }

  @Test
  void theHeadlineIsWhatIsCounted() {
    String html = page(WEEK);
    StudyOutcome.Figures figures = WEEK.figures();
    AccountPage.Tile carbon =
        AccountPage.tile("Carbon", "", Impact.CARBON_KG, figures.counted().carbonKg());
    assertThat(html)
        .contains("<dd class=\"figure\">" + carbon.value())
        .contains(carbon.measuredRange().replace('\u00a0', ' '))
        .contains(Figures.amount(figures.countedOutputs().median()))
        .contains(WEEK.factorSet(), "1 : 2,000", "1 June 2025");
  }

  @Test
  void theReferenceLiesWhereTheDrawsSay() {
    double[] draws = WEEK.figures().counted().draws(Impact.ENERGY_KWH);
    double below = Arrays.stream(draws).filter(kwh -> kwh < 4_309_000).count();
    double share = 100 * below / draws.length;
    String said = share > 99 ? "more than 99 %" : String.format(Locale.ROOT, "%.0f %%", share);
    assertThat(page(WEEK))
        .contains("4,309 MWh, is ", "2,068 t CO2e, is ", "lies above " + said + " of our draws")
        .contains("its image count, energy of an image and regional table are not public")
        .contains("half of our draws lie above")
        .contains("the energy of one image is what most likely dominates the difference");
  }

  /** What is made of something else is compared, for "avoided" by it would be beside the point. */
  @Test
  void formsOfAWaveStandSideBySide() {
    StudyOutcome outcome = SampleStudies.forms();
    double image = outcome.figures().counted().median(Impact.ENERGY_KWH);
    double video = outcome.scenarios().get(1).figures().counted().median(Impact.ENERGY_KWH);
    assertThat(page(outcome))
        .contains("As videos of ten seconds\u201d " + Figures.rounded(video / image) + " (")
        .containsSubsequence("of one output", "of one person", "of the wave", "texts", "videos")
        .doesNotContain("Carbon avoided");
  }

  @Test
  void aPairGivesThePublishedEnergy() {
    double count = WEEK.figures().countedOutputs().median();
    String each = Figures.rounded(4_309e6 / count) + " Wh";
    assertThat(page(WEEK)).contains("at our number of images it takes " + each + " for each");
  }

  @Test
  void oneRunSaysHowToLearnWhatItHangsOn() {
    assertThat(page(WEEK))
        .contains("gtrace study run ghibli-2025 --runs 100", "counted share (use)")
        .contains("no source tells the share of the style")
        .doesNotContain("chart-tornado\"");
  }

  @Test
  void anEnsembleTellsWhatItHangsOnAndWhatAChangeAvoids() {
    StudyOutcome ensemble = SampleStudies.ensemble();
    String html = page(ensemble);
    assertThat(html)
        .contains("chart-tornado", "energy of one image, Wh (factors)", "6 runs, each with its own")
        .contains("What would have changed it", "Half as many images in a session");
    assertThat(html.indexOf("Half as many images in a session"))
        .isLessThan(html.indexOf("People come back more often"));
  }

  @Test
  void whoShouldRunWhereIsToldByCountryAndAsACurve() {
    StudyOutcome moved = SampleStudies.moved();
    String html = page(moved);
    LocalChoice first = moved.localChoices().get(0);
    assertThat(html)
        .contains("Who should run where", "From none to all at home", "chart-moves-1")
        .contains(Figures.rounded(first.energyRatio().median()))
        .contains(Figures.percent(first.countries().get(0).localWins()) + " %")
        .contains("Everyone on laptops")
        .doesNotContain("Half of the people on phones");
    assertThat(page(WEEK)).doesNotContain("Who should run where");
    JsonNode json = new ObjectMapper().readTree(StudyJson.of(moved));
    JsonNode told = json.get("whoShouldRunWhere").get(0);
    assertThat(told.get("energyRatio").get("median").asDouble())
        .isEqualTo(first.energyRatio().median());
    assertThat(told.get("countries").size()).isEqualTo(4);
    assertThat(json.get("scenarios").get(0).get("moves").get("share").asDouble()).isEqualTo(0.1);
  }

  @Test
  void adoptionAloneSpeaksOfNoEnergy() {
    String html = page(SampleStudies.adoption());
    assertThat(html.substring(0, html.indexOf("<script")))
        .contains("people took part.", "chart-so-far")
        .doesNotContain("MWh", "What it compares to", "chart-power");
  }
}
