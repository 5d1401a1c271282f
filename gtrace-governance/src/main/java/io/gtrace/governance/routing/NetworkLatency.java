package io.gtrace.governance.routing;

import io.gtrace.factor.Position;

/**
 * How long a packet takes there and back between two places, from nothing but their distance.
 *
 * <p>Round trip = 2 × 2.1 × great-circle distance / (2/3 × speed of light). That one multiplies the
 * line of sight by 2.1 and divides by the speed of light in fibre is the rule of thumb that Bozkurt
 * et al. (2018, Dissecting Latency in the Internet's Fiber Infrastructure, arXiv:1811.10737) give
 * of measurement campaigns; light in fibre has two thirds of its speed in vacuum. Queues, the last
 * mile and the time of the model are left out.
 */
public final class NetworkLatency {
  /** Mean radius of the Earth (IUGG), km. */
  private static final double EARTH_RADIUS_KM = 6_371.0088;

  private static final double LIGHT_KM_PER_MS = 299.792458;
  private static final double FIBRE_OVER_VACUUM = 2.0 / 3;
  private static final double PATH_OVER_LINE_OF_SIGHT = 2.1;

  private NetworkLatency() {}

  /** Great-circle distance by the haversine formula, km. */
  public static double distanceKm(Position from, Position to) {
    double north = Math.toRadians(to.latitude() - from.latitude());
    double east = Math.toRadians(to.longitude() - from.longitude());
    double chord =
        square(Math.sin(north / 2))
            + Math.cos(Math.toRadians(from.latitude()))
                * Math.cos(Math.toRadians(to.latitude()))
                * square(Math.sin(east / 2));
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
  }

  private static double square(double value) {
    return value * value;
  }

  /** Round-trip time, ms. */
  public static double roundTripMs(Position from, Position to) {
    return 2
        * PATH_OVER_LINE_OF_SIGHT
        * distanceKm(from, to)
        / (FIBRE_OVER_VACUUM * LIGHT_KM_PER_MS);
  }
}
