package io.gtrace.ledger.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.footprint.Quantity;
import io.gtrace.uncertainty.Draws;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrendEstimateTest {
  private static final Draws DRAWS = new Draws(512, 7);

  private static TrendEstimate estimate(List<Signal> signals, List<Anchor> anchors) {
    return TrendEstimate.of(signals, anchors, EstimateOptions.ALL, DRAWS);
  }

  private static boolean holds(Quantity interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  /** Of 80 trends an interval that holds nine of ten fails these bounds once in thousands. */
  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    int trends = 80;
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
    assertThat((double) totals / trends).isBetween(0.78, 0.99);
    assertThat((double) days / allDays).isBetween(0.83, 0.97);
  }

  @Test
  void theErrorOfTheScaleDoesNotAverageOut() {
    SyntheticTrend truth = new SyntheticTrend(3, 40, 0.1);
    Anchor anchor = truth.anchor(10, 17, 0.3);
    Quantity total = estimate(List.of(truth.index("search", 0.05, 0.05)), List.of(anchor)).total();
    assertThat(Math.log(total.high() / total.low()) / (2 * 1.645)).isGreaterThan(0.27);
  }

  @Test
  void theSameInputGivesTheSameDraws() {
    SyntheticTrend truth = new SyntheticTrend(5, 20, 0.1);
    List<Signal> signals = List.of(truth.index("search", 0.1, 0.1));
    List<Anchor> anchors = List.of(truth.anchor(5, 9, 0.1));
    assertThat(estimate(signals, anchors).totalDraws())
        .containsExactly(estimate(signals, anchors).totalDraws());
  }

  @Test
  void aSecondSignalNarrowsTheInterval() {
    SyntheticTrend truth = new SyntheticTrend(8, 40, 0.15);
    Signal search = truth.index("search", 0.2, 0.2);
    List<Anchor> anchors = List.of(truth.anchor(10, 17, 0.05));
    double one = width(estimate(List.of(search), anchors).volume(30));
    double three =
        width(
            estimate(
                    List.of(
                        search,
                        truth.counts("posts", 1e-2, 0.1, 0.1),
                        truth.counts("views", 1e-2, 0.1, 0.1)),
                    anchors)
                .volume(30));
    assertThat(three).isLessThan(0.8 * one);
  }

  private static double width(Quantity quantity) {
    return Math.log(quantity.high() / quantity.low());
  }

  private static Signal counts(Granularity granularity, Observation... periods) {
    return new Signal("posts", SignalKind.COUNT, granularity, "made", List.of(periods));
  }

  private static Observation count(int from, int until, double count) {
    return new Observation(
        SyntheticTrend.day(from), SyntheticTrend.day(until), Reading.exactly(count), false);
  }

  @Test
  void aCountThatIsTheVolumeIsGivenBackAndItsGapIsInterpolatedWithLessCertainty() {
    TrendEstimate estimate =
        estimate(
            List.of(
                counts(
                    Granularity.DAY,
                    count(0, 1, 100),
                    count(1, 2, 200),
                    count(4, 5, 400),
                    count(5, 6, 500))),
            List.of());
    assertThat(estimate.isAbsolute()).isTrue();
    assertThat(estimate.unit()).isEqualTo("posts");
    assertThat(estimate.volume(1).median()).isCloseTo(200, within(1.0));
    assertThat(estimate.volume(2).median()).isBetween(180.0, 400.0);
    assertThat(width(estimate.volume(2))).isGreaterThan(20 * width(estimate.volume(1)));
    assertThat(estimate.coverage())
        .containsExactly(
            Coverage.OBSERVED,
            Coverage.OBSERVED,
            Coverage.INTERPOLATED,
            Coverage.INTERPOLATED,
            Coverage.OBSERVED,
            Coverage.OBSERVED);
  }

  @Test
  void zeroIsLowAndMissingIsUnknown() {
    Signal withZero = counts(Granularity.DAY, count(0, 1, 500), count(1, 2, 0), count(2, 3, 500));
    Signal withGap = counts(Granularity.DAY, count(0, 1, 500), count(2, 3, 500));
    assertThat(estimate(List.of(withZero), List.of()).volume(1).median()).isLessThan(20);
    assertThat(estimate(List.of(withGap), List.of()).volume(1).median()).isBetween(250.0, 1_000.0);
  }

  @Test
  void weeksAreSpreadOverTheirDaysAndKeepTheirSum() {
    TrendEstimate estimate =
        estimate(
            List.of(
                counts(
                    Granularity.WEEK, count(0, 7, 700), count(7, 14, 7_000), count(14, 21, 700))),
            List.of());
    assertThat(estimate.coverage()).containsOnly(Coverage.SPREAD);
    double[] week = estimate.sum(7, 14);
    assertThat(Quantiles.quantity(week).median()).isCloseTo(7_000, within(140.0));
    assertThat(estimate.volume(10).median()).isGreaterThan(estimate.volume(7).median());
  }

  @Test
  void overlappingSeriesOfOtherScalesAreReconciled() {
    List<Observation> early = new ArrayList<>();
    List<Observation> late = new ArrayList<>();
    for (int d = 0; d < 30; d++) {
      double value = 40 + 40 * Math.sin(d / 5.0);
      if (d < 18) {
        early.add(
            new Observation(
                SyntheticTrend.day(d),
                SyntheticTrend.day(d + 1),
                Reading.rounded(Math.rint(value)),
                false));
      }
      if (d >= 12) {
        late.add(
            new Observation(
                SyntheticTrend.day(d),
                SyntheticTrend.day(d + 1),
                Reading.rounded(Math.rint(0.5 * value)),
                false));
      }
    }
    Signal first = new Signal("search", SignalKind.INDEX, Granularity.DAY, "a.csv", early);
    Signal second = new Signal("search", SignalKind.INDEX, Granularity.DAY, "b.csv", late);
    TrendEstimate estimate = estimate(List.of(first, second), List.of());
    assertThat(estimate.isAbsolute()).isFalse();
    double expected = 40 + 40 * Math.sin(28 / 5.0);
    double found = estimate.volume(28).median();
    assertThat(Math.abs(Math.log(found / expected))).isLessThan(0.35);
    assertThat(estimate(List.of(first, first), List.of()).notes())
        .anyMatch(note -> note.contains("used once"));
  }

  @Test
  void anchorsThatDisagreeAreSaidToAndLessBelieved() {
    SyntheticTrend truth = new SyntheticTrend(9, 30, 0.05);
    Signal search = truth.index("search", 0.02, 0.02);
    Anchor right = truth.anchor(8, 12, 0.02);
    Anchor wrong =
        Anchor.of(
            SyntheticTrend.day(8),
            SyntheticTrend.day(12),
            new StatedFigure(3 * truth.sum(8, 12), 2.9 * truth.sum(8, 12), 3.1 * truth.sum(8, 12)),
            "images",
            "made");
    TrendEstimate estimate = estimate(List.of(search), List.of(right, wrong));
    assertThat(estimate.notes()).anyMatch(note -> note.contains("disagree"));
    assertThat(estimate.total().high() / estimate.total().low()).isGreaterThan(1.8);
  }

  @Test
  void daysOfOtherClocksLieAcrossTwoDaysOfUtc() {
    String csv = "date,visits\n2025-03-20,2400\n2025-03-21,2400\n2025-03-22,2400\n";
    Signal seoul =
        TrendReader.read(
                "visits.csv",
                csv,
                new ReadingOptions(
                    ZoneId.of("Asia/Seoul"),
                    Optional.empty(),
                    false,
                    Instant.parse("2026-01-01T00:00:00Z")))
            .signals()
            .get(0);
    assertThat(seoul.observations().get(0).from()).isEqualTo("2025-03-19T15:00:00Z");
    TrendEstimate estimate = estimate(List.of(seoul), List.of());
    assertThat(estimate.grid().start()).isEqualTo("2025-03-20T00:00:00Z");
    assertThat(estimate.volume(1).median()).isCloseTo(2_400, within(100.0));
  }

  @Test
  void riseAndFallOfAnExponentialAreFound() {
    List<Observation> periods = new ArrayList<>();
    for (int d = 0; d < 21; d++) {
      double value = d <= 8 ? 1000 * Math.pow(2, d) : 256_000 * Math.pow(0.5, (d - 8) / 4.0);
      periods.add(count(d, d + 1, Math.rint(value)));
    }
    TrendFindings findings =
        estimate(
                List.of(new Signal("posts", SignalKind.COUNT, Granularity.DAY, "made", periods)),
                List.of())
            .findings();
    assertThat(findings.peak().at()).isEqualTo(SyntheticTrend.day(8));
    assertThat(findings.peak().probability()).isGreaterThan(0.99);
    assertThat(findings.growth().orElseThrow().days().median()).isCloseTo(1, within(0.05));
    assertThat(findings.decay().orElseThrow().days().median()).isCloseTo(4, within(0.2));
  }

  private static TrendEstimate over(Baseline baseline, List<Signal> signals) {
    return TrendEstimate.of(
        signals,
        List.of(),
        new EstimateOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(baseline)),
        DRAWS);
  }

  private static Baseline days(int from, int until) {
    return new Baseline(SyntheticTrend.day(from), SyntheticTrend.day(until));
  }

  /** An article that is read 1,000 times a day, give or take 50, and a wave of 9,000 more. */
  private static Signal everydayAndWave() {
    List<Observation> periods = new ArrayList<>();
    int[] strays = {40, -50, 10, 0, -30, 50, -20, 25, -45, 20};
    for (int d = 0; d < 10; d++) {
      periods.add(count(d, d + 1, 1_000 + strays[d]));
    }
    double[] wave = {500, 2_000, 4_000, 2_000, 500};
    for (int d = 0; d < wave.length; d++) {
      periods.add(count(10 + d, 11 + d, 1_000 + wave[d]));
    }
    return new Signal("views", SignalKind.COUNT, Granularity.DAY, "made", periods);
  }

  @Test
  void theLevelOfABaselineIsTakenOff() {
    TrendEstimate estimate = over(days(0, 10), List.of(everydayAndWave()));
    assertThat(estimate.grid().start()).isEqualTo(SyntheticTrend.day(10));
    assertThat(estimate.grid().cells()).isEqualTo(5);
    assertThat(estimate.total().median()).isCloseTo(9_000, within(150.0));
    assertThat(holds(estimate.total(), 9_000)).isTrue();
    assertThat(width(estimate.volume(0))).isGreaterThan(3 * width(estimate.volume(2)));
    assertThat(estimate.notes()).anyMatch(note -> note.contains("1000 by day, is taken off"));
  }

  @Test
  void whatDoesNotRiseOverTheLevelIsNearlyNothingAndNeverLessThanNothing() {
    Signal signal =
        counts(
            Granularity.DAY,
            count(0, 1, 90),
            count(1, 2, 110),
            count(2, 3, 60),
            count(3, 4, 1_100),
            count(4, 5, 0));
    TrendEstimate estimate = over(days(0, 2), List.of(signal));
    assertThat(estimate.volume(0).median()).isBetween(0.0, 60.0);
    assertThat(estimate.volume(1).median()).isCloseTo(1_000, within(40.0));
    assertThat(estimate.volume(2).low()).isNotNegative();
  }

  @Test
  void aSignalWithoutAPeriodInTheBaselineIsLeftAsItIs() {
    TrendEstimate estimate = over(days(-10, 0), List.of(everydayAndWave()));
    assertThat(estimate.grid().cells()).isEqualTo(15);
    assertThat(estimate.notes()).anyMatch(note -> note.contains("nothing is taken off"));
    assertThatThrownBy(() -> days(3, 3)).hasMessageContaining("end after it begins");
  }

  @Test
  void aWeekIsRelievedOfSevenDays() {
    Signal signal =
        new Signal(
            "views",
            SignalKind.COUNT,
            Granularity.WEEK,
            "made",
            List.of(count(0, 7, 700), count(7, 14, 700), count(14, 21, 2_800)));
    assertThat(over(days(0, 14), List.of(signal)).total().median()).isCloseTo(2_100, within(10.0));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    SyntheticTrend truth = new SyntheticTrend(1, 20, 0.1);
    Signal search = truth.index("search", 0.1, 0.1);
    Anchor users =
        Anchor.of(
            SyntheticTrend.day(3),
            SyntheticTrend.day(4),
            new StatedFigure(10, 9, 11),
            "users",
            "made");
    assertThatThrownBy(() -> estimate(List.of(search), List.of(truth.anchor(5, 6, 0.1), users)))
        .hasMessageContaining("images, users");
    Anchor elsewhere =
        Anchor.of(
            SyntheticTrend.day(200),
            SyntheticTrend.day(201),
            new StatedFigure(10, 9, 11),
            "users",
            "made");
    assertThatThrownBy(() -> estimate(List.of(search), List.of(elsewhere)))
        .hasMessageContaining("outside of the signals");
    assertThatThrownBy(() ->
            TrendEstimate.of(
                List.of(search),
                List.of(),
                new EstimateOptions(
                    Optional.of(SyntheticTrend.START.plus(900, ChronoUnit.DAYS)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                DRAWS))
        .hasMessageContaining("no signal");
  }
}
