package io.gtrace.governance.advice;

import java.util.List;

/** Something that could be done. It turns work into other work and changes nothing else. */
sealed interface Action permits Adjusting, OtherHardware, OtherModel, RegionRouting, TimeShifting {
  Description about();

  /**
   * The work after the action; the same if it has nothing to act on.
   *
   * @throws io.gtrace.governance.routing.InfeasiblePlacementException if constraints conflict
   */
  Change applied(List<Load> loads, Replay replay);
}
