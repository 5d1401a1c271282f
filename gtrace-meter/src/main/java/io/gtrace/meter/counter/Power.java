package io.gtrace.meter.counter;

/**
 * Electric power.
 *
 * @param watts zero or more
 */
public record Power(double watts) {
  public static final Power NONE = new Power(0);

  public Power {
    if (!(watts >= 0 && watts < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("power must be zero or more W, not " + watts);
    }
  }

  /** What it amounts to in a time. */
  public Energy during(double seconds) {
    return new Energy(watts * seconds);
  }
}
