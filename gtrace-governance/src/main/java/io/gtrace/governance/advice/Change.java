package io.gtrace.governance.advice;

import java.util.List;
import java.util.Optional;

/**
 * Work after an action.
 *
 * @param loads all work, touched or not
 * @param detail what was done to which; empty if the summary says it
 * @param sideEffects what else changes, in short phrases
 * @param command a command that shows the change at a single request; empty if there is none
 */
record Change(List<Load> loads, String detail, List<String> sideEffects, Optional<String> command) {
  Change {
    loads = List.copyOf(loads);
    sideEffects = List.copyOf(sideEffects);
  }

  static Change of(List<Load> loads, String detail, String... sideEffects) {
    return new Change(loads, detail, List.of(sideEffects), Optional.empty());
  }
}
