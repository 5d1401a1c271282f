package io.gtrace.meter.counter;

/**
 * An amount of electricity.
 *
 * @param joules zero or more
 */
public record Energy(double joules) {
  public static final Energy NONE = new Energy(0);
  private static final double JOULES_PER_KWH = 3.6e6;

  public Energy {
    if (!(joules >= 0 && joules < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("energy must be zero or more J, not " + joules);
    }
  }

  public static Energy ofMicrojoules(double microjoules) {
    return new Energy(microjoules / 1e6);
  }

  public static Energy ofMillijoules(double millijoules) {
    return new Energy(millijoules / 1e3);
  }

  public double kwh() {
    return joules / JOULES_PER_KWH;
  }

  public Energy plus(Energy other) {
    return new Energy(joules + other.joules);
  }

  /** This less an amount that it holds; nothing if it holds less. */
  public Energy minus(Energy part) {
    return new Energy(Math.max(0, joules - part.joules));
  }

  /** A share of it, or a multiple. */
  public Energy times(double factor) {
    return new Energy(joules * factor);
  }

  public Energy atMost(Energy most) {
    return joules <= most.joules ? this : most;
  }

  /** The mean power of so much energy in a time longer than zero. */
  public Power over(double seconds) {
    return new Power(joules / seconds);
  }
}
