package io.gtrace.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceNamesTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  private static GridZone standIn(String name) {
    assertThat(CATALOGUE.findPlace(name)).as(name + " is not known").isEmpty();
    return ((Place.OnGrid) CATALOGUE.place(name, Fallback.ALLOW)).zone();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Paris         | aws/eu-west-3 | azure/francecentral | gcp/europe-west9",
        "frankfurt     | aws/eu-central-1 | azure/germanywestcentral | gcp/europe-west3",
        "Londn         | aws/eu-west-2 | azure/uksouth | gcp/europe-west2",
        "Tokio         | aws/ap-northeast-1 | azure/japaneast | gcp/asia-northeast1",
        "Zurich        | aws/eu-central-2 | azure/switzerlandnorth | gcp/europe-west6"
      })
  void aCityIsNearestToTheRegionsInIt(String name, String one, String other, String third) {
    assertThat(CATALOGUE.nearestPlaces(name)).containsExactlyInAnyOrder(one, other, third);
  }

  @ParameterizedTest
  @CsvSource({
    "Gremany, DE",
    "californa, US-CA",
    "EU, EUROPE",
    "eu-wst-3, aws/eu-west-3",
    "gcp/europe-west99, gcp/europe-west9",
    "azure/francewest, azure/francesouth"
  })
  void aNameAPersonMistypesIsNearestToWhatIsMeant(String name, String meant) {
    assertThat(CATALOGUE.nearestPlaces(name)).hasSize(3).contains(meant);
    assertThatThrownBy(() -> CATALOGUE.place(name, Fallback.REFUSE))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-33, EUROPE",
    "europe-west99, EUROPE",
    "asia-east9, ASIA",
    "EU, EUROPE",
    "APAC, ASIA",
    "azure/westeurope2, EUROPE",
    "southeastasia3, ASIA",
    "ap-southeast-9, ASIA",
    "me-central-7, ASIA",
    "sa-east-2, SOUTH-AMERICA",
    "af-south-9, AFRICA",
    "northamerica-east9, NORTH-AMERICA",
    "azure/francewest, FR",
    "uknorth, GB",
    "westus9, US",
    "us-gov-west-9, US",
    "southafricaeast, ZA",
    "ca-west-9, CA",
    "romania-1, RO",
    "eu-de, DE",
    "fr-par-1, FR",
    "DE-LU, DE",
    "AF-KAB, AF",
    "US-ZZ, US",
    "eu-frankfurt-2, DE",
    "oci/us-ashburn-2, US-PJM",
    "usgovvirginia9, US-VA",
    "zorg, WORLD",
    "12, WORLD"
  })
  void anUnknownPlaceLiesWhereItsNameTells(String name, String around) {
    GridZone zone = standIn(name);
    assertThat(zone.parent()).isEqualTo(around);
    assertThat(CATALOGUE.grid(zone).locationBased(OptionalInt.empty()).notes().toString())
        .contains("taken from " + around);
  }

  @Test
  void theLessANameTellsTheWiderIsTheInterval() {
    double inCountry = spread("azure/francewest");
    double inContinent = spread("eu-west-33");
    double anywhere = spread("zorg");
    assertThat(spread("FR")).isLessThan(inCountry);
    assertThat(inCountry).isLessThan(inContinent);
    assertThat(inContinent).isLessThan(anywhere);
  }

  private static double spread(String place) {
    GridZone zone = ((Place.OnGrid) CATALOGUE.place(place, Fallback.ALLOW)).zone();
    return CATALOGUE.grid(zone).locationBased(OptionalInt.empty()).scatter().sd();
  }
}
