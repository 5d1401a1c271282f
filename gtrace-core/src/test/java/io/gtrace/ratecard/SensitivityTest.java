package io.gtrace.ratecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final GTrace GTRACE = GTrace.standard();

  private static VarianceShare of(List<VarianceShare> shares, String factor) {
    return shares.stream().filter(each -> each.factor().equals(factor)).findFirst().orElseThrow();
  }

  @Test
  void sharesAddUpAndTheLargestComesFirst() {
    List<VarianceShare> shares =
        GTRACE.sensitivity(TextGeneration.of("gpt-4o", 500, 300).at("eu-west-3"), Impact.CARBON_KG);
    assertThat(shares.stream().mapToDouble(VarianceShare::share).sum()).isCloseTo(1, within(1e-9));
    assertThat(shares).isSortedAccordingTo((a, b) -> Double.compare(b.share(), a.share()));
    assertThat(shares.get(0).factor()).isIn("serving-batch", "size:gpt-4o");
    assertThat(shares).extracting(VarianceShare::factor).contains(VarianceShare.LAW);
  }

  @Test
  void aFactorIsNamedAfterAllThatItStandsFor() {
    Activity activity = TextGeneration.of("gpt-4o", 500, 300).at("FR");
    assertThat(of(GTRACE.sensitivity(activity, Impact.ENERGY_KWH), "size:gpt-4o").meaning())
        .contains("parameters stored of gpt-4o")
        .contains("parameters active of gpt-4o");
  }

  @Test
  void knowingAFactorNarrowsTheIntervalByItsShare() {
    Activity activity = TextGeneration.of("gpt-4o", 500, 300).at("eu-west-3");
    Quantity all = GTRACE.estimate(activity).energyKwh();
    for (VarianceShare each : GTRACE.sensitivity(activity, Impact.ENERGY_KWH)) {
      if (each.share() > 0.05) {
        double left = logWidth(each.known()) / logWidth(all);
        assertThat(left).as(each.factor()).isCloseTo(Math.sqrt(1 - each.share()), within(0.12));
      }
    }
  }

  private static double logWidth(Quantity quantity) {
    return Math.log(quantity.high() / quantity.low());
  }

  @Test
  void theGridMattersForCarbonAndNotForEnergy() {
    Activity activity = ImageGeneration.of("flux.1-dev", 1).at("FR");
    List<VarianceShare> carbon = GTRACE.sensitivity(activity, Impact.CARBON_KG);
    List<VarianceShare> energy = GTRACE.sensitivity(activity, Impact.ENERGY_KWH);
    String grid =
        carbon.stream()
            .map(VarianceShare::factor)
            .filter(factor -> factor.startsWith("grid"))
            .findFirst()
            .orElseThrow();
    assertThat(of(carbon, grid).share()).isPositive();
    assertThat(energy).extracting(VarianceShare::factor).doesNotContain(grid);
  }

  @Test
  void ofManyRequestsNoneStandsOut() {
    List<VarianceShare> one =
        GTRACE.sensitivity(ImageGeneration.of("flux.1-dev", 1).at("FR"), Impact.ENERGY_KWH);
    List<VarianceShare> many =
        GTRACE.sensitivity(ImageGeneration.of("flux.1-dev", 10_000).at("FR"), Impact.ENERGY_KWH);
    double share = of(one, VarianceShare.REQUEST).share();
    assertThat(of(many, VarianceShare.REQUEST).share()).isLessThan(share / 1_000);
  }
}
