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
}
