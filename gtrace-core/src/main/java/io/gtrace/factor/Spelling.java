package io.gtrace.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words and numbers of a name, whatever stands between them, so that the spellings of one name
 * are equal: {@code Llama-3.1-8B}, {@code llama3-1-8b}, {@code llama3.1:8b} and {@code
 * llama-v3p1-8b}; {@code claude-sonnet-4-5} and {@code claude-4.5-sonnet}. Numbers stay apart and a
 * size keeps its unit, so that no other generation or size is spelled the same.
 */
final class Spelling {
  private static final String SIZE_UNITS = "bmkt";
  private static final Set<String> CLAUDE_TIERS = Set.of("opus", "sonnet", "haiku", "instant");

  private final String name;
  private final List<String> words = new ArrayList<>();
  private int at;

  private Spelling(String name) {
    this.name = name;
  }

  /** The spelling in lower case, words and numbers joined by hyphens. */
  static String of(String name) {
    Spelling spelling = new Spelling(name.toLowerCase(Locale.ROOT));
    spelling.split();
    spelling.joinDates();
    spelling.namesOfOneMaker();
    return String.join("-", spelling.words);
  }

  private void split() {
    while (at < name.length()) {
      char c = name.charAt(at);
      if (isDigit(c)) {
        number();
      } else if (Character.isLetter(c)) {
        word();
      } else {
        if (c == '+') {
          words.add("plus");
        }
        at++;
      }
    }
  }

  private void word() {
    int start = at;
    while (at < name.length() && Character.isLetter(name.charAt(at))) {
      at++;
    }
    if (!isVersionMark(start)) {
      words.add(name.substring(start, at));
    }
  }

  /** The v of {@code llama-v3}, which other spellings leave out. */
  private boolean isVersionMark(int start) {
    return at == start + 1
        && name.charAt(start) == 'v'
        && at < name.length()
        && isDigit(name.charAt(at))
        && !words.isEmpty()
        && !isNumber(words.get(words.size() - 1))
        && !Character.isLetterOrDigit(name.charAt(start - 1));
  }

  /** {@code 3.1} is 3 and 1, as in {@code 3-1}; {@code 1.5b} stays whole. */
  private void number() {
    int start = at;
    List<String> parts = new ArrayList<>();
    parts.add(digits());
    while (at + 1 < name.length() && isDecimalMark(start) && isDigit(name.charAt(at + 1))) {
      at++;
      parts.add(digits());
    }
    if (endsInUnit()) {
      int whole = Math.max(0, parts.size() - 2);
      String size = String.join(".", parts.subList(whole, parts.size())) + name.charAt(at);
      words.addAll(parts.subList(0, whole));
      words.add(size);
      at++;
    } else {
      words.addAll(parts);
    }
  }

  private String digits() {
    int start = at;
    while (at < name.length() && isDigit(name.charAt(at))) {
      at++;
    }
    return name.substring(start, at);
  }

  /** In {@code qwen2_7b} the underscore parts two names, in {@code 2-1_6b} it is a point. */
  private boolean isDecimalMark(int start) {
    char c = name.charAt(at);
    return c == '.' || c == 'p' || (c == '_' && start > 0 && name.charAt(start - 1) == '-');
  }

  private boolean endsInUnit() {
    return at < name.length()
        && SIZE_UNITS.indexOf(name.charAt(at)) >= 0
        && (at + 1 == name.length() || !Character.isLetterOrDigit(name.charAt(at + 1)));
  }

  private void joinDates() {
    for (int i = 0; i + 2 < words.size(); i++) {
      if (isYear(words.get(i)) && isTwoDigits(words.get(i + 1)) && isTwoDigits(words.get(i + 2))) {
        words.set(i, words.get(i) + words.remove(i + 1) + words.remove(i + 1));
      }
    }
  }

  private void namesOfOneMaker() {
    if (words.size() < 2) {
      return;
    }
    if (words.get(0).equals("gpt") && words.get(1).equals("35")) {
      words.set(1, "3");
      words.add(2, "5");
    }
    if (words.get(0).equals("claude")) {
      tierBeforeVersion();
    }
  }

  /** {@code claude-3-5-sonnet} as {@code claude-sonnet-3-5}; {@code 4-0} as {@code 4}. */
  private void tierBeforeVersion() {
    int tier = 1;
    while (tier < words.size() && isVersionNumber(words.get(tier))) {
      tier++;
    }
    if (tier == words.size() || !CLAUDE_TIERS.contains(words.get(tier))) {
      return;
    }
    words.add(1, words.remove(tier));
    if (words.size() > 3 && isVersionNumber(words.get(2)) && words.get(3).equals("0")) {
      words.remove(3);
    }
  }

  private static boolean isVersionNumber(String word) {
    return isNumber(word) && word.length() <= 2;
  }

  private static boolean isYear(String word) {
    return word.length() == 4 && word.startsWith("20") && isNumber(word);
  }

  private static boolean isTwoDigits(String word) {
    return word.length() == 2 && isNumber(word);
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
