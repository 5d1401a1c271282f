package io.gtrace.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.activity.Modality;
import io.gtrace.estimate.TextEnergy.Load;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Model;
import io.gtrace.factor.Precision;
import io.gtrace.factor.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What physics asks of the law, whatever its constants are. */
class TokenLawTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static Model model(String name) {
    return CATALOGUE.model(name, Modality.TEXT, Fallback.REFUSE);
  }

  private static Model as(Model model, double totalB, double activeB, Precision precision) {
    return model.measuredWith(Range.exactly(totalB), Range.exactly(activeB), precision);
  }

  private static double tokenJ(Model model, int accelerators, double batch, double input) {
    return new TextEnergy(CATALOGUE, model, CATALOGUE.accelerator("H100"), accelerators)
        .outputTokenJ(new Load(batch, input, 300, 0), FactorState.medians());
  }

  @ParameterizedTest
  @ValueSource(strings = {"meta-llama/Llama-3.1-8B-Instruct", "openai/gpt-oss-120b"})
  void aLargerBatchSharesTheStepAndALongerContextCostsMore(String name) {
    double before = Double.POSITIVE_INFINITY;
    for (double batch : new double[] {1, 4, 16, 64, 256, 1024}) {
      double joules = tokenJ(model(name), 1, batch, 200);
      assertThat(joules).isPositive().isLessThan(before);
      before = joules;
    }
    assertThat(tokenJ(model(name), 1, 64, 20_000)).isGreaterThan(tokenJ(model(name), 1, 64, 200));
  }

  @Test
  void aMixtureOfExpertsCostsMoreThanItsActivePartAndLessThanAllOfItAlone() {
    Model mixture = model("Qwen/Qwen3-30B-A3B-Instruct-2507");
    double alone = tokenJ(mixture, 1, 1, 200);
    assertThat(alone).isGreaterThan(tokenJ(as(mixture, 3, 3, Precision.BF16), 1, 1, 200));
    assertThat(alone).isLessThan(tokenJ(as(mixture, 30, 30, Precision.BF16), 1, 1, 200));
  }

  @Test
  void moreAcceleratorsCostMoreAndFewerBitsCostLess() {
    Model dense = model("meta-llama/Llama-3.1-70B-Instruct");
    assertThat(tokenJ(dense, 8, 32, 200)).isGreaterThan(tokenJ(dense, 4, 32, 200));
    assertThat(tokenJ(as(dense, 70, 70, Precision.FP8), 4, 8, 200))
        .isLessThan(tokenJ(dense, 4, 8, 200));
  }
}
