package io.gtrace.simulation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.StudyOutcome.CountrySteps;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Spread;
import io.gtrace.simulation.study.StudyOutcome.Step;
import io.gtrace.uncertainty.Draws;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a study tells for a map: nobody and nothing is lost on the way there. */
class SpreadTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final double ROUNDING = 1e-6;
  private static final StudyOutcome WEEK = week();

  private static StudyOutcome week() {
    RateCard card =
        new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
    StudyRun.Settings settings = new StudyRun.Settings(0.0002, 7, 2, 1);
    return new StudyRun(card, World.shipped(), settings, StudyRun.Progress.SILENT)
        .run(Study.read("ghibli-2025").forDays(7));
  }

  @Test
  void theLastStepHoldsTheTotals() {
    List<Step> steps = WEEK.spread().steps();
    Step last = steps.get(steps.size() - 1);
    assertThat(last.adopters()).isEqualTo(WEEK.figures().adopters());
    assertThat(last.noticed()).isEqualTo(WEEK.figures().noticed());
    assertThat(last.outputs()).isEqualTo(WEEK.figures().outputs());
    assertThat(last.until()).isEqualTo(WEEK.study().start().plusSeconds(7L * 24 * 3_600));
  }

  @Test
  void countriesAddUpToTheWorld() {
    Spread spread = WEEK.spread();
    int last = spread.steps().size() - 1;
    double adopters =
        spread.countries().stream().mapToDouble(of -> of.adoptersSoFar().get(last)).sum();
    double outputs =
        spread.countries().stream()
            .flatMap(of -> of.outputs().stream())
            .mapToDouble(Double::doubleValue)
            .sum();
    double people = spread.countries().stream().mapToDouble(CountrySteps::people).sum();
    assertThat(adopters).isCloseTo(WEEK.figures().adopters().median(), within(ROUNDING));
    assertThat(outputs).isCloseTo(WEEK.figures().outputs().median(), within(ROUNDING));
    assertThat(people).isCloseTo(WEEK.peopleSimulated() / 0.0002, within(ROUNDING));
    assertThat(spread.countries()).hasSameSizeAs(WEEK.countries());
  }

  @Test
  void theEnergyOfOneTimesTheirNumberIsTheEnergyOfAll() {
    for (Group venue : WEEK.venues()) {
      assertThat(venue.energyPerOutputKwh().median() * venue.outputs())
          .isCloseTo(venue.footprint().median(Impact.ENERGY_KWH), within(ROUNDING));
    }
    StudyOutcome.Figures figures = WEEK.figures();
    assertThat(figures.ofOneOutput().median(Impact.CARBON_KG) * figures.outputs().median())
        .isCloseTo(figures.footprint().median(Impact.CARBON_KG), within(ROUNDING));
  }

  @Test
  void regionsAndCountriesHaveTheirPlaceAndDevicesNone() {
    assertThat(WEEK.venues())
        .allSatisfy(venue ->
            assertThat(venue.position().isPresent()).isEqualTo(venue.id().startsWith("chatgpt/")));
    assertThat(WEEK.countries()).allSatisfy(of -> assertThat(of.position()).isPresent());
  }

  @Test
  void uncertainInputsHaveNamesForPeople() {
    assertThat(WEEK.study().uncertainInputs())
        .extracting(UncertainInput::name)
        .contains("branching (adoption)", "counted share (use)", "leaning (devices, rtx-4060)");
    assertThat(WEEK.study().modality()).contains(Modality.IMAGE);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "64, 1", "65, 2", "168, 3", "1008, 24", "1537, 48", "8760, 144"})
  void aRunHasFewEnoughSteps(int hours, int stepHours) {
    assertThat(MemberSpread.stepHours(hours)).isEqualTo(stepHours);
    assertThat(MemberSpread.parts(hours, stepHours)).isLessThanOrEqualTo(64);
  }
}
