package io.gtrace.ledger.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is asked of a record.
 *
 * @param fields paths; the first that has a value is looked at
 * @param is what it may hold; empty if anything will do
 * @param not what it may not hold; a field that is not there holds none of it
 * @param matches what is found in it, where that is asked
 * @param or another condition, of which to meet one is enough
 */
public record Condition(
    List<String> fields,
    List<String> is,
    List<String> not,
    Optional<Pattern> matches,
    Optional<Condition> or) {
  public Condition {
    fields = List.copyOf(fields);
    is = List.copyOf(is);
    not = List.copyOf(not);
  }

  /** The paths of this and of what is enough instead. */
  Stream<String> paths() {
    return Stream.concat(fields.stream(), or.stream().flatMap(Condition::paths));
  }

  /** Whether only the being there of a field is asked. */
  boolean asksPresence() {
    return is.isEmpty() && not.isEmpty() && matches.isEmpty();
  }

  /** Whether a value meets it; empty where there is none. */
  boolean isMetBy(String value) {
    if (asksPresence()) {
      return !value.isBlank();
    }
    return (is.isEmpty() || is.contains(value))
        && !not.contains(value)
        && (matches.isEmpty() || matches.get().matcher(value).find());
  }
}
