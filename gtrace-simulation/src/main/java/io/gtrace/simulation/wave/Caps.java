package io.gtrace.simulation.wave;

import io.gtrace.simulation.use.AccessRule;
import io.gtrace.simulation.use.Service;
import java.util.Arrays;

/** How many outputs a day a service allows, hour by hour, to one group of users. */
final class Caps {
  private final int[] byHour;
  private final int[] nextOpen;

  private Caps(int[] byHour) {
    this.byHour = byHour;
    nextOpen = new int[byHour.length];
    int open = byHour.length;
    for (int hour = byHour.length - 1; hour >= 0; hour--) {
      open = byHour[hour] > 0 ? hour : open;
      nextOpen[hour] = open;
    }
  }

  static Caps of(Service service, boolean paying, int hours) {
    int[] byHour = new int[hours];
    for (AccessRule rule : service.access()) {
      int cap = paying ? rule.paidOutputsPerDay() : rule.freeOutputsPerDay();
      int from = Math.max(0, rule.fromHour());
      if (from < hours) {
        Arrays.fill(byHour, from, hours, cap);
      }
    }
    return new Caps(byHour);
  }

  int at(int hour) {
    return byHour[hour];
  }

  /** The first hour from this one on in which there is access; the number of hours if none. */
  int nextOpen(int hour) {
    return nextOpen[hour];
  }
}
