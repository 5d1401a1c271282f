package io.gtrace.governance.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Position;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Ranking;
import io.gtrace.governance.routing.Router.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final GTrace GTRACE = GTrace.standard();
  private static final Instant EVENING = Instant.parse("2024-06-12T18:20:00Z");
  private static final List<String> REGIONS =
      List.of("aws/eu-west-3", "aws/eu-central-1", "aws/us-west-1", "US-CISO");
  private static final Volumes REQUEST =
      TextGeneration.of("gpt-4o", 500, 300)
          .volumes(GTRACE.card().row(TextGeneration.of("gpt-4o", 1, 1)).defaults());

  private static Router router(List<String> regions) {
    return Router.of(GTRACE.card(), "gpt-4o", Modality.TEXT, regions, OptionalInt.of(2024));
  }

  @Test
  void itsFiguresAreThoseOfTheCardAtThatHour() {
    Router router = router(REGIONS);
    List<Route> routes = router.all(REQUEST, EVENING, 0, router.anywhere());
    List<Footprint> footprints = new ArrayList<>();
    for (Route route : routes) {
      Footprint card =
          GTRACE.estimate(TextGeneration.of("gpt-4o", 500, 300).at(route.region()).on(EVENING));
      footprints.add(card);
      assertThat(route.carbonKg().median())
          .isCloseTo(card.median(Impact.CARBON_KG), within(1e-9 * route.carbonKg().median()));
      assertThat(route.energyKwh())
          .isCloseTo(card.median(Impact.ENERGY_KWH), within(1e-9 * route.energyKwh()));
      assertThat(route.waterL())
          .isCloseTo(card.median(Impact.WATER_L), within(1e-9 * route.waterL()));
    }
    Ranking ranking = new Ranking(footprints, Impact.CARBON_KG);
    assertThat(routes.get(0).probabilityOfLeast())
        .isCloseTo(ranking.probabilityOfLeast(0), within(1e-9));
    assertThat(routes.get(0)).isEqualTo(router.best(REQUEST, EVENING, 0, router.anywhere()));
    assertThat(router.regions().get(router.bestAtMedian(REQUEST, EVENING, 0, router.anywhere())))
        .isEqualTo(routes.get(0).region());
  }

  @Test
  void waitsForTheCleanestHourInReach() {
    Router router = router(List.of("US-CISO"));
    Route now = router.best(REQUEST, EVENING, 0, router.anywhere());
    Route later = router.best(REQUEST, EVENING, 24, router.anywhere());
    assertThat(now.start()).isEqualTo(EVENING);
    double least = Double.POSITIVE_INFINITY;
    Instant when = EVENING;
    for (int hour = 0; hour <= 24; hour++) {
      Instant then = EVENING.plusSeconds(3600L * hour);
      double kg =
          GTRACE
              .estimate(TextGeneration.of("gpt-4o", 500, 300).at("US-CISO").on(then))
              .median(Impact.CARBON_KG);
      if (kg < least) {
        least = kg;
        when = then;
      }
    }
    assertThat(later.carbonKg().median())
        .isCloseTo(least, within(1e-12))
        .isLessThan(now.carbonKg().median());
    assertThat(later.start().getEpochSecond() / 3600).isEqualTo(when.getEpochSecond() / 3600);
  }

  @Test
  void aRegionTooFarAwayIsNoChoice() {
    Router router = router(REGIONS);
    Position berlin = new Position(52.52, 13.405);
    assertThat(router.all(REQUEST, EVENING, 0, router.within(berlin, 50)))
        .extracting(Route::region)
        .containsExactlyInAnyOrder("aws/eu-west-3", "aws/eu-central-1");
    assertThatThrownBy(() -> router.best(REQUEST, EVENING, 0, router.within(berlin, 0.1)))
        .hasMessageContaining("0.1 ms");
  }

  @Test
  void unknownPlacesAreRefusedByName() {
    assertThatThrownBy(() -> router(List.of("aws/eu-west-33")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("eu-west-3");
    assertThatThrownBy(() -> router(List.of())).hasMessageContaining("at least one region");
  }
}
