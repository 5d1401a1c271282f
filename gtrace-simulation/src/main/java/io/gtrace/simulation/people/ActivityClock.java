package io.gtrace.simulation.people;

import java.util.Arrays;

/**
 * Time as people spend it: an hour of the night passes slowly, one of the evening fast. A delay of
 * so many active hours ends when that much activity has passed, so what people do follows the day
 * of their own place. Immutable.
 */
public final class ActivityClock {
  private static final double MOST_STEPS_PER_HOUR = 64;

  private final double[] passedBefore;
  private final double stepsPerHour;
  private final boolean stepsAreShort;
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
    passedBefore[hours + 1] = Double.MAX_VALUE;
    double shortest = Arrays.stream(activityByHour).min().orElse(1);
    stepsPerHour = Math.min(MOST_STEPS_PER_HOUR, 1 / shortest);
    stepsAreShort = stepsPerHour * shortest >= 1;
    hourAtStep = new int[(int) Math.ceil(passedBefore[hours] * stepsPerHour) + 1];
    int hour = 0;
    for (int step = 0; step < hourAtStep.length; step++) {
      while (hour < hours && passedBefore[hour + 1] <= step / stepsPerHour) {
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
    return hourAt(passedBefore[hour] + share * activity(hour) + activeHours);
  }

  private int hourAt(double passed) {
    int found = guessAt(passed);
    while (!stepsAreShort && found < hours && passedBefore[found + 1] <= passed) {
      found++;
    }
    return found;
  }

  /** The hour, or one that is a little earlier if an hour may be shorter than a step. */
  private int guessAt(double passed) {
    int step = Math.min((int) (passed * stepsPerHour), hourAtStep.length - 1);
    int found = hourAtStep[step];
    // One hour more is as likely as none: decided by a sign, as a branch would be guessed wrong.
    found += 1 - (int) (Double.doubleToRawLongBits(passed - passedBefore[found + 1]) >>> 63);
    return Math.min(found, hours);
  }

  /** Fills a column with the hours in which as many delays end that begin in one hour. */
  private void hoursAfter(
      int hour, double[] shares, double[] activeHours, int count, int[] hoursOfEnds) {
    double before = passedBefore[hour];
    double activity = activity(hour);
    if (!stepsAreShort) {
      for (int i = 0; i < count; i++) {
        hoursOfEnds[i] = hourAt(before + shares[i] * activity + activeHours[i]);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      hoursOfEnds[i] = guessAt(before + shares[i] * activity + activeHours[i]);
    }
  }

  /**
   * Fills a column with the hours in which as many delays end, each by a clock of its own.
   *
   * @param clockOf of each delay
   */
  public static void hoursAfter(
      ActivityClock[] clocks,
      int[] clockOf,
      int hour,
      double[] shares,
      double[] activeHours,
      int count,
      int[] hours) {
    if (clocks.length == 1) {
      clocks[0].hoursAfter(hour, shares, activeHours, count, hours);
      return;
    }
    for (int i = 0; i < count; i++) {
      hours[i] = clocks[clockOf[i]].hourAfter(hour, shares[i], activeHours[i]);
    }
  }
}
