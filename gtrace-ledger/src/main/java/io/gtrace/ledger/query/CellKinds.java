package io.gtrace.ledger.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each kind of cell a number, from 0 on, and keeps each text of them once. */
final class CellKinds {
  private final Map<CellKind, Integer> numbers = new HashMap<>();
  private final List<CellKind> kinds = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();
  private List<CellKind> told = List.of();

  int numberOf(CellKind kind) {
    return numbers.computeIfAbsent(
        kind,
        unknown -> {
          kinds.add(kind);
          return kinds.size() - 1;
        });
  }

  /** An equal text, the same each time. */
  String text(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  int count() {
    return kinds.size();
  }

  /** All so far, by their numbers. */
  List<CellKind> all() {
    if (told.size() < kinds.size()) {
      told = List.copyOf(kinds);
    }
    return told;
  }
}
