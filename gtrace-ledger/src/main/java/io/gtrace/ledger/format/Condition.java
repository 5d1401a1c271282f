package io.gtrace.ledger.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked of a record.
 *
 * @param fields paths; the first that has a value is looked at
 * @param is what it may hold; empty if anything will do
 * @param not what it may not hold; a field that is not there holds none of it
 * @param matches what is found in it, where that is asked
 */
public record Condition(
    List<String> fields, List<String> is, List<String> not, Optional<Pattern> matches) {
  public Condition {
    fields = List.copyOf(fields);
    is = List.copyOf(is);
    not = List.copyOf(not);
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
