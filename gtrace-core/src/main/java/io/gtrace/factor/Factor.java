package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import io.gtrace.trace.Trace;
import io.gtrace.uncertainty.Scatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value that figures rest on, with its scatter and its source. Factors of equal id are one and
 * the same: they share their draws.
 *
 * @param id names the dimension of uncertainty, such as {@code pue:aws/eu-west-3}
 * @param meaning what the value is, for people
 * @param unit its unit; empty for a ratio
 * @param scatter its median and how it may lie otherwise
 * @param provenance where it comes from
 * @param notes fallbacks taken on the way to it
 */
public record Factor(
    String id,
    String meaning,
    String unit,
    Scatter scatter,
    Provenance provenance,
    List<String> notes) {

  public Factor {
    notes = List.copyOf(notes);
  }

  public static Factor of(
      String id, String meaning, String unit, Scatter scatter, Provenance provenance) {
    return new Factor(id, meaning, unit, scatter, provenance, List.of());
  }

  public Factor withNotes(List<String> newNotes) {
    return new Factor(id, meaning, unit, scatter, provenance, newNotes);
  }

  public double median() {
    return scatter.median();
  }

  // Written out for the sake of short commands: one made up by the virtual machine costs more than
  // an estimate.
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The leaf of a trace that stands for this factor. */
  public Trace trace() {
    boolean exact = scatter.isExact();
    return new Trace(
        meaning,
        "",
        scatter.median(),
        exact ? OptionalDouble.empty() : OptionalDouble.of(scatter.low()),
        exact ? OptionalDouble.empty() : OptionalDouble.of(scatter.high()),
        unit,
        Optional.of(provenance),
        notes,
        List.of());
  }
}
