package io.gtrace.ledger;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Names in a file that mean no column, and what they may have been meant for. */
final class UnknownNames {
  private static final int MOST_LISTED = 20;
  private static final double ALIKE = 0.85;

  /** Second names are common words: only a slip of the pen means them. */
  private static final double VERY_ALIKE = 0.93;

  private static final double SAME_WORDS = 0.99;
  private static final int SHORTEST_STEM = 2;

  private final List<String> names;
  private final Set<UsageColumn> known;

  /**
   * @param known columns that the file has, which nobody needs to be reminded of
   */
  UnknownNames(Collection<String> names, Collection<UsageColumn> known) {
    this.names = List.copyOf(names);
    this.known = EnumSet.noneOf(UsageColumn.class);
    this.known.addAll(known);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  boolean isKnown(UsageColumn column) {
    return known.contains(column);
  }

  /** The names in quotes, each with what it may have been meant for, where that is plain. */
  String listed() {
    String some =
        names.stream()
            .limit(MOST_LISTED)
            .map(this::withSuggestion)
            .collect(Collectors.joining(", "));
    int more = names.size() - MOST_LISTED;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  private String withSuggestion(String name) {
    String lower = UsageColumn.normal(name);
    String best = "";
    double most = 0;
    for (UsageColumn column : UsageColumn.values()) {
      if (isKnown(column)) {
        continue;
      }
      for (String candidate : column.names()) {
        double alike = similarity(lower, candidate);
        double enough = candidate.equals(column.label()) ? ALIKE : VERY_ALIKE;
        if (alike > enough && alike > most) {
          most = alike;
          best = " (did you mean " + candidate + "?)";
        }
      }
    }
    return "'" + Excerpt.of(name) + "'" + best;
  }

  private static double similarity(String name, String candidate) {
    return hasSameWords(name, candidate)
        ? SAME_WORDS
        : new JaroWinklerSimilarity().apply(name, candidate);
  }

  /** Whether each word of a name begins a word of the other, as in tokens_in and input_tokens. */
  private static boolean hasSameWords(String name, String candidate) {
    List<String> words = words(name);
    List<String> others = words(candidate);
    return words.size() == others.size()
        && words.stream()
            .allMatch(word ->
                word.length() >= SHORTEST_STEM
                    && others.stream().anyMatch(other -> other.startsWith(word)));
  }

  private static List<String> words(String name) {
    return Arrays.stream(name.toLowerCase(Locale.ROOT).split("_", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
