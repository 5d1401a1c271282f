package io.gtrace.simulation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {
  private static final World WORLD = World.shipped();

  @TempDir Path folder;

  private static StudyOutcome run(Study study, double scale, int threads, int runs) {
    return new StudyRun(
            GTrace.standard().card(),
            WORLD,
            new StudyRun.Settings(scale, 7, threads, runs),
            StudyRun.Progress.SILENT)
        .run(study);
  }

  @Test
  void theImageWaveReachesThePublishedCountsOnItsSeventhDay() {
    StudyOutcome outcome = run(Study.read("ghibli-2025").forDays(7), 0.0005, 2, 1);

    // Lightcap, 3 April 2025: over 130 million users, over 700 million images; Altman, 31 March: a
    // million users added in an hour.
    assertThat(outcome.figures().adopters().median()).isBetween(110e6, 150e6);
    assertThat(outcome.figures().outputs().median()).isBetween(560e6, 840e6);
    double most =
        outcome.series().stream().mapToDouble(hour -> hour.newUsers().median()).max().orElse(0);
    assertThat(most).isBetween(0.7e6, 2e6);
  }

  @Test
  void theSameSeedGivesTheSameFiguresForAnyNumberOfThreads() {
    Study study = Study.read("ghibli-2025").forDays(4.5);

    StudyOutcome one = run(study, 0.0002, 1, 1);
    StudyOutcome many = run(study, 0.0002, 4, 1);

    assertThat(many.figures().footprint().draws(Impact.CARBON_KG))
        .containsExactly(one.figures().footprint().draws(Impact.CARBON_KG));
    assertThat(many.series()).isEqualTo(one.series());
    assertThat(run(study, 0.0002, 4, 3).series()).isEqualTo(run(study, 0.0002, 1, 3).series());
  }

  @Test
  void partsAddUpToTheWhole() {
    StudyOutcome outcome = run(Study.read("ghibli-2025").forDays(6), 0.0002, 2, 1);

    double whole = outcome.figures().footprint().median(Impact.ENERGY_KWH);
    double idle = outcome.idle().median(Impact.ENERGY_KWH);
    assertThat(idle).isPositive();
    assertThat(sum(outcome.countries()) + idle).isCloseTo(whole, within(whole * 1e-9));
    assertThat(sum(outcome.venues())).isCloseTo(whole, within(whole * 1e-9));
    assertThat(outcome.series().stream().mapToDouble(hour -> hour.energyKwh().median()).sum())
        .isCloseTo(whole, within(whole * 1e-9));
    double carbonKg = outcome.figures().footprint().median(Impact.CARBON_KG);
    assertThat(outcome.series().stream().mapToDouble(hour -> hour.carbonKg().median()).sum())
        .isCloseTo(carbonKg, within(carbonKg * 1e-9));
    assertThat(outcome.venues().stream().mapToDouble(Group::outputs).sum())
        .isCloseTo(outcome.figures().outputs().median(), within(1.0));
  }

  @Test
  void aFleetWithNothingToDoTakesWhatItsIdleMachinesAndTheirFacilityTake() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("quiet.yaml"),
            """
            study: quiet
            extends: ghibli-2025
            title: Nobody hears of it
            days: 2
            people: {countries: [FR]}
            media: []
            services:
              - id: chatgpt
                regions: [{site: FR, share: 1}]
                fleet: {least-outputs-per-hour: 1000000}
            """);

    StudyOutcome outcome = run(Study.read(file.toString()), 0.0005, 1, 1);

    // At its largest batches a replica of H100s takes a little more energy than its machines do
    // idle; an idle hour of room for a million images is worth a share of a million images.
    double idle = outcome.idle().median(Impact.ENERGY_KWH);
    assertThat(outcome.figures().outputs().median()).isZero();
    assertThat(outcome.figures().footprint().median(Impact.ENERGY_KWH)).isEqualTo(idle);
    assertThat(outcome.idle().median(Impact.EMBODIED_KG)).isZero();
    assertThat(outcome.idle().median(Impact.WATER_L)).isPositive();
    List<Double> hourly =
        outcome.series().stream().map(hour -> hour.energyKwh().median()).distinct().toList();
    assertThat(hourly).hasSize(1);
    assertThat(hourly.get(0) * 48).isCloseTo(idle, within(idle * 1e-9));
    assertThat(idle / 48 / 1e6).isBetween(1e-6, 1e-2);
  }

  private static double sum(List<Group> groups) {
    return groups.stream().mapToDouble(of -> of.footprint().median(Impact.ENERGY_KWH)).sum();
  }

  @Test
  void figuresAreThoseOfTheFullSizeWhateverTheScale() {
    Study study = Study.read("ghibli-2025").forDays(5);

    double small = run(study, 0.0003, 2, 1).figures().adopters().median();
    double large = run(study, 0.002, 2, 1).figures().adopters().median();

    assertThat(small / large).isCloseTo(1, within(0.08));
  }

  @Test
  void anEnsembleKnowsMoreThatIsUncertainThanASingleRun() {
    Study study = Study.read("ghibli-2025").forDays(7);

    StudyOutcome single = run(study, 0.0001, 2, 1);
    StudyOutcome many = run(study, 0.0001, 2, 40);

    Quantity adopters = many.figures().adopters();
    assertThat(single.figures().adopters().low()).isEqualTo(single.figures().adopters().high());
    assertThat(adopters.high() / adopters.low()).isGreaterThan(1.3);
    assertThat(adopters.low()).isLessThan(single.figures().adopters().median());
    assertThat(adopters.high()).isGreaterThan(single.figures().adopters().median());
    assertThat(many.inputs()).hasSizeGreaterThan(8);
    // Energy of an output and the share that counts tell most; both come before any other input.
    StudyOutcome.Input counted =
        many.inputs().stream()
            .limit(2)
            .filter(input -> input.pointer().equals("/use/counted-share"))
            .findFirst()
            .orElseThrow();
    assertThat(counted.carbonKgIfHigh()).isGreaterThan(counted.carbonKgIfLow());
    Hour last = many.series().get(many.series().size() - 1);
    assertThat(last.energyKwh().low()).isLessThan(last.energyKwh().high());
  }

  @Test
  void policiesAreValuedInTheSameWorldSoTheirEffectIsSureWhereTheTotalIsNot() {
    StudyOutcome outcome = run(Study.read("policies").forDays(7), 0.0002, 2, 1);

    ScenarioOutcome cap = scenario(outcome, "cap-1");
    ScenarioOutcome clean = scenario(outcome, "clean-regions");
    Quantity total = outcome.figures().counted().carbonKg();
    assertThat(cap.avoidedCarbonKg().low()).isPositive();
    assertThat(clean.avoidedCarbonKg().low()).isPositive();
    assertThat(clean.figures().outputs().median())
        .isCloseTo(outcome.figures().outputs().median(), within(0.02 * 7e8));
    // Each draw avoids about the same share, so the share is known far better than the total.
    double widthOfShare =
        (cap.avoidedCarbonKg().high() / total.high()) / (cap.avoidedCarbonKg().low() / total.low());
    assertThat(widthOfShare).isBetween(0.5, 2.0);
  }

  private static ScenarioOutcome scenario(StudyOutcome outcome, String id) {
    return outcome.scenarios().stream().filter(of -> of.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aVideoCostsFarMoreThanAnImageAndAnImageMoreThanAText() {
    StudyOutcome outcome = run(Study.read("text-image-video").forDays(5), 0.0002, 2, 1);

    double image = outcome.figures().counted().median(Impact.ENERGY_KWH);
    double text = scenario(outcome, "text").figures().counted().median(Impact.ENERGY_KWH);
    double video = scenario(outcome, "video").figures().counted().median(Impact.ENERGY_KWH);
    assertThat(image).isGreaterThan(text);
    assertThat(video).isGreaterThan(10 * image);
  }

  @Test
  void aRunThatIsStoppedTellsOfTheHoursThatAreDone() {
    StudyOutcome outcome =
        new StudyRun(
                GTrace.standard().card(),
                WORLD,
                new StudyRun.Settings(0.0001, 7, 2, 1),
                share -> share < 0.5)
            .run(Study.read("ghibli-2025").forDays(6));

    assertThat(outcome.hours()).isEqualTo(72);
    assertThat(outcome.series()).hasSize(72);
  }

  private static StudyOutcome stoppedAt(Study study, double share, int runs, List<Double> heard) {
    return new StudyRun(
            GTrace.standard().card(),
            WORLD,
            new StudyRun.Settings(0.0001, 7, 2, runs),
            now -> {
              heard.add(now);
              return now < share;
            })
        .run(study);
  }

  @Test
  void scenariosThatWereDoneBeforeTheStopAreToldAndNoFurtherOnesAreBegun() {
    List<Double> heard = new CopyOnWriteArrayList<>();

    StudyOutcome stopped = stoppedAt(Study.read("policies").forDays(3), 2.5 / 11, 1, heard);

    assertThat(stopped.hours()).isEqualTo(72);
    assertThat(stopped.scenarios()).extracting(ScenarioOutcome::id).containsExactly("cap-1");
    assertThat(stopped.isWhole()).isFalse();
    // The base and one scenario, and half of another: nothing was asked after that.
    assertThat(heard).hasSize(72 + 72 + 36);
    assertThat(run(Study.read("policies").forDays(3), 0.0001, 2, 1).scenarios().get(0))
        .usingRecursiveComparison()
        .comparingOnlyFields("avoidedCarbonKg", "avoidedWaterL")
        .isEqualTo(stopped.scenarios().get(0));
  }

  @Test
  void anEnsembleThatIsStoppedTellsOfTheRunsThatAreDone() {
    Study study = Study.read("ghibli-2025").forDays(5);
    List<Double> heard = new CopyOnWriteArrayList<>();

    StudyOutcome stopped = stoppedAt(study, 0.5, 12, heard);

    assertThat(stopped.runs()).isBetween(5, 7);
    assertThat(stopped.hours()).isEqualTo(120);
    assertThat(stopped.isWhole()).isFalse();
    assertThat(stopped.inputs()).isNotEmpty();
    assertThat(stopped.figures().counted().draws(Impact.CARBON_KG)).hasSize(stopped.runs());
    assertThatThrownBy(() -> stoppedAt(study, 0, 12, heard))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("stopped before two of the 12 runs");
  }
}
