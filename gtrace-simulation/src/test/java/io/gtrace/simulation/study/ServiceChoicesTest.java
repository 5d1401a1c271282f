package io.gtrace.simulation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.footprint.Impact;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service may do, and what search does, set beside the same world without it. */
class ServiceChoicesTest {
  private static final World WORLD = World.shipped();

  @TempDir Path folder;

  private StudyOutcome run(String changes) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("wave.yaml"),
            """
            study: wave
            extends: ghibli-2025
            title: A wave in one country
            days: 6
            people: {countries: [US]}
            use: {counted-share: 1}
            references: []
            """
                + changes);
    return new StudyRun(
            GTrace.standard().card(),
            WORLD,
            new StudyRun.Settings(0.001, 7, 2, 1),
            StudyRun.Progress.SILENT)
        .run(Study.read(file.toString()));
  }

  private static String scenario(String set) {
    return "scenarios:\n  - id: changed\n    title: Changed\n    set: " + set + "\n";
  }

  private static double sum(StudyOutcome outcome, Function<Hour, Double> figure) {
    return outcome.series().stream().mapToDouble(figure::apply).sum();
  }

  @Test
  void searchLetsMorePeopleMeetTheWaveAndNobodySearchesWhoDoesNotNotice() throws IOException {
    StudyOutcome without = run("");
    StudyOutcome with =
        run(
            "search: {looking-up: 0.5, exposures-per-search: 0.4, fading-hours: 12, source: test}\n");

    assertThat(without.figures().searched().median()).isZero();
    double searched = with.figures().searched().median();
    assertThat(searched).isEqualTo(sum(with, hour -> hour.searched().median()));
    assertThat(searched / with.figures().noticed().median()).isCloseTo(0.5, within(0.02));
    assertThat(with.figures().noticed().median())
        .isGreaterThan(1.02 * without.figures().noticed().median());
  }

  @Test
  void aCacheSavesTheEnergyOfWhatItHasAndNoOutputIsLost() throws IOException {
    StudyOutcome outcome =
        run(scenario("{services: [{id: chatgpt, cache: {hit-share: 0.4, energy-share: 0}}]}"));

    ScenarioOutcome cached = outcome.scenarios().get(0);
    // What is found needs no machines, so that the wait is shorter and a few more are made.
    assertThat(cached.figures().outputs().median())
        .isBetween(
            0.99 * outcome.figures().outputs().median(),
            1.1 * outcome.figures().outputs().median());
    double whole = outcome.figures().footprint().median(Impact.ENERGY_KWH);
    assertThat(cached.avoidedEnergyKwh().median() / whole).isBetween(0.1, 0.42);
  }

  @Test
  void routingMovesWorkToCleanerRegionsAndNoMoreThanTheyTake() throws IOException {
    String regions =
        "regions: [{site: azure/eastus2, share: 0.5}, {site: azure/swedencentral, share: 0.5}]";
    StudyOutcome usual = run("services: [{id: chatgpt, " + regions + "}]\n");
    StudyOutcome routed =
        run("services: [{id: chatgpt, " + regions + ", routing: {most-times-usual: 1.5}}]\n");

    assertThat(shareAt(usual, "swedencentral")).isCloseTo(0.5, within(0.02));
    assertThat(shareAt(routed, "swedencentral")).isBetween(0.7, 0.751);
    assertThat(carbonOfAnOutput(routed)).isLessThan(0.9 * carbonOfAnOutput(usual));
  }

  @Test
  void whoKnowsTheGridsByTheHourRoutesBetterThanWhoKnowsTheirYears() throws IOException {
    String services =
        "services: [{id: chatgpt, regions: [{site: US-CISO, share: 0.5}, {site: DE, share: 0.5}],"
            + " fleet: null, routing: {most-times-usual: 2%s}}]\n";
    StudyOutcome byYear = run(services.formatted(", by: year"));
    StudyOutcome byHour = run(services.formatted(""));

    assertThat(outputsOfFewest(byYear)).isZero();
    assertThat(outputsOfFewest(byHour)).isPositive();
    assertThat(carbonOfAKwh(byHour)).isLessThan(carbonOfAKwh(byYear));
  }

  /** Of the regions of the service, the one that makes least. */
  private static double outputsOfFewest(StudyOutcome outcome) {
    return outcome.venues().stream()
        .filter(venue -> venue.name().contains("chatgpt"))
        .mapToDouble(Group::outputs)
        .min()
        .orElseThrow();
  }

  private static double shareAt(StudyOutcome outcome, String site) {
    double there =
        outcome.venues().stream()
            .filter(venue -> venue.name().contains(site))
            .mapToDouble(Group::outputs)
            .sum();
    double served =
        outcome.venues().stream()
            .filter(venue -> venue.name().contains("azure"))
            .mapToDouble(Group::outputs)
            .sum();
    return there / served;
  }

  private static double carbonOfAnOutput(StudyOutcome outcome) {
    return outcome.figures().ofOneOutput().median(Impact.CARBON_KG);
  }

  @Test
  void peopleWhoWaitMakeTheirOutputsInCleanerHours() throws IOException {
    // With as many machines as it takes: else those who wait for the same hours are refused.
    String regions = "regions: [{site: US-CISO, share: 1}], fleet: null";
    StudyOutcome usual = run("services: [{id: chatgpt, " + regions + "}]\n");
    StudyOutcome patient =
        run(
            "services: [{id: chatgpt, "
                + regions
                + ", queueing: {patient-share: 1, most-hours: 12}}]\n");

    assertThat(carbonOfAKwh(patient)).isLessThan(0.97 * carbonOfAKwh(usual));
  }

  private static double carbonOfAKwh(StudyOutcome outcome) {
    return outcome.figures().footprint().median(Impact.OPERATIONAL_LOCATION_BASED_KG)
        / outcome.figures().footprint().median(Impact.ENERGY_KWH);
  }
}
