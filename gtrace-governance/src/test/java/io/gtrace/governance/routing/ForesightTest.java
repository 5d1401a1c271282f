package io.gtrace.governance.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForesightTest {
  private static final int HOURS = 10 * 24;

  /** A grid of sunny days, some of which are cloudy. */
  private static Host host(String name, double capacity, long seed) {
    Random random = new Random(seed);
    double[] carbon =
        IntStream.range(0, HOURS)
            .mapToDouble(hour ->
                0.4 + 0.2 * Math.cos(2 * Math.PI * hour / 24) + 0.15 * random.nextGaussian())
            .map(kg -> Math.max(0.01, kg))
            .toArray();
    double[] most = new double[HOURS];
    Arrays.fill(most, capacity);
    return new Host(name, most, Map.of(Criterion.CARBON_KG, carbon));
  }

  private static PlacementProblem problem() {
    double[] demand = new double[HOURS];
    Arrays.fill(demand, 1);
    return PlacementProblem.byCarbon(
        List.of(new Movable("jobs", demand, 6, List.of())),
        List.of(host("a", 1.5, 1), host("b", 1.5, 2)),
        false);
  }

  @Test
  void anOracleIsNoWorseThanAForecastAndNoLimitNoWorseThanLimits() {
    Foresight foresight = Foresight.of(problem(), 3);
    double unlimited = foresight.oracle().total(Criterion.CARBON_KG);
    double limited = foresight.limitedOracle().total(Criterion.CARBON_KG);
    double forecast = foresight.forecast().total(Criterion.CARBON_KG);
    assertThat(unlimited).isLessThan(limited);
    assertThat(limited).isLessThan(forecast);
    assertThat(foresight.forecast().kwh()).isCloseTo(HOURS - 72, within(1e-6));
  }

  @Test
  void whereEveryDayIsLikeTheLastAForecastIsAsGoodAsAnOracle() {
    double[] carbon = IntStream.range(0, HOURS).mapToDouble(h -> 1 + h % 24).toArray();
    double[] most = new double[HOURS];
    Arrays.fill(most, 3);
    double[] demand = new double[HOURS];
    Arrays.fill(demand, 1);
    PlacementProblem problem =
        PlacementProblem.byCarbon(
            List.of(new Movable("jobs", demand, 4, List.of())),
            List.of(new Host("a", most, Map.of(Criterion.CARBON_KG, carbon))),
            false);
    Foresight foresight = Foresight.of(problem, 2);
    assertThat(foresight.forecast().total(Criterion.CARBON_KG))
        .isCloseTo(foresight.limitedOracle().total(Criterion.CARBON_KG), within(1e-6));
  }

  @Test
  void aForecastNeedsAPast() {
    assertThatThrownBy(() -> Foresight.of(problem(), 10)).hasMessageContaining("240 hours");
  }
}
