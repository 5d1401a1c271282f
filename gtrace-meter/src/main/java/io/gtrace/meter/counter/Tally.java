package io.gtrace.meter.counter;

/**
 * What a part of the machine took.
 *
 * @param whole by whomever it was used
 * @param own the command's share of it
 * @param ownIdle what of that the part would have taken without any work, as far as that is known
 */
public record Tally(Energy whole, Energy own, Energy ownIdle) {
  public static final Tally NONE = new Tally(Energy.NONE, Energy.NONE, Energy.NONE);

  /**
   * With a further step.
   *
   * @param step what the part took
   * @param idle what of that it would have taken without any work
   * @param share the command's share, 0 to 1
   */
  public Tally plus(Energy step, Energy idle, double share) {
    return new Tally(
        whole.plus(step),
        own.plus(step.times(share)),
        ownIdle.plus(idle.atMost(step).times(share)));
  }
}
