package io.gtrace.simulation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.LocalChoice.InCountry;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakEvenTest {
  @TempDir Path folder;

  private StudyOutcome run(int runs) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("home.yaml"),
            """
            study: home
            extends: decentralised
            title: At home
            days: 6
            people: {countries: [FR, US, IN, SE]}
            services:
              - id: chatgpt
                regions: [{site: FR, share: 1}]
            scenarios:
              - id: half
                title: Half of the people
                moves: {to: phones, share: 0.5}
                set:
                  devices:
                    - {device: snapdragon-8-gen-3, class: phone, model: sdxl-turbo, ownership: 0.5, leaning: 50}
              - id: french
                title: All French
                set:
                  devices:
                    - {device: snapdragon-8-gen-3, class: phone, model: sdxl-turbo, ownership: 1, leaning: 50, countries: [FR]}
            """);
    StudyRun.Settings settings = new StudyRun.Settings(0.0002, 7, 2, runs);
    return new StudyRun(
            GTrace.standard().card(), World.shipped(), settings, StudyRun.Progress.SILENT)
        .run(Study.read(file.toString()));
  }

  private static LocalChoice choice(StudyOutcome outcome, String device, boolean sameModel) {
    return outcome.localChoices().stream()
        .filter(each -> each.device().equals(device) && each.sameModel() == sameModel)
        .findFirst()
        .orElseThrow();
  }

  private static InCountry in(LocalChoice choice, String country) {
    return choice.countries().stream()
        .filter(each -> each.id().equals(country))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLawHoldsWhereDeviceEnergyTimesTheUsersGridIsLessThanPueTimesThatOfTheDataCentre()
      throws IOException {
    StudyOutcome outcome = run(1);

    assertThat(outcome.localChoices()).hasSize(6);
    for (LocalChoice choice : outcome.localChoices()) {
      assertThat(choice.standbyShare()).isBetween(0.001, 0.5);
      for (InCountry country : choice.countries()) {
        boolean holds =
            choice.energyRatio().median() * country.gridKgPerKwh().median()
                < choice.serviceKgPerKwh().median();
        assertThat(country.lawHolds() > 0.5).as("%s in %s", choice, country).isEqualTo(holds);
      }
    }
  }

  @Test
  void errorsOfAGridThatBothDrawFromCancel() throws IOException {
    LocalChoice choice = choice(run(1), "rtx-4060", true);

    // Both draw from the French grid, so only k and the PUE decide.
    double ratio = in(choice, "FR").gridKgPerKwh().median() / choice.serviceKgPerKwh().median();
    assertThat(ratio).isBetween(0.5, 1.0);
    assertThat(in(choice, "FR").lawHolds()).isLessThan(0.02);
    assertThat(in(choice, "IN").lawHolds()).isLessThanOrEqualTo(in(choice, "FR").lawHolds());
  }

  @Test
  void whatIsAvoidedIsTheDifferenceOfOneTimesTheOutputs() throws IOException {
    for (int runs : new int[] {1, 5}) {
      LocalChoice choice = choice(run(runs), "snapdragon-8-gen-3", false);
      InCountry country = in(choice, "IN");
      double each = choice.serviceKg().median() - country.localKg().median();

      if (runs == 1) {
        assertThat(country.avoidedKgIfMoved().median())
            .isCloseTo(each * country.outputs(), within(Math.abs(each) * country.outputs() * 1e-9));
      }
      assertThat(country.avoidedKgIfMoved().low()).isLessThan(country.avoidedKgIfMoved().high());
    }
  }

  @Test
  void scenariosMoveAsManyOutputsAsTheySay() throws IOException {
    StudyOutcome outcome = run(1);
    ScenarioOutcome half = outcome.scenarios().get(0);
    ScenarioOutcome french = outcome.scenarios().get(1);

    assertThat(outcome.localShare().median()).isZero();
    // No cap holds at home, so that half of the people make more than half.
    assertThat(half.localShare().median()).isBetween(0.5, 0.9);
    assertThat(half.moves()).contains(new Study.Move("phones", 0.5));
    assertThat(french.localShare().median()).isBetween(0.01, half.localShare().median() - 0.1);
    double parts = half.avoidedByCostKg().median() + half.avoidedByNumberKg().median();
    assertThat(parts)
        .isCloseTo(half.avoidedCarbonKg().median(), within(Math.abs(parts) * 1e-9 + 1e-6));
    assertThat(half.avoidedByNumberKg().median()).isNegative();
  }
}
