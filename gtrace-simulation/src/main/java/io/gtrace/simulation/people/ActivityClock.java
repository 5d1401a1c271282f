package io.gtrace.simulation.people;

import java.util.Arrays;

/**
 * Time as people spend it: an hour of the night passes slowly, one of the evening fast. A delay of
 * so many active hours ends when that much activity has passed, so what people do follows the day
 * of their own place. Immutable.
 */
public final class ActivityClock {
  private static final int STEPS_PER_HOUR = 4;

  private final double[] passedBefore;
  private final int[] hourAtStep;
  private final int hours;

  /**
   * @param activityByHour activity in each hour of the run over the mean of a day; above 0
   */
  public ActivityClock(double[] activityByHour) {
    hours = activityByHour.length;
    passedBefore = new double[hours + 2];
    for (int h = 0; h < hours; h++) {
      if (!(activityByHour[h] > 0 && activityByHour[h] <= 24)) {
        throw new IllegalArgumentException(
            "activity must be above 0 and at most 24, not " + activityByHour[h]);
      }
      passedBefore[h + 1] = passedBefore[h] + activityByHour[h];
    }
    // Nothing has passed the end of the run, however long it takes.
    passedBefore[hours + 1] = Double.NaN;
    hourAtStep = new int[(int) Math.ceil(passedBefore[hours] * STEPS_PER_HOUR) + 1];
    int hour = 0;
    for (int step = 0; step < hourAtStep.length; step++) {
      while (hour < hours && passedBefore[hour + 1] <= (double) step / STEPS_PER_HOUR) {
        hour++;
      }
      hourAtStep[step] = hour;
    }
  }

  /** A clock on which every hour counts alike. */
  public static ActivityClock even(int hours) {
    double[] activity = new double[hours];
    Arrays.fill(activity, 1);
    return new ActivityClock(activity);
  }

  public int hours() {
    return hours;
  }

  /** Activity of an hour over the mean of a day. */
  public double activity(int hour) {
    return passedBefore[hour + 1] - passedBefore[hour];
  }

  /**
   * The hour in which a delay ends; {@link #hours} if not within the run.
   *
   * @param hour in which it begins
   * @param share of that hour's activity that has passed, 0 to 1
   * @param activeHours the delay, at least 0
   */
  public int hourAfter(int hour, double share, double activeHours) {
    double passed = passedBefore[hour] + share * activity(hour) + activeHours;
    int step = Math.min((int) (passed * STEPS_PER_HOUR), hourAtStep.length - 1);
    int found = hourAtStep[step];
    // One hour more is as likely as none: decided without a branch, which would be guessed wrong.
    found += passedBefore[found + 1] <= passed ? 1 : 0;
    while (passedBefore[found + 1] <= passed) {
      found++;
    }
    return found;
  }
}
