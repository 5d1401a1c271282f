package io.gtrace.ratecard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.activity.Activity;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.uncertainty.Draws;
import org.junit.jupiter.api.Test;

class RateCardMemoryTest {
  @Test
  void madeUpNamesDoNotFillMemoryAndFiguresStay() {
    RateCard card = new RateCard(FactorCatalogue.shipped(), new Draws(2, 1), Fallback.ALLOW);
    Activity known = TextGeneration.of("gpt-4o", 0, 300).at("FR");
    CardRow before = card.row(known);
    assertThat(card.row(known)).isSameAs(before);
    for (int i = 0; i <= 3_000; i++) {
      card.price(TextGeneration.of("model-of-nobody-" + i, 0, 300).at("FR"));
    }
    CardRow after = card.row(known);
    assertThat(after).isNotSameAs(before);
    assertThat(after.price(known.volumes(after.defaults())).carbonKg())
        .isEqualTo(before.price(known.volumes(before.defaults())).carbonKg());
  }
}
