package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.use.OwnDevice;
import io.gtrace.simulation.use.Use;
import java.util.Arrays;
import java.util.List;

/** How likely people are to use their own devices in an hour, given how services keep waiting. */
final class DeviceOdds {
  private final double[][] against;
  private final double[][] byTaste;

  /**
   * @param byTaste of each device, what {@link #byTaste} says
   * @param waitS of each service, s
   */
  DeviceOdds(Use use, double[][] byTaste, double[] waitS) {
    this.byTaste = byTaste;
    List<OwnDevice> devices = use.devices();
    against = new double[devices.size() + 1][waitS.length];
    Arrays.fill(against[devices.size()], Double.POSITIVE_INFINITY);
    for (int d = 0; d < devices.size(); d++) {
      for (int s = 0; s < waitS.length; s++) {
        against[d][s] = devices.get(d).oddsAgainst(waitS[s]);
      }
    }
  }

  /** By how much each level of the taste for privacy changes the odds against each device. */
  static double[][] byTaste(Use use) {
    double[] privacy = Levels.normal();
    double[][] byTaste = new double[use.devices().size() + 1][Levels.COUNT];
    Arrays.fill(byTaste[use.devices().size()], 1);
    for (int d = 0; d < use.devices().size(); d++) {
      for (int level = 0; level < privacy.length; level++) {
        byTaste[d][level] = use.devices().get(d).changeByPrivacy(privacy[level]);
      }
    }
    return byTaste;
  }

  /**
   * Chance that a session runs on the device of a person.
   *
   * @param device the number of devices for a person who has none, who is never likely to
   * @param service that it would run on otherwise
   * @param privacy level of the person's taste
   */
  double chance(int device, int service, int privacy) {
    return 1 / (1 + against[device][service] * byTaste[device][privacy]);
  }
}
