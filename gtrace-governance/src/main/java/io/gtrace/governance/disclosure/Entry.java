package io.gtrace.governance.disclosure;

import java.util.List;
import java.util.Locale;

/**
 * A field of a form and what is in it.
 *
 * @param answers empty unless it is filled
 * @param reason why it is empty, and where what is missing belongs
 */
public record Entry(Field field, State state, List<Answer> answers, String reason) {

  /** Whether a field is filled. */
  public enum State {
    FILLED,
    /** It should be filled and is not. */
    MISSING,
    /** It may be filled and is not. */
    OPEN,
    /** It does not concern the organisation. */
    NOT_APPLICABLE;

    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Entry {
    answers = List.copyOf(answers);
  }

  static Entry filled(Field field, List<Answer> answers) {
    return new Entry(field, State.FILLED, answers, "");
  }

  static Entry empty(Field field, State state, String reason) {
    return new Entry(field, state, List.of(), reason);
  }
}
