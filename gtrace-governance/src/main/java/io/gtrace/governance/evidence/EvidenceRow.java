package io.gtrace.governance.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row of a table of evidence; its values are of the types of their columns.
 *
 * @param place file and line
 * @param grade what it is worth
 */
public record EvidenceRow(String place, Grade grade, Map<String, Object> values) {
  public EvidenceRow {
    values = Map.copyOf(values);
  }

  /** A text; empty where none was given. */
  public String text(String column) {
    return optionalText(column).orElse("");
  }

  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(values.get(column)).map(String.class::cast);
  }

  public OptionalDouble optionalNumber(String column) {
    return values.get(column) instanceof Double number
        ? OptionalDouble.of(number)
        : OptionalDouble.empty();
  }

  /** A number of a column that every row must fill. */
  public double number(String column) {
    return optionalNumber(column).orElseThrow(() -> missing(column));
  }

  public boolean flag(String column) {
    return Boolean.TRUE.equals(values.get(column));
  }

  public Optional<LocalDate> day(String column) {
    return Optional.ofNullable(values.get(column)).map(LocalDate.class::cast);
  }

  public Optional<Instant> optionalMoment(String column) {
    return Optional.ofNullable(values.get(column)).map(Instant.class::cast);
  }

  /** A moment of a column that every row must fill. */
  public Instant moment(String column) {
    return optionalMoment(column).orElseThrow(() -> missing(column));
  }

  private IllegalStateException missing(String column) {
    return new IllegalStateException(place + ": no " + column + ", which every row has");
  }
}
