package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.use.OwnDevice;
import io.gtrace.simulation.use.Use;
import java.util.Arrays;
import java.util.List;

/** How likely people are to use their own devices in an hour, given how services keep waiting. */
final class DeviceOdds {
  private static final double UNIT = 0x1.0p-32;

  private final int services;
  private final double[] against;
  private final double[] byTaste;

  /**
   * @param byTaste of each device, what {@link #byTaste} says
   * @param waitS of each service, s
   */
  DeviceOdds(Use use, double[] byTaste, double[] waitS) {
    this.byTaste = byTaste;
    List<OwnDevice> devices = use.devices();
    services = waitS.length;
    against = new double[(devices.size() + 1) * services];
    Arrays.fill(against, Double.POSITIVE_INFINITY);
    for (int d = 0; d < devices.size(); d++) {
      for (int s = 0; s < services; s++) {
        against[d * services + s] = devices.get(d).oddsAgainst(waitS[s]);
      }
    }
  }

  /** By how much each level of the taste for privacy changes the odds, device by device. */
  static double[] byTaste(Use use) {
    double[] privacy = Levels.normal();
    double[] byTaste = new double[(use.devices().size() + 1) * Levels.COUNT];
    Arrays.fill(byTaste, 1);
    for (int d = 0; d < use.devices().size(); d++) {
      for (int level = 0; level < Levels.COUNT; level++) {
        byTaste[d * Levels.COUNT + level] = use.devices().get(d).changeByPrivacy(privacy[level]);
      }
    }
    return byTaste;
  }

  /**
   * Whether a session runs on the device of a person.
   *
   * @param random 32 random bits
   * @param device the number of devices for a person who has none, who is never likely to
   * @param service that it would run on otherwise
   * @param privacy level of the person's taste
   */
  boolean choose(long random, int device, int service, int privacy) {
    // Odds o against it are a chance of 1 / (1 + o).
    double odds = against[device * services + service] * byTaste[device * Levels.COUNT + privacy];
    return random * UNIT * (1 + odds) < 1;
  }
}
