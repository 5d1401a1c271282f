package io.gtrace.governance.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.governance.facts.ReportingPeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
  /** What quarters in a row reached; a minus is a quarter that was not assessed. */
  @ParameterizedTest
  @CsvSource({
    "'',        0, false, ",
    "3,         0, false, 3",
    "3 3,       3, false, ",
    "3 5,       3, false, 5",
    "2 4 4,     4, false, ",
    "3 3 2,     3, true,  ",
    "3 3 2 3,   3, false, ",
    "3 3 2 1,   2, true,  ",
    "3 3 1 2,   2, false, ",
    "3 3 0 0,   0, false, ",
    "3 - 3,     0, false, 3",
    "3 3 - 2,   3, true,  ",
    "3 3 2 - 2, 3, true,  ",
  })
  void twoPeriodsInARowGainAndLoseALevel(
      String reached, int level, boolean onWatch, Integer candidate) {
    List<Standing.Reached> periods = new ArrayList<>();
    ReportingPeriod period = ReportingPeriod.parse("2024-Q1");
    for (String each : reached.isEmpty() ? new String[0] : reached.split(" ")) {
      if (!each.equals("-")) {
        periods.add(new Standing.Reached(period, Integer.parseInt(each)));
      }
      period = new ReportingPeriod(period.first().plusMonths(3), 3);
    }
    assertThat(Standing.after(periods))
        .isEqualTo(new Standing(level, onWatch, Optional.ofNullable(candidate)));
  }

  @Test
  void nothingIsHeldWithoutAnyPeriod() {
    assertThat(Standing.after(List.of()).level()).isZero();
  }
}
