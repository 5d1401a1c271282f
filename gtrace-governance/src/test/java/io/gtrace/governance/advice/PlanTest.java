package io.gtrace.governance.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.advice.Plan.Line;
import io.gtrace.governance.advice.Plan.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir static Path folder;
  private static LedgerFixture ledger;
  private static Replay replay;
  private static Plan plan;

  @BeforeAll
  static void ingest() throws IOException {
    ledger = LedgerFixture.of(folder, LedgerFixture.mixedUsage());
    replay = ledger.replay(Organisation.silent());
    plan = Plan.of(replay, List.of(), Order.CARBON);
  }

  @Test
  void replaysTheVeryFiguresOfTheLedger() {
    Footprint asked = ledger.total().footprint();
    Footprint replayed = plan.before().footprint();
    for (Impact impact : List.of(Impact.ENERGY_KWH, Impact.CARBON_KG, Impact.WATER_L)) {
      assertThat(replayed.median(impact))
          .as(impact.name())
          .isCloseTo(asked.median(impact), within(1e-9 * asked.median(impact)));
      double[] draws = asked.draws(impact);
      assertThat(replayed.draws(impact)).containsExactly(draws, within(1e-9 * draws[0]));
    }
  }

  @Test
  void theLinesAddUpToWhatAllOfThemAvoid() {
    assertThat(plan.lines()).hasSizeGreaterThan(4);
    for (Impact impact : List.of(Impact.CARBON_KG, Impact.ENERGY_KWH, Impact.WATER_L)) {
      double before = plan.before().footprint().median(impact);
      double sum = 0;
      for (Line line : plan.lines()) {
        sum +=
            switch (impact) {
              case CARBON_KG -> line.avoided().carbonKg().median();
              case ENERGY_KWH -> line.avoided().energyKwh().median();
              default -> line.avoided().waterL().median();
            };
      }
      assertThat(sum)
          .as(impact.name())
          .isCloseTo(before - plan.after().footprint().median(impact), within(1e-9 * before));
    }
  }

  @Test
  void everyLineLowersTheTotalAndTheNextOneIsNoLarger() {
    for (Line line : plan.lines()) {
      assertThat(line.avoided().carbonKg().median()).as(line.id()).isPositive();
      assertThat(line.avoided().probability()).as(line.id()).isGreaterThan(0.5);
    }
    // The first is the one that avoids most by itself.
    Line first = plan.lines().get(0);
    assertThat(plan.lines())
        .allSatisfy(line ->
            assertThat(line.alone().carbonKg().median())
                .isLessThanOrEqualTo(first.alone().carbonKg().median()));
    double alone = plan.lines().stream().mapToDouble(l -> l.alone().carbonKg().median()).sum();
    double together = plan.lines().stream().mapToDouble(l -> l.avoided().carbonKg().median()).sum();
    assertThat(together).isLessThan(alone);
  }

  @Test
  void noPlacementBeatsTheBound() {
    Plan placed = Plan.of(replay, List.of("region-routing", "time-shifting"), Order.CARBON);
    double avoided =
        placed.lines().stream().mapToDouble(l -> l.avoided().carbonKg().median()).sum();
    assertThat(avoided).isPositive().isLessThanOrEqualTo(plan.bound().carbonKg().median());
  }

  @Test
  void actionsThatFindNothingToDoAreSaidToBeIdle() {
    assertThat(plan.idle())
        .containsEntry(
            "data-centre", "nothing to act on: the ledger has no work on devices of people")
        .containsKeys("better-pue", "smaller-model");
    assertThat(plan.idle().get("better-pue")).contains("data centres of your own", "--factors");
    assertThat(plan.idle().get("smaller-model")).contains("--assume smaller-model-share=");
    assertThatThrownBy(() -> Plan.of(replay, List.of("pray"), Order.CARBON))
        .hasMessageContaining("pray")
        .hasMessageContaining("region-routing");
  }

  @Test
  void anActionChangesNothingButTheWorkItGives() {
    Outcome before = replay.priced(replay.loads());
    new RegionRouting(true).applied(replay.loads(), replay);
    new TimeShifting(true).applied(replay.loads(), replay);
    OtherModel.cascade().applied(replay.loads(), replay);
    assertThat(replay.priced(replay.loads()).footprint().median(Impact.CARBON_KG))
        .isEqualTo(before.footprint().median(Impact.CARBON_KG));
  }
}
