package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * How a zone's carbon intensity moves over the day and the year: the mean of each hour of the day
 * (UTC) in each month, relative to the mean of the year.
 */
public final class HourlyProfile {
  /** Months times hours. */
  public static final int SLOTS = 12 * 24;

  private final String zone;
  private final double[] ratioToYear;
  private final Provenance provenance;

  HourlyProfile(String zone, double[] ratioToYear, Provenance provenance) {
    this.zone = zone;
    this.ratioToYear = ratioToYear.clone();
    this.provenance = provenance;
  }

  public String zone() {
    return zone;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** The slot of a moment: month, from 0, times 24 plus hour of the day, both in UTC. */
  public static int slotOf(Instant when) {
    ZonedDateTime utc = when.atZone(ZoneOffset.UTC);
    return (utc.getMonthValue() - 1) * 24 + utc.getHour();
  }

  /** Mean intensity in a slot over mean intensity of the year. */
  public double ratio(int slot) {
    return ratioToYear[slot];
  }
}
