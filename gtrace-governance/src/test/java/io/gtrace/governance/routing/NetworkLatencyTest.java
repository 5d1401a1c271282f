package io.gtrace.governance.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.Position;
import org.junit.jupiter.api.Test;

class NetworkLatencyTest {
  private static final Position PARIS = new Position(48.8566, 2.3522);
  private static final Position STOCKHOLM = new Position(59.3293, 18.0686);

  @Test
  void aQuarterOfTheGlobeIsAQuarterOfItsCircumference() {
    assertThat(NetworkLatency.distanceKm(new Position(0, 0), new Position(0, 90)))
        .isCloseTo(Math.PI / 2 * 6371.0088, within(1e-6));
  }

  @Test
  void aRoundTripIsTheRuleOfThumbOfTheDistance() {
    double km = NetworkLatency.distanceKm(PARIS, STOCKHOLM);
    assertThat(km).isBetween(1540.0, 1550.0);
    assertThat(NetworkLatency.roundTripMs(PARIS, STOCKHOLM))
        .isCloseTo(2 * 2.1 * km / (2.0 / 3 * 299.792458), within(1e-9));
    assertThat(NetworkLatency.roundTripMs(PARIS, PARIS)).isZero();
  }
}
