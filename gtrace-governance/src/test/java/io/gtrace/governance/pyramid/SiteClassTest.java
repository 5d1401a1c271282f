package io.gtrace.governance.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ids of sites say by themselves what kind of place they are. */
class SiteClassTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  @ParameterizedTest
  @CsvSource({
    "aws/eu-west-3, true",
    "rtx-4090@DE, true",
    "hall/two, false",
    "rack@hall, false",
    "@DE, false",
    "DE, false",
  })
  void regionsOfCloudsAndDevicesOfPeopleDoAndNothingElse(String id, boolean tells) {
    assertThat(Bounded.tellsItsClass(CATALOGUE, id)).isEqualTo(tells);
  }
}
