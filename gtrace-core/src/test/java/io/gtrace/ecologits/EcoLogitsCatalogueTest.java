package io.gtrace.ecologits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.site.Site;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcoLogitsCatalogueTest {
  private final EcoLogitsCatalogue catalogue =
      EcoLogitsCatalogue.shipped(FactorCatalogue.shipped());

  private ElectricityMix mixOf(String place) {
    return catalogue.mix(catalogue.model("gpt-4o"), Site.parse(place));
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-3, FRA",
    "azure/westeurope, NLD",
    "US-CA, USA",
    "SE-SE3, SWE",
    "'', USA",
    "WORLD, WOR"
  })
  void aPlaceHasTheMixOfItsCountry(String place, String zone) {
    assertThat(mixOf(place)).isEqualTo(mixOf(zone));
  }

  @Test
  void aModelIsFoundByItsOtherNames() {
    assertThat(catalogue.model("openai/gpt-4o").name()).isEqualTo("gpt-4o");
    assertThat(catalogue.model("aya-23-35b").name()).isEqualTo("CohereForAI/aya-23-35B");
    assertThatThrownBy(() -> catalogue.model("gpt-4p"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("gpt-4");
  }

  @Test
  void aBucketCostsAsMuchAsItsRequests() {
    TextGeneration one = TextGeneration.of("gpt-4o", 500, 300).at("FR");
    TextGeneration ten = new TextGeneration("gpt-4o", 10, 5_000, 0, 2_000, 1_000, one.context());
    RequestImpacts single = catalogue.impacts(one, OptionalDouble.empty());
    assertThat(catalogue.impacts(ten, OptionalDouble.empty())).isEqualTo(single.times(10));
    assertThat(single.energyKwh().low()).isPositive().isLessThan(single.energyKwh().high());
  }

  @Test
  void whatEcoLogitsDoesNotKnowIsNamed() {
    assertThatThrownBy(() -> mixOf("TD")).hasMessageContaining("'TD'").hasMessageContaining("FRA");
    assertThatThrownBy(() -> mixOf("rtx-4090@DE")).hasMessageContaining("data centres only");
  }
}
