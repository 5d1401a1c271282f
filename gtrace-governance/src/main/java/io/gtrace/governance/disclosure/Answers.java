package io.gtrace.governance.disclosure;

import java.util.List;

/**
 * What was found for a field.
 *
 * @param lacking what was not, with what to do about it
 */
record Answers(List<Answer> found, List<String> lacking) {
  Answers {
    found = List.copyOf(found);
    lacking = List.copyOf(lacking);
  }

  static Answers of(Figure figure) {
    return of(List.of(figure));
  }

  static Answers of(List<Figure> figures) {
    return new Answers(figures.stream().<Answer>map(Answer.Computed::new).toList(), List.of());
  }

  /** Words that follow from the ledger or the profile. */
  static Answers words(String words, String origin) {
    return new Answers(List.of(new Answer.Derived("", words, origin, false)), List.of());
  }

  /** Words of evidence. */
  static Answers words(String words, FigureTrace trace) {
    return new Answers(
        List.of(new Answer.Derived("", words, String.join("; ", trace.evidence()), true)),
        List.of());
  }
}
