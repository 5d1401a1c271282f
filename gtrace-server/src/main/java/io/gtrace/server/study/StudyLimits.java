package io.gtrace.server.study;

/**
 * How much studies may take.
 *
 * @param atOnce how many run at the same time, 0 for none, so that none can be started
 * @param memoryShare of the memory of this process that one may need, above 0 and at most 0.9
 * @param threads of each, at least 1
 */
public record StudyLimits(int atOnce, double memoryShare, int threads) {
  public static final StudyLimits USUAL =
      new StudyLimits(1, 0.4, Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

  /**
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public StudyLimits {
    if (atOnce < 0 || threads < 1 || !(memoryShare > 0 && memoryShare <= 0.9)) {
      throw new IllegalArgumentException(
          "studies: not negative at once, a share of memory up to 0.9, at least one thread");
    }
  }
}
