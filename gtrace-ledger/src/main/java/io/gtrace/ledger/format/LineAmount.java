package io.gtrace.ledger.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** A rule for a whole number, applied to the bytes of a line. */
@FunctionalInterface
interface LineAmount {
  /** The record does not tell it. */
  long ABSENT = -1;

  /** It is not as plain as it should be, and to be judged by its text. */
  long ODD = -2;

  LineAmount NONE = line -> ABSENT;

  /** The number, from 0; or {@link #ABSENT}, or {@link #ODD}. */
  long of(LineCursor line);

  /**
   * @param slots the slot of a path
   * @return empty if the rule is none for bytes
   */
  static Optional<LineAmount> of(Rule rule, ToIntFunction<String> slots) {
    if (rule instanceof Rule.Field field) {
      int slot = slots.applyAsInt(field.path());
      return Optional.of(line -> line.number(slot));
    }
    if (rule instanceof Rule.First first) {
      return all(first.of(), slots).map(of -> line -> first(of, line));
    }
    if (rule instanceof Rule.Sum sum) {
      Optional<LineAmount[]> plus = all(sum.plus(), slots);
      Optional<LineAmount[]> minus = all(sum.minus(), slots);
      return plus.isPresent() && minus.isPresent()
          ? Optional.of(line -> sum(plus.get(), minus.get(), line))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<LineAmount[]> all(List<Rule> rules, ToIntFunction<String> slots) {
    List<LineAmount> amounts = new ArrayList<>();
    for (Rule rule : rules) {
      of(rule, slots).ifPresent(amounts::add);
    }
    return amounts.size() == rules.size()
        ? Optional.of(amounts.toArray(LineAmount[]::new))
        : Optional.empty();
  }

  private static long first(LineAmount[] of, LineCursor line) {
    for (LineAmount each : of) {
      long amount = each.of(line);
      if (amount != ABSENT) {
        return amount;
      }
    }
    return ABSENT;
  }

  private static long sum(LineAmount[] plus, LineAmount[] minus, LineCursor line) {
    long sum = 0;
    boolean there = false;
    for (LineAmount each : plus) {
      long amount = each.of(line);
      if (amount == ODD) {
        return ODD;
      }
      there |= amount != ABSENT;
      sum += Math.max(0, amount);
    }
    for (LineAmount each : minus) {
      long amount = each.of(line);
      if (amount == ODD) {
        return ODD;
      }
      sum -= Math.max(0, amount);
    }
    return there ? Math.max(0, sum) : ABSENT;
  }
}
