package io.gtrace.governance.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Levers on the shipped study of policies, run small. */
class GuidanceTest {
  private static Optional<StudyOutcome> wave = Optional.empty();

  @BeforeAll
  static void runWave() {
    Study study = Study.read("policies").forDays(7);
    wave =
        Optional.of(
            new StudyRun(
                    GTrace.standard().card(),
                    World.shipped(),
                    new StudyRun.Settings(0.0002, 1, 1, 1),
                    StudyRun.Progress.SILENT)
                .run(study));
  }

  private static Guidance guidance(Audience audience) {
    return Guidance.of(audience, Lever.shipped(), wave.orElseThrow(), Optional.empty());
  }

  @Test
  void eachLeverNamesAnIndicatorAndAScenarioThatAreThere() {
    Set<String> scenarios =
        wave.orElseThrow().scenarios().stream()
            .map(StudyOutcome.ScenarioOutcome::id)
            .collect(Collectors.toSet());
    assertThat(Lever.shipped())
        .allSatisfy(lever -> {
          assertThat(Pyramid.shipped().indicator(lever.indicator())).isPresent();
          assertThat(lever.scenario().or(lever::informs)).isPresent();
          assertThat(
                  Stream.of(lever.scenario(), lever.beside(), lever.informs())
                      .flatMap(Optional::stream))
              .allMatch(scenarios::contains);
        });
  }

  @Test
  void shareAndTonnesAreOfTheSame() {
    double studiedKg = wave.orElseThrow().figures().counted().carbonKg().median();
    for (Guidance.Entry entry : guidance(Audience.OPERATORS).entries()) {
      entry
          .inWave()
          .filter(effect -> effect.beside().isEmpty())
          .ifPresent(effect ->
              assertThat(effect.shareOfWavePercent().value() / 100 * studiedKg)
                  .isCloseTo(
                      effect.avoidedCarbonKg().value(),
                      within(0.02 * Math.abs(effect.avoidedCarbonKg().value()) + 1)));
    }
  }

  @Test
  void eachAudienceIsToldItsLeversTheMostAvoidingFirst() {
    List<Guidance.Entry> entries = guidance(Audience.REGULATORS).entries();
    assertThat(entries).allMatch(entry -> entry.lever().audiences().contains(Audience.REGULATORS));
    assertThat(entries.get(0).inWave()).isPresent();
    assertThat(entries)
        .allMatch(entry -> entry.inWave().isPresent() || entry.insight().isPresent());
    assertThat(guidance(Audience.USERS).entries())
        .noneMatch(entry -> entry.lever().id().equals("siting"));
  }

  @Test
  void aCapMakesFewerOutputsAndASmallerDefaultDoesNot() {
    Guidance guidance = guidance(Audience.OPERATORS);
    assertThat(effect(guidance, "surge-plan").outputsPercent()).isLessThan(-20);
    Effect smaller = effect(guidance, "efficient-default");
    assertThat(smaller.outputsPercent()).isCloseTo(0, within(3.0));
    assertThat(smaller.probability()).isGreaterThan(0.99);
  }

  @Test
  void anEffectOnTheWaveIsSplitAsTheStudySplitsIt() {
    Effect cap = effect(guidance(Audience.OPERATORS), "surge-plan");
    StudyOutcome.ScenarioOutcome scenario =
        Effect.scenario(wave.orElseThrow(), "cap-1").orElseThrow();
    assertThat(cap.avoidedCarbonKg().value())
        .isCloseTo(scenario.avoidedCarbonKg().median(), withinPercentage(1e-6));
    assertThat(cap.byFewerOutputsKg().value())
        .isCloseTo(scenario.avoidedByNumberKg().median(), withinPercentage(1e-6));
    assertThat(cap.byFewerOutputsKg().high())
        .isCloseTo(scenario.avoidedByNumberKg().high(), withinPercentage(1));
    assertThat(cap.forgoneOutputsPerTonne().orElseThrow()).isPositive();
  }

  @Test
  void hoursThatAreDisclosedAreHeldAgainstRoutingByTheYear() {
    StudyOutcome of = wave.orElseThrow();
    Effect hours = effect(guidance(Audience.REGULATORS), "hourly-disclosure");
    double byHourKg =
        Effect.scenario(of, "route").orElseThrow().figures().counted().carbonKg().median();
    double byYearKg =
        Effect.scenario(of, "route-by-year").orElseThrow().figures().counted().carbonKg().median();
    assertThat(hours.avoidedCarbonKg().value())
        .isCloseTo(byYearKg - byHourKg, within(1e-6 * byYearKg));
    assertThat(hours.beside()).isPresent();
    // Five grids of which the order hardly changes over the day.
    assertThat(hours.shareOfWavePercent().high()).isLessThan(1);
  }

  @Test
  void halfTheMachinesEmitLessByRefusingMore() {
    Effect cap = effect(guidance(Audience.REGULATORS), "absolute-cap");
    assertThat(cap.avoidedCarbonKg().value()).isPositive();
    assertThat(cap.probability()).isGreaterThan(0.5);
    assertThat(cap.refusedOutputs()).isPositive();
    assertThat(cap.byFewerOutputsKg().value()).isPositive();
  }

  @Test
  void telemetryNarrowsTheWaveAndKeepsPeopleFromChoosingBlindly() {
    Insight telemetry =
        guidance(Audience.REGULATORS).entries().stream()
            .filter(entry -> entry.lever().id().equals("telemetry"))
            .findFirst()
            .flatMap(Guidance.Entry::insight)
            .orElseThrow();
    assertThat(telemetry.widthLostPercent()).isBetween(20.0, 99.0);
    assertThat(telemetry.carbonIfKnownKg().width())
        .isCloseTo(
            telemetry.carbonKg().width() * (1 - telemetry.widthLostPercent() / 100),
            withinPercentage(1e-6));
    assertThat(telemetry.worthKg().low()).isNotNegative();
    assertThat(telemetry.worthKg().value() > 0).isEqualTo(telemetry.probabilityAgainst() > 0);
  }

  private static Effect effect(Guidance guidance, String id) {
    return guidance.entries().stream()
        .filter(entry -> entry.lever().id().equals(id))
        .findFirst()
        .flatMap(Guidance.Entry::inWave)
        .orElseThrow();
  }
}
