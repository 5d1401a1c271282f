package io.gtrace.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two layers: errors that all activities share stay, variation between them averages out. */
class FootprintTest {
  private static final Footprint ONE =
      GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR"));

  private static double logWidth(Footprint footprint) {
    return Math.log(footprint.energyKwh().high() / footprint.energyKwh().low());
  }

  @Test
  void oneActivityVariesMoreThanTheMeanOfMany() {
    Footprint many = ONE;
    for (int doubled = 0; doubled < 10; doubled++) {
      many = many.plus(many);
    }
    assertThat(logWidth(ONE)).isGreaterThan(1.02 * logWidth(many));
    assertThat(logWidth(many)).isCloseTo(logWidth(ONE.withoutVariation()), within(1e-2));
    assertThat(many.energyKwh().median())
        .isCloseTo((1 << 10) * ONE.energyKwh().median(), within(1e-9));
  }

  @Test
  void anyNumberOfFootprintsCanBeAddedOneByOne() {
    Footprint sum = ONE.withoutVariation();
    Footprint turned = sum;
    for (int i = 1; i < 20_000; i++) {
      sum = sum.plus(ONE);
      turned = ONE.plus(turned);
    }
    double expected = 20_000 * ONE.draws(Impact.CARBON_KG)[3];
    assertThat(sum.draws(Impact.CARBON_KG)[3]).isCloseTo(expected, withinPercentage(1e-7));
    assertThat(turned.draws(Impact.CARBON_KG)[3]).isCloseTo(expected, withinPercentage(1e-7));
  }

  @Test
  void aShareOfOneActivityVariesAsItDoes() {
    assertThat(logWidth(ONE.times(1e-6))).isCloseTo(logWidth(ONE), within(1e-9));
  }

  private static Footprint text(String model, int outputTokens, String site) {
    return GTrace.standard().estimate(TextGeneration.of(model, 500, outputTokens).at(site));
  }

  @Test
  void figuresThatAreFoundTogetherAreThoseOfEach() {
    Supplier<List<Footprint>> some =
        () ->
            IntStream.range(1, 100)
                .boxed()
                .flatMap(tokens ->
                    Stream.of(
                        text("gpt-4o", tokens, "FR"),
                        text("gpt-4o", tokens, "PL").plus(text("gpt-4o-mini", tokens, "FR")),
                        text("gpt-4o", tokens, "PL").times(3)))
                .toList();
    for (Impact impact : Impact.values()) {
      assertThat(Footprint.quantities(some.get(), impact))
          .isEqualTo(some.get().stream().map(each -> each.quantity(impact)).toList());
    }
  }

  @Test
  void aFigureThatIsNotKnownIsEmptyAmongThoseThatAre() {
    double[] medians = {1, 1, Double.NaN, Double.NaN, 1, 1, 1};
    Footprint unknown = Footprint.of("f", medians, 0, impact -> new double[] {1, 1});
    Footprint known =
        Footprint.of(
            "f",
            new double[] {1, 1, 1, 1, 1, 1, 1},
            0,
            impact -> {
              return new double[] {1, 1};
            });
    Impact marketBased = Impact.OPERATIONAL_MARKET_BASED_KG;
    assertThat(Footprint.quantities(List.of(unknown, known, unknown), marketBased))
        .containsExactly(Optional.empty(), Optional.of(new Quantity(1, 1, 1)), Optional.empty());
    assertThat(Footprint.quantities(List.of(), marketBased)).isEmpty();
  }
}
