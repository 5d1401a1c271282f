package io.gtrace.governance.pyramid;

import io.gtrace.governance.facts.ReportingPeriod;
import java.util.List;
import java.util.Optional;

/**
 * Where an organisation stands after some periods. A level is gained when two periods in a row
 * reach it; one period that misses it puts it on watch, a second one in a row loses it.
 *
 * @param level that is held, 0 to 7
 * @param onWatch whether the newest period missed it
 * @param candidate a higher level that the newest period reached and the one before did not; empty
 *     if there is none
 */
public record Standing(int level, boolean onWatch, Optional<Integer> candidate) {

  /** What one period reached by itself. */
  public record Reached(ReportingPeriod period, int level) {}

  /**
   * The standing after periods.
   *
   * @param periods oldest first; those of another length than the newest do not count, and a gap
   *     breaks a row
   */
  public static Standing after(List<Reached> periods) {
    int held = 0;
    boolean missed = false;
    Optional<Reached> before = Optional.empty();
    int months = periods.isEmpty() ? 0 : periods.get(periods.size() - 1).period().months();
    List<Reached> ofOneLength =
        periods.stream().filter(each -> each.period().months() == months).toList();
    for (Reached now : ofOneLength) {
      boolean inRow =
          before.filter(each -> each.period().equals(now.period().previous())).isPresent();
      int last = inRow ? before.get().level() : 0;
      if (now.level() >= held) {
        held = Math.max(held, Math.min(now.level(), last));
        missed = false;
      } else if (missed && inRow) {
        held = Math.max(now.level(), last);
        missed = now.level() < held;
      } else {
        missed = true;
      }
      before = Optional.of(now);
    }
    int newest = before.map(Reached::level).orElse(0);
    return new Standing(held, missed, newest > held ? Optional.of(newest) : Optional.empty());
  }
}
