package io.gtrace.server.page;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What pages are told when a server is started.
 *
 * @param dailyBudgetKg carbon that a day may cause, kgCO2e; empty if nobody set any
 * @param profile a file that says who the organisation is, for the pyramid; empty if none is given
 */
public record PageOptions(OptionalDouble dailyBudgetKg, Optional<Path> profile) {
  /** Nothing is set. */
  public static final PageOptions NONE = new PageOptions(OptionalDouble.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if the budget is no amount above 0
   */
  public PageOptions {
    if (dailyBudgetKg.isPresent()
        && !(dailyBudgetKg.getAsDouble() > 0 && Double.isFinite(dailyBudgetKg.getAsDouble()))) {
      throw new IllegalArgumentException(
          "the budget of a day must be kilograms above 0, not " + dailyBudgetKg.getAsDouble());
    }
  }
}
