package io.gtrace.governance.pyramid;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One of the indicators of a level.
 *
 * @param id as {@code 3.2}
 * @param isGate whether the level cannot be reached without it
 * @param formula in words
 * @param criteria one for each value that its function gives
 * @param constants of the formula, by name, with the unit in the name
 * @param evidence ids of the kinds of evidence that it rests on, besides the ledger
 * @param covers what of the standards it answers to
 * @param action what to do where it does not pass
 * @param kind what the action is worth
 */
public record Indicator(
    String id,
    String name,
    boolean isGate,
    String formula,
    List<Criterion> criteria,
    Map<String, Double> constants,
    List<String> evidence,
    List<String> covers,
    String action,
    ValueKind kind) {

  /** What an action is worth, in kgCO2e of which kind. */
  public enum ValueKind {
    /** Carbon that is not emitted. */
    ABATED,
    /** Carbon that is brought to book, or width that an interval loses. */
    ACCOUNTED,
    /** Carbon beyond a budget that is not risked. */
    AVOIDED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Indicator {
    criteria = List.copyOf(criteria);
    constants = Map.copyOf(constants);
    evidence = List.copyOf(evidence);
    covers = List.copyOf(covers);
  }
}
