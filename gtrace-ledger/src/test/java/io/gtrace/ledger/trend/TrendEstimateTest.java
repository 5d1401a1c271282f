package io.gtrace.ledger.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.footprint.Quantity;
import io.gtrace.uncertainty.Draws;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendEstimateTest {
  private static final Draws DRAWS = new Draws(512, 7);

  private static TrendEstimate estimate(List<Signal> signals, List<Anchor> anchors) {
    return TrendEstimate.of(signals, anchors, EstimateOptions.ALL, DRAWS);
  }

  private static boolean holds(Quantity interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    int trends = 200;
    int totals = 0;
    int days = 0;
    int allDays = 0;
    for (int seed = 0; seed < trends; seed++) {
      SyntheticTrend truth = new SyntheticTrend(seed, 40, 0.15);
      TrendEstimate estimate =
          estimate(
              List.of(truth.index("search", 0.1, 0.2), truth.counts("posts", 1e-3, 0.1, 0.2)),
              List.of(truth.anchor(10, 17, 0.1)));
      totals += holds(estimate.total(), truth.total()) ? 1 : 0;
      double[] volumes = truth.volumes();
      for (int d = 0; d < volumes.length; d++) {
        days += holds(estimate.volume(d), volumes[d]) ? 1 : 0;
        allDays++;
      }
    }
    System.err.println(
        "coverage totals " + totals + "/" + trends + " days " + (double) days / allDays);
    assertThat((double) totals / trends).isBetween(0.80, 0.99);
    assertThat((double) days / allDays).isBetween(0.83, 0.97);
  }
}
