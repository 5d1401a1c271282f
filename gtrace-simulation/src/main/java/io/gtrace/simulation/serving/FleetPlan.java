package io.gtrace.simulation.serving;

import io.gtrace.simulation.Within;
import java.util.List;

/**
 * A fleet as it is planned, at full scale. Immutable; each run starts a fleet of its own.
 *
 * @param replica what it consists of
 * @param scaling how many accelerators are switched on
 * @param longestWaitS requests are refused that would wait longer in line, s, 0 to 3,600
 * @param outages hours of no service or of less; where several hold at once the worst counts
 */
public record FleetPlan(
    Replica replica, Scaling scaling, double longestWaitS, List<Outage> outages) {
  private static final double MOST_ACCELERATORS = 1e7;
  private static final int HOURS_OF_CENTURY = 876_600;

  public FleetPlan {
    Within.require("longest wait", longestWaitS, 0, 3_600);
    outages = List.copyOf(outages);
  }

  /**
   * How the number of accelerators follows demand: within the hour, as far as there are enough.
   *
   * @param least always on, and at the start; 0 to 10^7
   * @param most there are no more, least to 10^7
   * @param targetLoad demand over what is made in the largest batches, as which the fleet is sized,
   *     above 0, at most 1
   * @param mostMorePerHour accelerators that can be added within an hour, 0 to 10^7
   * @param keptHours hours for which accelerators stay on after they were last needed, 0 or more
   */
  public record Scaling(
      double least, double most, double targetLoad, double mostMorePerHour, int keptHours) {
    public Scaling {
      Within.require("fewest accelerators", least, 0, MOST_ACCELERATORS);
      Within.require("most accelerators", most, least, MOST_ACCELERATORS);
      Within.require("target load", targetLoad, 0.001, 1);
      Within.require("accelerators added in an hour", mostMorePerHour, 0, MOST_ACCELERATORS);
      Within.require("hours until switched off", keptHours, 0, HOURS_OF_CENTURY);
    }

    /** Always so many. */
    public static Scaling fixed(double accelerators) {
      return new Scaling(accelerators, accelerators, 1, 0, 0);
    }
  }

  /**
   * A time of less service. What is out of service stays switched on.
   *
   * @param fromHour first hour of it, 0 or more
   * @param untilHour first hour after it, above the first
   * @param servingShare share of the accelerators that go on serving, 0 to 1
   */
  public record Outage(int fromHour, int untilHour, double servingShare) {
    public Outage {
      Within.require("first hour of an outage", fromHour, 0, HOURS_OF_CENTURY);
      Within.require("end of an outage", untilHour, fromHour + 1.0, HOURS_OF_CENTURY);
      Within.require("share that serves in an outage", servingShare, 0, 1);
    }
  }

  /** A new fleet at full scale. */
  public Fleet start() {
    return start(1);
  }

  /**
   * A new fleet for a part of the people. It does as the whole fleet would for all of them: a small
   * fleet of its own would make people wait longer at the same load.
   *
   * @param scale people of the run over all people, above 0, at most 1
   */
  public Fleet start(double scale) {
    Within.require("scale", scale, 1e-9, 1);
    return new BatchingFleet(this, scale);
  }

  /** Share of the accelerators that serve in an hour. */
  double servingShare(int hour) {
    double share = 1;
    for (Outage outage : outages) {
      if (hour >= outage.fromHour() && hour < outage.untilHour()) {
        share = Math.min(share, outage.servingShare());
      }
    }
    return share;
  }
}
