package io.gtrace.governance.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What knowing the future would be worth: placements that saw the true carbon of every hour, beside
 * the placement of someone who had only the past.
 *
 * @param oracle saw every hour, and nothing limited the hosts
 * @param limitedOracle saw every hour, within capacity
 * @param forecast took each hour to be like the mean of the same hour on the days before, within
 *     capacity; its totals are those of the true hours
 * @param firstSlot slots before it only taught the forecast; all three placements begin with it
 */
public record Foresight(
    Placement oracle, Placement limitedOracle, Placement forecast, int firstSlot) {
  private static final int HOURS = 24;

  /**
   * Compares them over a series of hours.
   *
   * @param truth hosts with what each hour really cost; slots are hours
   * @param daysBack days that a forecast is the mean of, at least 1
   * @throws IllegalArgumentException if there are no more hours than a forecast needs
   */
  public static Foresight of(PlacementProblem truth, int daysBack) {
    int first = daysBack * HOURS;
    if (daysBack < 1 || truth.slots() <= first) {
      throw new IllegalArgumentException(
          "a forecast of "
              + daysBack
              + " days back needs more than "
              + first
              + " hours, not "
              + truth.slots());
    }
    PlacementProblem after = truth.block(first, truth.slots());
    List<Host> expected = new ArrayList<>();
    for (Host host : truth.hosts()) {
      Map<Criterion, double[]> perKwh = new EnumMap<>(Criterion.class);
      host.perKwh().forEach((each, hours) -> perKwh.put(each, forecast(hours, daysBack)));
      expected.add(
          new Host(
              host.name(), Arrays.copyOfRange(host.capacityKwh(), first, truth.slots()), perKwh));
    }
    PlacementProblem guessed =
        new PlacementProblem(after.work(), expected, after.wraps(), after.weights());
    return new Foresight(
        after.withoutCapacity().solvedInBlocks(HOURS),
        after.solvedInBlocks(HOURS),
        after.placement(guessed.solvedInBlocks(HOURS).parts()),
        first);
  }

  private static double[] forecast(double[] hours, int daysBack) {
    int first = daysBack * HOURS;
    double[] expected = new double[hours.length - first];
    for (int hour = first; hour < hours.length; hour++) {
      double sum = 0;
      for (int back = 1; back <= daysBack; back++) {
        sum += hours[hour - back * HOURS];
      }
      expected[hour - first] = sum / daysBack;
    }
    return expected;
  }
}
