package io.gtrace.ledger.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the wanted fields of one record hold, each in its slot. */
final class FieldValues {
  private static final String BETWEEN = "\u001e";

  private final @Nullable String[] texts;
  private final long line;
  // Most records have none.
  private Map<Integer, Fault> faults = Map.of();

  /**
   * What is wrong with a field.
   *
   * @param twice whether it is there twice and not the same; otherwise it is no plain value
   * @param text what it is
   */
  record Fault(boolean twice, String text) {}

  /**
   * @param line where the record begins, from 1
   */
  FieldValues(int slots, long line) {
    texts = new String[slots];
    this.line = line;
  }

  int slotCount() {
    return texts.length;
  }

  long line() {
    return line;
  }

  @Nullable String text(int slot) {
    return texts[slot];
  }

  /** Of several values of a field the first counts; that they differ is kept. */
  void put(int slot, String text) {
    String there = texts[slot];
    if (there == null) {
      texts[slot] = text;
    } else if (!there.equals(text)) {
      fault(slot, new Fault(true, text));
    }
  }

  /**
   * Adds an attribute to all that are gathered; they are sorted, since their order means nothing.
   */
  void gather(int slot, String name, String text) {
    SortedSet<String> all = new TreeSet<>();
    String there = texts[slot];
    if (there != null) {
      all.addAll(List.of(there.split(BETWEEN, -1)));
    }
    all.add(name + '=' + text.replace(BETWEEN, " "));
    texts[slot] = String.join(BETWEEN, all);
  }

  void fault(int slot, Fault fault) {
    if (faults.isEmpty()) {
      faults = new HashMap<>();
    }
    faults.putIfAbsent(slot, fault);
  }

  boolean hasFaults() {
    return !faults.isEmpty();
  }

  @Nullable Fault fault(int slot) {
    return faults.get(slot);
  }

  /** Takes over what the object around it holds and it does not. */
  void inherit(FieldValues parent) {
    for (int slot = 0; slot < texts.length; slot++) {
      if (texts[slot] == null && parent.texts[slot] != null && fault(slot) == null) {
        texts[slot] = parent.texts[slot];
      }
    }
  }
}
