package io.gtrace.governance.disclosure;

import java.util.List;
import java.util.Optional;

/**
 * A field of a form.
 *
 * @param label what it asks for
 * @param unit in which it is told; empty for words
 * @param source what fills it: the id of a figure or of derived words; empty if only the profile
 *     can
 * @param isRequired whether the form lacks something without it, where it applies
 * @param condition under which it applies
 * @param words that it may hold; empty if any
 * @param audience who may read it; empty for everybody
 * @param isDraft whether it is of a draft of the standard
 * @param xbrl name of the element in a taxonomy; empty where none was verified
 */
public record Field(
    String id,
    String section,
    String label,
    Optional<UnitOfMeasure> unit,
    Optional<String> source,
    boolean isRequired,
    Condition condition,
    List<String> words,
    List<String> audience,
    boolean isDraft,
    String xbrl) {

  public Field {
    words = List.copyOf(words);
    audience = List.copyOf(audience);
  }

  /** Whether somebody may read it. */
  public boolean isFor(String reader) {
    return audience.isEmpty() || audience.contains(reader);
  }
}
