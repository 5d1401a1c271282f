package io.gtrace.governance.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
          assertThat(lever.scenario().stream()).allMatch(scenarios::contains);
        });
  }

  @Test
  void shareAndTonnesAreOfTheSame() {
    double studiedKg = wave.orElseThrow().figures().counted().carbonKg().median();
    for (Guidance.Entry entry : guidance(Audience.OPERATORS).entries()) {
      entry
          .inWave()
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
    assertThat(entries.get(entries.size() - 1).inWave()).isEmpty();
    assertThat(guidance(Audience.USERS).entries())
        .noneMatch(entry -> entry.lever().id().equals("siting"));
  }

  @Test
  void aCapMakesFewerOutputsAndASmallerDefaultDoesNot() {
    Guidance guidance = guidance(Audience.OPERATORS);
    assertThat(effect(guidance, "surge-plan").outputsPercent()).isLessThan(-20);
    Guidance.Effect smaller = effect(guidance, "efficient-default");
    assertThat(smaller.outputsPercent()).isCloseTo(0, within(3.0));
    assertThat(smaller.probability()).isGreaterThan(0.99);
  }

  private static Guidance.Effect effect(Guidance guidance, String id) {
    return guidance.entries().stream()
        .filter(entry -> entry.lever().id().equals(id))
        .findFirst()
        .flatMap(Guidance.Entry::inWave)
        .orElseThrow();
  }
}
