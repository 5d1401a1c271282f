package io.gtrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TextToSpeech;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GTraceTest {
  private final GTrace gtrace = GTrace.standard();

  private static TextGeneration prompt() {
    return TextGeneration.of("gpt-4o", 500, 300);
  }

  @Test
  void everyModalityCostsSomethingAndTheIntervalHoldsTheMedian() {
    List<Activity> activities =
        List.of(
            prompt().at("eu-west-3"),
            Embedding.of("text-embedding-3-small", 8_000).at("DE"),
            ImageGeneration.of("flux.1-dev", 1).at("us-east-1"),
            VideoGeneration.of("sora-2", 5).at("US-CA"),
            SpeechToText.of("whisper-large-v3", 600).at("IN"),
            TextToSpeech.of("tts-1", 60),
            MusicGeneration.of("musicgen-large", 30).at("rtx-4090@FR"));
    for (Activity activity : activities) {
      Footprint footprint = gtrace.estimate(activity);
      for (Quantity quantity :
          List.of(footprint.energyKwh(), footprint.carbonKg(), footprint.waterL())) {
        assertThat(quantity.median()).as(activity.toString()).isPositive();
        assertThat(quantity.low()).isPositive().isLessThan(quantity.median());
        assertThat(quantity.high()).isGreaterThan(quantity.median());
      }
    }
  }

  @Test
  void carbonIsOperationalPlusEmbodiedInEveryDraw() {
    Footprint footprint = gtrace.estimate(prompt().at("eu-west-3"));
    double[] total = footprint.draws(Impact.CARBON_KG);
    double[] operational = footprint.draws(Impact.OPERATIONAL_LOCATION_BASED_KG);
    double[] embodied = footprint.draws(Impact.EMBODIED_KG);
    for (int k = 0; k < total.length; k++) {
      assertThat(total[k]).isCloseTo(operational[k] + embodied[k], within(1e-12 * total[k]));
    }
  }

  @Test
  void aThousandCallsAreAsUncertainAsOneBecauseTheErrorsAreShared() {
    Footprint one = gtrace.estimate(prompt().at("FR")).withoutVariation();
    Footprint thousand = one;
    for (int i = 1; i < 8; i++) {
      thousand = thousand.plus(one);
    }
    double widthOfOne = one.carbonKg().high() / one.carbonKg().low();
    double widthOfMany = thousand.carbonKg().high() / thousand.carbonKg().low();
    assertThat(widthOfMany).isCloseTo(widthOfOne, within(1e-9));
  }

  @Test
  void workSummedOverRowsCostsWhatItsPartsCost() {
    PricedVolumes sum = gtrace.card().newSum();
    List<TextGeneration> parts =
        List.of(
            prompt().at("US-CISO").on(Instant.parse("2022-05-10T20:00:00Z")),
            prompt().at("US-CISO").on(Instant.parse("2022-05-11T04:00:00Z")),
            TextGeneration.of("gpt-4o-mini", 900, 10).at("FR"));
    Footprint expected = gtrace.estimate(parts.get(0));
    for (TextGeneration part : parts.subList(1, parts.size())) {
      expected = expected.plus(gtrace.estimate(part));
    }
    for (TextGeneration part : parts) {
      sum.add(gtrace.card().row(part), part.volumes(GenerationDefaults.COMMON));
    }
    Footprint total = sum.footprint();
    for (Impact impact : Impact.values()) {
      if (expected.quantity(impact).isEmpty()) {
        assertThat(total.quantity(impact)).isEmpty();
        continue;
      }
      Quantity wanted = expected.quantity(impact).orElseThrow();
      Quantity got = total.quantity(impact).orElseThrow();
      assertThat(got.median()).isCloseTo(wanted.median(), within(1e-12 * wanted.median()));
      assertThat(got.low()).isCloseTo(wanted.low(), within(1e-12 * wanted.low()));
      assertThat(got.high()).isCloseTo(wanted.high(), within(1e-12 * wanted.high()));
    }
    assertThat(gtrace.card().newSum().footprint().carbonKg()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void energyInsideTheFacilityAloneBringsNeitherNetworkNorWear() {
    TextGeneration text = prompt().at("FR");
    CardRow row = gtrace.card().row(text);
    Volumes volumes = text.volumes(GenerationDefaults.COMMON);
    Footprint usual = row.price(volumes);
    PricedVolumes sum = gtrace.card().newSum();
    sum.add(row, volumes);
    sum.addInsideFacility(row.drawn(), volumes, new PricedVolumes.OverHours(2, 2, 2));
    Footprint loaded = sum.footprint();

    for (Impact impact : List.of(Impact.ENERGY_KWH, Impact.CARBON_KG, Impact.WATER_L)) {
      assertThat(loaded.draw(impact, 0)).isEqualTo(loaded.draws(impact)[0]);
      assertThat(loaded.draw(impact, 511)).isEqualTo(loaded.draws(impact)[511]);
      assertThat(loaded.times(3).draw(impact, 7)).isEqualTo(loaded.times(3).draws(impact)[7]);
    }
    double machineKwh = row.drawn().machineKwh(volumes);
    double added = loaded.median(Impact.ENERGY_KWH) - usual.median(Impact.ENERGY_KWH);
    assertThat(added / machineKwh / 2).isBetween(1.05, 1.7); // the overhead of the facility
    assertThat(added).isLessThan(2 * usual.median(Impact.ENERGY_KWH));
    assertThat(loaded.draws(Impact.EMBODIED_KG)).containsExactly(usual.draws(Impact.EMBODIED_KG));
    double[] before = usual.draws(Impact.ENERGY_KWH);
    double[] after = loaded.draws(Impact.ENERGY_KWH);
    for (int k = 0; k < before.length; k++) {
      assertThat(after[k]).isBetween(before[k], 3 * before[k]);
    }
  }

  @Test
  void aModelIsNotPricedForWhatItDoesNotMake() {
    assertThatThrownBy(() -> gtrace.estimate(ImageGeneration.of("gpt-4o", 1)))
        .hasMessageContaining("text")
        .hasMessageContaining("image");
  }

  @Test
  void theSameWorkEmitsLessOnACleanerGrid() {
    double france = gtrace.estimate(prompt().at("FR")).operationalLocationBasedKg().median();
    double poland = gtrace.estimate(prompt().at("PL")).operationalLocationBasedKg().median();
    assertThat(poland).isGreaterThan(5 * france);
  }

  @Test
  void noonInCaliforniaIsCleanerThanEvening() {
    Instant noon = Instant.parse("2022-05-10T20:00:00Z");
    Instant evening = Instant.parse("2022-05-11T04:00:00Z");
    assertThat(carbonAt(noon)).isLessThan(carbonAt(evening));
  }

  private double carbonAt(Instant when) {
    return gtrace.estimate(prompt().at("US-CISO").on(when)).carbonKg().median();
  }

  @Test
  void anEdgeDeviceHasNoFacilityOverheadAndUsesItsUsersGrid() {
    Footprint home =
        gtrace.estimate(TextGeneration.of("gemma-3-12b-it", 50, 100).at("rtx-4090@SE"));
    assertThat(home.waterOnSiteL().median()).isZero();
    assertThat(home.energyKwh().median()).isPositive();
  }

  @Test
  void aModelTooLargeForADeviceIsRefusedWithBothSizes() {
    assertThatThrownBy(() ->
            gtrace.estimate(TextGeneration.of("llama-3.1-70b-instruct", 1, 1).at("rtx-4060@DE")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs")
        .hasMessageContaining("rtx-4060");
  }

  @Test
  void anUnknownModelNamesTheThreeNearest() {
    assertThatThrownBy(() -> gtrace.estimate(TextGeneration.of("gpt-4p", 1, 1)))
        .isInstanceOfSatisfying(
            UnknownNameException.class,
            unknown -> assertThat(unknown.nearest()).hasSize(3).contains("gpt-4"));
  }

  @Test
  void anUnknownDeviceIsLikeTheMiddleOneOfTheClassThatItsNameTells() {
    GTrace lenient = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW);
    TextGeneration work = TextGeneration.of("llama-3.2-1b", 0, 300);
    Footprint known = lenient.estimate(work.at("apple-a18-pro@DE"));
    Footprint unknown = lenient.estimate(work.at("my-phone-77@DE"));
    assertThat(unknown.median(Impact.ENERGY_KWH))
        .isBetween(known.median(Impact.ENERGY_KWH) / 3, known.median(Impact.ENERGY_KWH) * 3);
    assertThat(width(unknown.energyKwh())).isGreaterThan(1.2 * width(known.energyKwh()));
    assertThat(lenient.explain(work.at("my-phone-77@DE")).toString())
        .contains("unknown device 'my-phone-77'", "of the class phone");
    Footprint untold = lenient.estimate(work.at("my-box@DE"));
    assertThat(width(untold.energyKwh())).isGreaterThan(width(unknown.energyKwh()));
    assertThatThrownBy(() -> gtrace.estimate(work.at("my-phone-77@DE")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("my-phone-77");
  }

  private static double width(Quantity quantity) {
    return quantity.high() / quantity.low();
  }

  @Test
  void aFallbackIsWiderAndSaysSo() {
    GTrace lenient = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW);
    TextGeneration unknown = TextGeneration.of("gpt-9000", 500, 300).at("FR");
    Quantity stood = lenient.estimate(unknown).energyKwh();
    Quantity known = lenient.estimate(prompt().at("FR")).energyKwh();
    assertThat(stood.high() / stood.low()).isGreaterThan(known.high() / known.low());
    assertThat(lenient.explain(unknown).notes().toString()).contains("gpt-9000");
  }

  @Test
  void datedAndPrefixedNamesMeanTheSameModel() {
    double plain = gtrace.estimate(prompt()).energyKwh().median();
    for (String name :
        List.of("GPT-4o", "openai/gpt-4o", "gpt-4o-2024-08-06", "openrouter/openai/gpt-4o")) {
      assertThat(gtrace.estimate(TextGeneration.of(name, 500, 300)).energyKwh().median())
          .as(name)
          .isEqualTo(plain);
    }
  }

  @Test
  void amountsThatNoOneUsesAreRefusedByName() {
    assertThatThrownBy(() -> TextGeneration.of("gpt-4o", 1_000_000_000_000L, 1))
        .hasMessageContaining("inputTokens");
    assertThatThrownBy(() -> TextGeneration.of("gpt-4o", -1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> SpeechToText.of("whisper-large-v3", Double.NaN))
        .hasMessageContaining("seconds");
  }

  @Test
  void aMomentBeforeTheFirstFactorsIsRefused() {
    assertThatThrownBy(() -> gtrace.estimate(prompt().on(Instant.parse("1995-01-01T00:00:00Z"))))
        .hasMessageContaining("1995");
  }
}
