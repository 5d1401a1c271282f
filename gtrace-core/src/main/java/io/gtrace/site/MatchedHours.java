package io.gtrace.site;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;

/**
 * How much of a data centre's consumption is matched by contracted clean energy made in the same
 * hour: the share in each hour of the day (UTC) of each month. Immutable.
 */
public final class MatchedHours {
  private static final int MONTHS = 12;
  private static final int HOURS = 24;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final double[] shares;
  private final double shareOfYear;

  private MatchedHours(double[] matched, double[] consumed) {
    shares = new double[MONTHS * HOURS];
    double allMatched = 0;
    double allConsumed = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = matched[i] / consumed[i];
      allMatched += matched[i];
      allConsumed += consumed[i];
    }
    shareOfYear = allMatched / allConsumed;
  }

  /**
   * Of a data centre that consumes the same in every hour of the year.
   *
   * @param shares 0 to 1: 24, for the hours of a day of any month, or 288, for those of a day of
   *     each month from January
   * @throws IllegalArgumentException if there are more or fewer, or one is not 0 to 1
   */
  public static MatchedHours ofShares(double... shares) {
    if (shares.length != HOURS && shares.length != MONTHS * HOURS) {
      throw new IllegalArgumentException(
          "must hold 24 shares, for the hours of the day in UTC, or 288, for those of each month"
              + " from January, not "
              + shares.length);
    }
    double[] matched = new double[MONTHS * HOURS];
    double[] consumed = new double[MONTHS * HOURS];
    for (int i = 0; i < matched.length; i++) {
      double share = shares[i % shares.length];
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share must be 0 to 1, not " + share);
      }
      consumed[i] = DAYS[i / HOURS];
      matched[i] = share * consumed[i];
    }
    return new MatchedHours(matched, consumed);
  }

  /** Sums metered hours. What is contracted beyond the consumption of an hour matches nothing. */
  public static final class Meter {
    private final double[] matched = new double[MONTHS * HOURS];
    private final double[] consumed = new double[MONTHS * HOURS];

    /**
     * @param hour some moment of it
     * @param consumedKwh of the data centre in that hour, above 0
     * @param contractedKwh made under contract in that hour, 0 or more
     */
    public void add(Instant hour, double consumedKwh, double contractedKwh) {
      ZonedDateTime utc = hour.atZone(ZoneOffset.UTC);
      int at = index(utc.getMonthValue(), utc.getHour());
      consumed[at] += consumedKwh;
      matched[at] += Math.min(consumedKwh, contractedKwh);
    }

    /** The hours so far, which must be those of a whole year. */
    public MatchedHours year() {
      return new MatchedHours(matched, consumed);
    }
  }

  private static int index(int month, int hour) {
    return (month - 1) * HOURS + hour;
  }

  /**
   * Share of the consumption that is matched then, 0 to 1.
   *
   * @param month 1 to 12
   * @param hour of the day in UTC, 0 to 23
   */
  public double share(int month, int hour) {
    return shares[index(month, hour)];
  }

  /** Mean over all hours, each weighted by what is consumed in it, 0 to 1. */
  public double shareOfYear() {
    return shareOfYear;
  }

  /** What tells these hours from others, for a digest. */
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate((shares.length + 1) * Double.BYTES);
    for (double share : shares) {
      bytes.putDouble(share);
    }
    return bytes.putDouble(shareOfYear).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MatchedHours that
        && shareOfYear == that.shareOfYear
        && Arrays.equals(shares, that.shares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shares);
  }
}
