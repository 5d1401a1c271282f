package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerCube;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Reproduction;
import io.gtrace.ledger.query.TooManyLinesException;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several questions about a period, answered from what was read once. */
class LedgerCubeTest {
  private static final List<GroupBy> ALL =
      List.of(GroupBy.DAY, GroupBy.TEAM, GroupBy.MODEL, GroupBy.REGION, GroupBy.MODALITY);

  @TempDir Path folder;
  private LedgerFixture ledger = new LedgerFixture(Path.of(""));

  @BeforeEach
  void fill() throws IOException {
    ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(Files.writeString(folder.resolve("a.jsonl"), LedgerFixture.calls(0, 40)));
    ledger.read(Files.writeString(folder.resolve("b.jsonl"), LedgerFixture.calls(40, 90)));
  }

  private LedgerQuery opened() {
    return LedgerQuery.open(ledger.ledger().snapshot(), Pricing.CURRENT);
  }

  @Test
  void answersAsTheLedgerDoes() {
    try (LedgerQuery query = opened()) {
      LedgerCube cube = query.cube(ALL, Period.ALL);
      for (List<GroupBy> asked :
          List.of(
              List.<GroupBy>of(),
              List.of(GroupBy.MODEL),
              List.of(GroupBy.DAY),
              List.of(GroupBy.REGION, GroupBy.DAY),
              ALL)) {
        List<QueryLine> expected = query.by(asked, Period.ALL);
        List<QueryLine> answered = cube.by(asked);
        assertThat(answered).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          requireSame(answered.get(i), expected.get(i));
        }
      }
    }
  }

  private static void requireSame(QueryLine answered, QueryLine expected) {
    assertThat(answered.keys()).isEqualTo(expected.keys());
    assertThat(answered.activities()).isEqualTo(expected.activities());
    assertThat(answered.tokens()).isEqualTo(expected.tokens());
    for (Impact impact : List.of(Impact.CARBON_KG, Impact.WATER_L)) {
      double kg = expected.footprint().median(impact);
      assertThat(answered.footprint().median(impact)).isCloseTo(kg, within(1e-12 * kg));
    }
    double high = expected.footprint().carbonKg().high();
    assertThat(answered.footprint().carbonKg().high()).isCloseTo(high, within(1e-9 * high));
  }

  @Test
  void intervalsFoundTogetherAreThoseOfEachLine() {
    try (LedgerQuery query = opened()) {
      for (List<GroupBy> asked : List.of(List.of(GroupBy.MODALITY), List.of(GroupBy.TEAM), ALL)) {
        List<QueryLine> expected = query.by(asked, Period.ALL);
        List<QueryLine> answered = query.cube(ALL, Period.ALL).by(asked);
        for (Impact impact : Impact.values()) {
          List<Optional<Quantity>> together =
              Footprint.quantities(answered.stream().map(QueryLine::footprint).toList(), impact);
          assertThat(together).hasSameSizeAs(expected);
          for (int i = 0; i < expected.size(); i++) {
            requireSame(together.get(i), expected.get(i).footprint().quantity(impact));
          }
        }
      }
    }
  }

  private static void requireSame(Optional<Quantity> answered, Optional<Quantity> expected) {
    assertThat(answered.isPresent()).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      double low = expected.get().low();
      double high = expected.get().high();
      assertThat(answered.get().low()).isCloseTo(low, within(1e-9 * low));
      assertThat(answered.get().high()).isCloseTo(high, within(1e-9 * high));
    }
  }

  @Test
  void tellsTheWorkAtEachRowOfTheCard() {
    try (LedgerQuery query = opened()) {
      List<Work> work = query.cube(ALL, Period.ALL).work();
      assertThat(work).isEqualTo(query.work(Period.ALL)).hasSize(3);
      assertThat(work.stream().mapToDouble(each -> each.volumes().get(Driver.REQUESTS)).sum())
          .isEqualTo(90);
    }
  }

  @Test
  void holdsWhatHasOneOfSeveralValuesAndNothingElse() {
    try (LedgerQuery query = opened()) {
      List<GroupBy> asked = List.of(GroupBy.DAY, GroupBy.MODEL);
      List<QueryLine> all = query.by(asked, Period.ALL);
      Set<String> models =
          all.stream().map(line -> line.keys().get(1)).skip(1).collect(Collectors.toSet());
      for (Set<String> some : Set.of(models, Set.of(all.get(0).keys().get(1)), Set.<String>of())) {
        Map<GroupBy, Set<String>> among = Map.of(GroupBy.MODEL, some);
        List<QueryLine> expected =
            all.stream().filter(line -> some.contains(line.keys().get(1))).toList();

        List<QueryLine> found =
            query.cube(asked, Period.ALL, Map.of(), among, expected.size()).by(asked);

        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
          requireSame(found.get(i), expected.get(i));
        }
        assertThat(query.countLines(asked, Period.ALL, Map.of(), among)).isEqualTo(found.size());
      }
    }
  }

  @Test
  void tellsNoMoreLinesApartThanAreWanted() {
    try (LedgerQuery query = opened()) {
      int lines = query.by(ALL, Period.ALL).size();
      assertThatThrownBy(() -> query.cube(ALL, Period.ALL, Map.of(), Map.of(), lines - 1))
          .isInstanceOf(TooManyLinesException.class)
          .hasMessageContaining(String.valueOf(lines - 1));
      assertThat(query.cube(ALL, Period.ALL, Map.of(), Map.of(), lines).by(ALL)).hasSize(lines);
    }
  }

  @Test
  void refusesWhatItDoesNotTellApart() {
    try (LedgerQuery query = opened()) {
      LedgerCube cube = query.cube(List.of(GroupBy.MODEL), Period.ALL);
      assertThatThrownBy(() -> cube.by(List.of(GroupBy.TEAM)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TEAM");
    }
  }

  @Test
  void pricesAllEventsAnewWhereTheyAreFewAndSomeHoursWhereTheyAreMany() {
    try (LedgerQuery query = opened()) {
      Reproduction all = query.reproduction(Period.ALL, 90);
      assertThat(all.hours()).isZero();
      assertThat(all.events()).isEqualTo(all.eventsOfPeriod()).isEqualTo(90);
      assertThat(all.largestDifference()).isLessThan(1e-12);

      Reproduction some = query.reproduction(Period.ALL, 45);
      assertThat(some.hours()).isEqualTo(24);
      assertThat(some.events()).isBetween(20L, 70L);
      assertThat(some.eventsOfPeriod()).isEqualTo(90);
      assertThat(some.largestDifference()).isLessThan(1e-12);
      assertThat(query.reproduction(Period.ALL, 45).events()).isEqualTo(some.events());
      assertThat(query.reproduction(Period.ALL, 1).hours()).isEqualTo(1);
    }
  }

  @Test
  void mediansAreThoseOfFootprints() {
    try (LedgerQuery query = opened()) {
      List<GroupBy> asked = List.of(GroupBy.REGION, GroupBy.HOUR);
      List<Impact> impacts =
          List.of(Impact.ENERGY_KWH, Impact.OPERATIONAL_LOCATION_BASED_KG, Impact.WATER_ON_SITE_L);
      Map<List<String>, double[]> medians = query.medians(asked, Period.ALL, impacts);
      List<QueryLine> lines = query.by(asked, Period.ALL);
      assertThat(medians).hasSameSizeAs(lines);
      for (QueryLine line : lines) {
        double[] found = medians.getOrDefault(line.keys(), new double[0]);
        for (int i = 0; i < impacts.size(); i++) {
          double expected = line.footprint().median(impacts.get(i));
          assertThat(found[i]).isCloseTo(expected, within(1e-12 * expected));
        }
      }
    }
  }

  @Test
  void pricesOnlyDaysOfThePeriodAnew() {
    Period second =
        new Period(Optional.of(Instant.parse("2026-03-02T00:00:00Z")), Optional.empty());
    try (LedgerQuery query = opened()) {
      Reproduction reproduced = query.reproduction(second, Long.MAX_VALUE);
      assertThat(reproduced.eventsOfPeriod()).isEqualTo(45);
      assertThat(reproduced.events()).isEqualTo(45);
    }
  }
}
