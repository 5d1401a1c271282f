package io.gtrace.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Model;
import io.gtrace.factor.Precision;
import io.gtrace.uncertainty.Draws;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody tells of a closed model is drawn; what somebody tells is taken as it is. */
class ClosedModelTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final Draws DRAWS = Draws.standard(CATALOGUE.correlations());

  private static Model model(String name) {
    return CATALOGUE.model(name, Modality.TEXT, Fallback.REFUSE);
  }

  private static List<Factor> factorsOf(Model model) {
    FactorState.Recording recording = new FactorState.Recording();
    new Estimators(CATALOGUE)
        .of(model, new Deployment.DataCentre(CATALOGUE.accelerator("H100")))
        .rate(Driver.OUTPUT_TOKENS, recording);
    return recording.asked();
  }

  private static double outputKwh(Model model, FactorState state) {
    return new Estimators(CATALOGUE)
        .of(model, new Deployment.DataCentre(CATALOGUE.accelerator("H100")))
        .rate(Driver.OUTPUT_TOKENS, state)
        .acceleratorKwh();
  }

  @Test
  void storedAndActiveParametersAreBothOpenAndGrowTogether() {
    List<Factor> sizes =
        factorsOf(model("gpt-4o")).stream().filter(f -> f.id().equals("size:gpt-4o")).toList();
    assertThat(sizes).hasSize(2).noneMatch(size -> size.scatter().isExact());
    double[] one = DRAWS.of(sizes.get(0).id(), sizes.get(0).scatter());
    double[] other = DRAWS.of(sizes.get(1).id(), sizes.get(1).scatter());
    for (int k = 1; k < one.length; k++) {
      assertThat(Math.signum(one[k] - one[0])).isEqualTo(Math.signum(other[k] - other[0]));
    }
  }

  @Test
  void threeDrawsInFiveAreIn8BitsAndOneEachIn4And16() {
    StoredBits bits = StoredBits.served(CATALOGUE, model("gpt-4o"));
    DrawnFactors drawn = new DrawnFactors(DRAWS);
    double[] drawnBits =
        IntStream.range(0, DRAWS.count()).mapToDouble(k -> bits.of(drawn.state(k))).toArray();
    assertThat(shareOf(drawnBits, 16)).isCloseTo(0.2, within(0.02));
    assertThat(shareOf(drawnBits, 8)).isCloseTo(0.6, within(0.02));
    assertThat(shareOf(drawnBits, 4.25)).isCloseTo(0.2, within(0.02));
    assertThat(bits.of(FactorState.medians())).isEqualTo(8);
  }

  private static double shareOf(double[] drawn, double bits) {
    return IntStream.range(0, drawn.length).filter(k -> drawn[k] == bits).count()
        / (double) drawn.length;
  }

  @Test
  void modelsOfOneProviderAreServedAlike() {
    assertThat(factorsOf(model("gpt-4o")))
        .extracting(Factor::id)
        .contains("bits:openai")
        .containsAnyElementsOf(
            factorsOf(model("gpt-4o-mini")).stream()
                .map(Factor::id)
                .filter(id -> id.startsWith("bits:"))
                .toList());
    assertThat(factorsOf(model("claude-sonnet-4-20250514")))
        .extracting(Factor::id)
        .contains("bits:anthropic")
        .doesNotContain("bits:openai");
  }

  @ParameterizedTest
  @ValueSource(strings = {"meta-llama/Llama-3.1-8B-Instruct", "openai/gpt-oss-120b", "gpt-4o-fp8"})
  void aPrecisionThatIsToldIsNotDrawn(String name) {
    assertThat(factorsOf(model(name)))
        .extracting(Factor::id)
        .noneMatch(id -> id.startsWith("bits"));
  }

  @Test
  void atItsMedianAClosedModelCostsWhatItCostsIn8Bits() {
    Model closed = model("gpt-4o");
    Model told =
        closed.measuredWith(closed.totalParametersB(), closed.activeParametersB(), Precision.FP8);
    assertThat(outputKwh(closed, FactorState.medians()))
        .isEqualTo(outputKwh(told, FactorState.medians()));
  }

  @Test
  void noClosedModelOfTextHasAnExactSizeBesideARangeOfActiveParameters() {
    assertThat(CATALOGUE.models())
        .filteredOn(model -> !model.openWeights() && model.modality() == Modality.TEXT)
        .filteredOn(model -> model.activeParametersB().low() < model.activeParametersB().high())
        .isNotEmpty()
        .allMatch(model -> model.totalParametersB().low() < model.totalParametersB().high());
  }
}
