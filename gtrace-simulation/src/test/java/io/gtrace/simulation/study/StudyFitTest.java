package io.gtrace.simulation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.core.source64.XoRoShiRo128PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFitTest {
  @TempDir Path folder;

  private static FitOutcome fit(Study study, List<Observation> observations, int threads) {
    return fit(study, observations, List.of(), threads);
  }

  private static FitOutcome fit(
      Study study, List<Observation> observations, List<InterestSeries> series, int threads) {
    return new StudyFit(
            GTrace.standard().card(),
            World.shipped(),
            new StudyFit.Settings(1, 5, threads, 60, 6),
            StudyRun.Progress.SILENT)
        .fit(study, observations, series);
  }

  private Study epidemic(String reproductionNumber) throws IOException {
    return Study.read(
        Files.writeString(
                folder.resolve("epidemic.yaml"),
                """
                study: epidemic
                extends: sir
                title: Epidemic
                days: 8
                people: {reachable: 100000}
                adoption:
                  reproduction-number: %s
                """
                    .formatted(reproductionNumber))
            .toString());
  }

  private Observation adopters(Study study, int fromDay, int untilDay, double value, boolean held) {
    Instant start = study.start();
    return new Observation(
        Observation.Quantity.ADOPTERS,
        start.plusSeconds(fromDay * 86_400L),
        start.plusSeconds(untilDay * 86_400L),
        value,
        0.05,
        held,
        "");
  }

  @Test
  void aFitFindsTheInputsThatMadeTheCounts() throws IOException {
    Study truth = epidemic("3.1");
    FitOutcome counts =
        fit(
            epidemic("{low: 3.0999, median: 3.1, high: 3.1001}"),
            List.of(adopters(truth, 0, 2, 1000, false), adopters(truth, 0, 4, 1000, true)),
            2);
    double untilTwo = counts.predictions().get(0).figure().median();
    double untilFour = counts.predictions().get(1).figure().median();

    Study unsure = epidemic("{low: 1.5, median: 2.2, high: 4}");
    FitOutcome fitted =
        fit(
            unsure,
            List.of(
                adopters(unsure, 0, 2, untilTwo, false), adopters(unsure, 0, 4, untilFour, true)),
            2);

    FittedInput input = fitted.inputs().get(0);
    assertThat(input.pointer()).isEqualTo("/adoption/reproduction-number");
    assertThat(3.1).isBetween(input.posterior().low(), input.posterior().high());
    assertThat(input.posterior().high() - input.posterior().low())
        .isLessThan(0.8 * (input.prior().high() - input.prior().low()));
    assertThat(fitted.predictions()).allMatch(FitOutcome.Prediction::covered);
    assertThat(fitted.differentRuns()).isGreaterThan(20);
  }

  @Test
  void aFitIsTheSameForAnyNumberOfThreads() throws IOException {
    Study unsure = epidemic("{low: 1.5, median: 2.2, high: 4}");
    List<Observation> observations = List.of(adopters(unsure, 0, 5, 3_000, false));

    assertThat(fit(unsure, observations, 1).inputs())
        .isEqualTo(fit(unsure, observations, 3).inputs());
  }

  /** A series of days of what the truth was, with the scale and errors of a tracker. */
  private InterestSeries interest(Study truth, double scale, boolean lastHeldOut) {
    StudyRun.Settings settings = new StudyRun.Settings(1, 99, 1, 1);
    List<StudyOutcome.Hour> hours =
        new StudyRun(GTrace.standard().card(), World.shipped(), settings, StudyRun.Progress.SILENT)
            .run(truth)
            .series();
    ZigguratSampler.NormalizedGaussian normal =
        ZigguratSampler.NormalizedGaussian.of(new XoRoShiRo128PlusPlus(3, 4));
    List<InterestSeries.Period> days = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      double noticed =
          hours.subList(24 * day, 24 * day + 24).stream()
              .mapToDouble(hour -> hour.noticed().median())
              .sum();
      Instant from = truth.start().plus(day, ChronoUnit.DAYS);
      double level = scale * noticed * Math.exp(0.1 * normal.sample());
      boolean heldOut = lastHeldOut && day >= 4;
      days.add(new InterestSeries.Period(from, from.plus(1, ChronoUnit.DAYS), level, 0.1, heldOut));
    }
    return new InterestSeries("searches", InterestSeries.Interest.NOTICED, days);
  }

  @Test
  void theShapeOfInterestAloneTellsTheInputsWhateverItsScale() throws IOException {
    InterestSeries counted = interest(epidemic("3.1"), 1, true);
    InterestSeries index = interest(epidemic("3.1"), 1e-3, true);
    Study unsure = epidemic("{low: 1.5, median: 2.2, high: 4}");

    FitOutcome fitted = fit(unsure, List.of(), List.of(index), 2);

    FittedInput input = fitted.inputs().get(0);
    assertThat(3.1).isBetween(input.posterior().low(), input.posterior().high());
    assertThat(input.posterior().high() - input.posterior().low())
        .isLessThan(0.5 * (input.prior().high() - input.prior().low()));
    Quantity other = fit(unsure, List.of(), List.of(counted), 2).inputs().get(0).posterior();
    assertThat(input.posterior().median()).isCloseTo(other.median(), within(1e-9));
    FitOutcome.SeriesPrediction told = fitted.series().get(0);
    assertThat(told.periods(true)).isEqualTo(2);
    assertThat(told.covered(true)).isEqualTo(2);
    assertThat(told.covered(false)).isGreaterThanOrEqualTo(3);
    assertThat(told.periods().get(0).expected().median())
        .isCloseTo(index.periods().get(0).level(), within(0.5 * index.periods().get(0).level()));
  }

  @Test
  void aShapeThatIsWrongMovesTheFitElsewhere() throws IOException {
    InterestSeries slow = interest(epidemic("1.7"), 1, false);

    FittedInput input =
        fit(epidemic("{low: 1.5, median: 2.2, high: 4}"), List.of(), List.of(slow), 2)
            .inputs()
            .get(0);

    assertThat(input.posterior().high()).isLessThan(3.1);
  }

  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() throws IOException {
    Study unsure = epidemic("{low: 1.5, median: 2.2, high: 4}");
    List<Observation> counts =
        List.of(
            adopters(unsure, 0, 2, 1, false),
            adopters(unsure, 2, 3, 1, false),
            adopters(unsure, 3, 4, 1, false),
            adopters(unsure, 4, 5, 1, true));

    FitCoverage coverage =
        new StudyFit(
                GTrace.standard().card(),
                World.shipped(),
                new StudyFit.Settings(0.5, 5, 2, 40, 8),
                StudyRun.Progress.SILENT)
            .coverage(unsure, counts, List.of(), 30);

    // Of 30 fits with intervals of 90 %, fewer than 22 would be found once in 300 times.
    assertThat(coverage.inputs().get(0).covered()).isBetween(22, 30);
    assertThat(coverage.inputs().get(0).narrowedTo()).isBetween(0.02, 0.8);
    assertThat(coverage.heldOut()).isEqualTo(30);
    assertThat(coverage.heldOutCovered()).isBetween(22, 30);
  }

  @Test
  void observationsAreReadWithTheirErrorsAndFaultsAreToldWithLineAndField() throws IOException {
    Path good =
        Files.writeString(
            folder.resolve("good.csv"),
            """
            quantity,from,until,value,low,high,held_out
            outputs,2025-03-27,2025-04-03T16:00Z,700,600,800,yes
            adopters,2025-03-27,2025-04-03,130,,,
            """);

    List<Observation> read = Observations.read(good);

    assertThat(read.get(0).heldOut()).isTrue();
    assertThat(read.get(0).logSd()).isBetween(0.08, 0.1);
    assertThat(read.get(1).logSd()).isEqualTo(0.18);
    assertThat(Observations.shippedWith("ghibli-2025")).hasSizeGreaterThan(3);
    fault("quantity,from,until,value\nlikes,2025-03-27,2025-04-03,1\n", "line 2, quantity");
    fault("quantity,from,until,value\noutputs,27.3.2025,2025-04-03,1\n", "line 2, from");
    fault("quantity,from,until,value\noutputs,2025-03-27,2025-04-03,many\n", "line 2, value");
    fault("quantity,from,until,value\noutputs,2025-04-03,2025-03-27,5\n", "line 2");
    fault("quantity,from,until,value\n", "has no observations");
  }

  private void fault(String csv, String words) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), csv);
    assertThatThrownBy(() -> Observations.read(file))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining(words);
  }
}
