package io.gtrace.factor;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Finds an entry by its id or any of its aliases, in any case, and names the nearest if none. */
public final class NameIndex<T> {
  private static final int NEAREST = 3;

  private final Map<String, T> byName = new HashMap<>();
  private final Function<T, String> idOf;

  /**
   * @param idOf the name of an entry; no other entry's alias hides it
   * @param aliasesOf its other names; the first entry with an alias has it
   */
  public NameIndex(
      Collection<T> entries, Function<T, String> idOf, Function<T, List<String>> aliasesOf) {
    this.idOf = idOf;
    for (T entry : entries) {
      for (String alias : aliasesOf.apply(entry)) {
        byName.putIfAbsent(key(alias), entry);
      }
    }
    for (T entry : entries) {
      byName.put(key(idOf.apply(entry)), entry);
    }
  }

  /** The entry of that name. */
  public Optional<T> find(String name) {
    T exact = byName.get(name);
    return Optional.ofNullable(exact != null ? exact : byName.get(key(name)));
  }

  /** The ids of at most three entries whose names look most like that one. */
  public List<String> nearest(String name) {
    return nearest(name, UnaryOperator.identity(), entry -> true);
  }

  /**
   * The ids of at most three entries whose names look most like that one.
   *
   * @param compared what of the name of an entry is compared
   * @param wanted which entries count
   */
  List<String> nearest(String name, UnaryOperator<String> compared, Predicate<T> wanted) {
    String key = key(name);
    record Scored(String id, double score) {}
    return byName.entrySet().stream()
        .filter(e -> wanted.test(e.getValue()))
        .map(e -> new Scored(idOf.apply(e.getValue()), similarity(key, compared.apply(e.getKey()))))
        .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id))
        .map(Scored::id)
        .distinct()
        .limit(NEAREST)
        .toList();
  }

  /** From 0 (nothing alike) to 1 (equal). */
  static double similarity(String one, String other) {
    return new JaroWinklerSimilarity().apply(key(one), key(other));
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
