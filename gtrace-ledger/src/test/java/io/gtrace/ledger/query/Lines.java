package io.gtrace.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.footprint.Impact;
import java.util.List;

/** Answers that were summed in another order. */
final class Lines {
  private Lines() {}

  static void assertSame(List<QueryLine> lines, List<QueryLine> expected) {
    assertThat(lines.stream().map(QueryLine::keys))
        .containsExactlyElementsOf(expected.stream().map(QueryLine::keys).toList());
    for (int i = 0; i < lines.size(); i++) {
      QueryLine line = lines.get(i);
      QueryLine same = expected.get(i);
      assertThat(line.activities()).isEqualTo(same.activities());
      assertThat(line.tokens()).isCloseTo(same.tokens(), within(1e-9 * same.tokens()));
      assertThat(line.footprint().factorSet()).isEqualTo(same.footprint().factorSet());
      for (Impact impact : Impact.values()) {
        double figure = same.footprint().median(impact);
        double got = line.footprint().median(impact);
        if (Double.isNaN(figure)) {
          assertThat(got).as("what is not known").isNaN();
        } else {
          assertThat(got).isCloseTo(figure, within(1e-9 * Math.abs(figure)));
        }
      }
      double upper = same.footprint().carbonKg().high();
      assertThat(line.footprint().carbonKg().high()).isCloseTo(upper, within(1e-9 * upper));
    }
  }
}
