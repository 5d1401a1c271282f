package io.gtrace.trace;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One node of a derivation: a value, how it was computed from the nodes below it, or, at a leaf,
 * where it was found.
 *
 * @param name what the value is
 * @param formula how it follows from the parts, in their names; empty at a leaf
 * @param value the median value
 * @param low 5 % quantile; empty where the value is exact
 * @param high 95 % quantile; empty where the value is exact
 * @param unit its unit
 * @param provenance where a leaf was found; empty for a computed value
 * @param notes fallbacks taken and other things a reader must know
 * @param parts the values it was computed from
 */
public record Trace(
    String name,
    String formula,
    double value,
    OptionalDouble low,
    OptionalDouble high,
    String unit,
    Optional<Provenance> provenance,
    List<String> notes,
    List<Trace> parts) {

  public Trace {
    notes = List.copyOf(notes);
    parts = List.copyOf(parts);
  }

  /** A value computed from others. */
  public static Trace computed(
      String name, String formula, double value, String unit, List<Trace> parts) {
    return new Trace(
        name,
        formula,
        value,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        unit,
        Optional.empty(),
        List.of(),
        parts);
  }

  /** A given value without scatter, such as a volume of the activity. */
  public static Trace given(String name, double value, String unit) {
    return computed(name, "given", value, unit, List.of());
  }

  public Trace within(double newLow, double newHigh) {
    return new Trace(
        name,
        formula,
        value,
        OptionalDouble.of(newLow),
        OptionalDouble.of(newHigh),
        unit,
        provenance,
        notes,
        parts);
  }

  public Trace withNotes(List<String> newNotes) {
    return new Trace(name, formula, value, low, high, unit, provenance, newNotes, parts);
  }
}
